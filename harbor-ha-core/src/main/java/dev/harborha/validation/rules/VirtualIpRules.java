package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.Cluster;
import dev.harborha.model.Host;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.ModelPath;
import dev.harborha.model.VirtualIp;
import dev.harborha.secret.Secret;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Rules on the address that moves between the load balancers. */
final class VirtualIpRules {

    private static final String KEEPALIVED = "https://keepalived.readthedocs.io/en/latest/configuration_synopsis.html";
    private static final ModelPath PATH = Places.CLUSTER.child("virtualIp");

    /** Priorities go down by 10 from 150. */
    private static final int MOST = 14;

    /** What the samples of keepalived and of many posts have. */
    private static final Set<String> SAMPLES =
            Set.of("1111", "12345", "123456", "1234", "secret", "password", "passw123", "pass");

    static final List<Rule> ALL = List.of(
            rule(
                    RuleInfo.of(
                            "vip.single-balancer",
                            WARNING,
                            rule -> rule.title("A virtual IP has nowhere to go")
                                    .why("It moves to another load balancer when one is lost; there is only one.")
                                    .fix("Add another .loadBalancer(…), or remove .virtualIp(…).")
                                    .sources(KEEPALIVED)),
                    (cluster, vip) -> Problems.when(
                            cluster.loadBalancers().size() == 1,
                            PATH,
                            () -> "The cluster has a virtual IP and 1 load balancer.")),
            rule(
                    RuleInfo.of(
                            "vip.address-taken",
                            ERROR,
                            rule -> rule.title("The virtual IP is a machine's own address")
                                    .why(
                                            "Two machines would then have one address at a time: the load balancer that gets it, and the one that"
                                                    + " always has it.")
                                    .fix("Give .virtualIp(vip -> vip.address(…)) an address that no machine has.")
                                    .symptoms("Duplicate address detected", "arp: duplicate")
                                    .sources(KEEPALIVED)),
                    (cluster, vip) -> owner(cluster, vip.address())
                            .map(owner -> List.of(new Problem(
                                    PATH.child("address"),
                                    "The virtual IP " + vip.address() + " is the address of " + owner + ".")))
                            .orElse(List.of())),
            rule(
                    RuleInfo.of(
                            "vip.peer-without-address",
                            ERROR,
                            rule -> rule.title("Load balancers could not find each other")
                                    .why(
                                            "keepalived greets its peers at addresses of the virtual IP's own family, not at names. A load balancer"
                                                    + " without one takes the virtual IP although another one has it.")
                                    .fix(
                                            "Give each .loadBalancer(…) its address in the virtual IP's family, IPv4 or IPv6.")
                                    .symptoms("Both nodes are MASTER", "unicast_peer address family")
                                    .sources(KEEPALIVED)),
                    (cluster, vip) -> cluster.loadBalancers().stream()
                            .filter(lb -> lb.program() != LoadBalancerProgram.EXTERNAL
                                    && (!lb.address().isAddress()
                                            || lb.address().isIpv6()
                                                    != vip.address().isIpv6()))
                            .map(lb -> new Problem(
                                    LoadBalancerRules.path(lb).child("address"),
                                    "The load balancer " + lb.name() + " is at " + lb.address()
                                            + ", and the virtual IP is " + vip.address()
                                            + "; keepalived wants an address of the same family."))
                            .toList()),
            rule(
                    RuleInfo.of(
                            "vip.external-balancer",
                            ERROR,
                            rule -> rule.title("A load balancer that somebody else runs cannot have the virtual IP")
                                    .why(
                                            "keepalived runs on the load balancers' own machines; an external one has none of ours.")
                                    .fix(
                                            "Remove .virtualIp(…), or use .nginx(…) or .haproxy(…) for all load balancers.")
                                    .sources(KEEPALIVED)),
                    (cluster, vip) -> cluster.loadBalancers().stream()
                            .filter(lb -> lb.program() == LoadBalancerProgram.EXTERNAL)
                            .map(lb -> new Problem(
                                    PATH,
                                    "The load balancer " + lb.name()
                                            + " is external, and the cluster has a virtual IP."))
                            .toList()),
            rule(
                    RuleInfo.of(
                            "vip.too-many-balancers",
                            ERROR,
                            rule -> rule.title("There are more load balancers than distinct priorities")
                                    .why("Each load balancer has a priority of its own, from 150 down by 10.")
                                    .fix("Use at most 14 .loadBalancer(…) with one .virtualIp(…).")
                                    .sources("https://www.rfc-editor.org/rfc/rfc5798")),
                    (cluster, vip) -> Problems.when(
                            cluster.loadBalancers().size() > MOST,
                            PATH,
                            () -> "The cluster has " + cluster.loadBalancers().size()
                                    + " load balancers with one virtual IP; " + MOST + " are possible.")),
            rule(
                    RuleInfo.of(
                            "vip.sample-password",
                            WARNING,
                            rule -> rule.title("The virtual IP has the password of a sample")
                                    .why(
                                            "Another pair in the same network that was copied from the same page, with the same group, then takes"
                                                    + " the address away.")
                                    .fix("Remove .password(…), or choose another one.")
                                    .symptoms("received an invalid passwd!", "bogus VRRP packet received")
                                    .sources(
                                            "https://github.com/acassen/keepalived/blob/v2.2.8/doc/samples/keepalived.conf.vrrp")),
                    (cluster, vip) -> Problems.when(
                            vip.password()
                                    .filter(Secret::isResolved)
                                    .filter(password -> SAMPLES.contains(password.reveal()))
                                    .isPresent(),
                            PATH.child("password"),
                            () -> "The password of the virtual IP is one that samples have.")),
            rule(
                    RuleInfo.of(
                            "vip.password-without-effect",
                            WARNING,
                            rule -> rule.title("The virtual IP's password has no effect")
                                    .why("VRRP has no passwords with IPv6.")
                                    .fix("Remove .password(…).")
                                    .sources("https://www.rfc-editor.org/rfc/rfc5798")),
                    (cluster, vip) -> Problems.when(
                            vip.address().isIpv6() && vip.password().isPresent(),
                            PATH.child("password"),
                            () -> "The virtual IP " + vip.address() + " is an IPv6 address and has a password.")),
            rule(
                    RuleInfo.of(
                            "vip.not-public",
                            WARNING,
                            rule -> rule.title("The public URL does not lead to the virtual IP")
                                    .why(
                                            "Clients go to another address, which does not move when a load balancer is lost.")
                                    .fix("Use the virtual IP, or a name that leads to it, in .publicUrl(…).")
                                    .sources(KEEPALIVED)),
                    (cluster, vip) -> Problems.when(
                            cluster.publicUrl().host().isAddress()
                                    && !cluster.publicUrl().host().equals(vip.address())
                                    && cluster.loadBalancers().stream()
                                            .allMatch(lb -> lb.frontProxy().isEmpty()),
                            PATH.child("address"),
                            () -> "The public URL is " + cluster.publicUrl() + ", and the virtual IP is "
                                    + vip.address() + ".")));

    private VirtualIpRules() {}

    private static Rule rule(RuleInfo info, BiFunction<Cluster, VirtualIp, List<Problem>> check) {
        return Rule.of(
                info,
                cluster -> cluster.virtualIp()
                        .map(vip -> check.apply(cluster, vip))
                        .orElse(List.of()));
    }

    private static Optional<String> owner(Cluster cluster, Host address) {
        return Stream.concat(
                        cluster.nodes().stream()
                                .filter(node -> node.address().equals(address))
                                .map(node -> "the node " + node.name()),
                        cluster.loadBalancers().stream()
                                .filter(lb -> lb.address().equals(address))
                                .map(lb -> "the load balancer " + lb.name()))
                .findFirst();
    }
}
