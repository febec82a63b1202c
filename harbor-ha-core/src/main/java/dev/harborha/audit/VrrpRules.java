package dev.harborha.audit;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Rules on the address that moves between the load balancers, as keepalived is told. */
final class VrrpRules {

    private static final String KEEPALIVED = "https://www.keepalived.org/manpage.html";
    private static final String RFC = "https://www.rfc-editor.org/rfc/rfc5798";
    private static final String RENDER = "Render all load balancers in one run from one cluster.";

    static final List<BundleRule> ALL = List.of(
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.vrrp-groups-differ",
                            ERROR,
                            rule -> rule.title("Load balancers share an address under different numbers")
                                    .why(
                                            "Machines with another virtual_router_id do not listen to each other. Each of them takes the address, and"
                                                    + " clients reach now one and now the other, until connections break.")
                                    .fix(RENDER)
                                    .symptoms("Entering MASTER STATE")
                                    .sources(KEEPALIVED, RFC)),
                    fleet -> across(
                            fleet,
                            (one, other) ->
                                    one.sharesAddress(other) && !other.group().equals(one.group())
                                            ? Optional.of("The virtual_router_id is "
                                                    + group(other) + ", and "
                                                    + group(one) + " in "
                                                    + one.file().path() + ".")
                                            : Optional.empty())),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.vrrp-addresses-differ",
                            ERROR,
                            rule -> rule.title("Load balancers of one group move different addresses")
                                    .why(
                                            "A greeting names the addresses of its group. keepalived throws away one that names others than its own,"
                                                    + " so both machines take what they know, and no address moves.")
                                    .fix(RENDER)
                                    .symptoms(
                                            "ip address associated with VRID … not present in MASTER advert",
                                            "received an unexpected ip number count")
                                    .sources(KEEPALIVED, RFC)),
                    fleet -> across(
                            fleet,
                            (one, other) -> !other.group().isEmpty()
                                            && other.group().equals(one.group())
                                            && !other.addresses().equals(one.addresses())
                                    ? Optional.of("The addresses that move are " + addresses(other) + ", and "
                                            + addresses(one) + " in "
                                            + one.file().path() + ".")
                                    : Optional.empty())),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.vrrp-greetings-differ",
                            ERROR,
                            rule -> rule.title("Load balancers do not take each other's greetings")
                                    .why(
                                            "A greeting of another version, with another password, or in version 2 of another interval is thrown"
                                                    + " away. Each machine believes that it is alone, and takes the address.")
                                    .fix(RENDER)
                                    .symptoms(
                                            "received an invalid passwd",
                                            "advertisement interval mismatch",
                                            "Entering MASTER STATE")
                                    .sources(KEEPALIVED, RFC)),
                    fleet -> across(fleet, VrrpRules::greeting)),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.vrrp-peers-do-not-fit",
                            ERROR,
                            rule -> rule.title("A load balancer does not greet the others")
                                    .why(
                                            "With unicast_peer a machine greets those that it names, from the address in unicast_src_ip, and listens"
                                                    + " to nobody else. One that is not greeted takes the address although another one has it.")
                                    .fix(RENDER)
                                    .symptoms("unicast source address … not a unicast peer", "Entering MASTER STATE")
                                    .sources(KEEPALIVED)),
                    VrrpRules::peers),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.vrrp-two-masters",
                            WARNING,
                            rule -> rule.title("Several load balancers begin as MASTER")
                                    .why(
                                            "Each takes the address when it starts, and nopreempt does not count for it: whenever one comes back, the"
                                                    + " address moves, and connections under way are cut.")
                                    .fix("Let all of them begin as BACKUP, or all but one. " + RENDER)
                                    .symptoms("nopreempt will not work with initial state MASTER")
                                    .sources(KEEPALIVED)),
                    fleet -> across(
                            fleet,
                            (one, other) -> one.beginsAsMaster() && other.beginsAsMaster()
                                    ? Optional.of("The state is MASTER, as it is in "
                                            + one.file().path() + ".")
                                    : Optional.empty())),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.vrrp-priorities-equal",
                            NOTE,
                            rule -> rule.title("Load balancers have the same priority")
                                    .why(
                                            "Where both want the address at once, the higher machine address wins instead of the one that somebody"
                                                    + " chose, and both have it for a moment.")
                                    .fix(RENDER)
                                    .symptoms("Entering MASTER STATE")
                                    .sources(KEEPALIVED, RFC)),
                    fleet -> across(
                            fleet,
                            (one, other) -> other.priority().equals(one.priority())
                                    ? Optional.of("The priority is " + SafeText.of(other.priority(), "the same")
                                            + ", as it is in " + one.file().path() + ".")
                                    : Optional.empty())));

    private VrrpRules() {}

    /** Compares each machine with the first one that is meant to share an address with it. */
    private static List<Problem> across(Fleet fleet, BiFunction<Vrrp, Vrrp, Optional<String>> difference) {
        List<Problem> problems = new ArrayList<>();
        List<Vrrp> before = new ArrayList<>();
        for (Balancer balancer : fleet.balancers()) {
            for (Vrrp own : balancer.vrrp()) {
                before.stream()
                        .filter(own::shares)
                        .findFirst()
                        .flatMap(first -> difference.apply(first, own))
                        .ifPresent(message -> problems.add(Fleet.at(own.file(), message)));
            }
            before.addAll(balancer.vrrp());
        }
        return problems;
    }

    private static String group(Vrrp vrrp) {
        return vrrp.group().isEmpty() ? "missing" : SafeText.of(vrrp.group(), "another one");
    }

    private static String addresses(Vrrp vrrp) {
        return vrrp.addresses().isEmpty() ? "none" : SafeText.of(vrrp.addresses(), ", ");
    }

    /** Version 3 has no passwords, and a machine takes the interval of the one that it hears. */
    private static Optional<String> greeting(Vrrp one, Vrrp other) {
        String there = " in " + one.file().path() + ".";
        if (!other.version().equals(one.version())) {
            return Optional.of("The version of VRRP is " + SafeText.of(other.version(), "another one") + ", and "
                    + SafeText.of(one.version(), "another one") + there);
        }
        if (!other.version().equals("2")) {
            return Optional.empty();
        }
        if (!other.authentication().equals(one.authentication())) {
            return Optional.of("The password is not the one" + there);
        }
        return other.interval().equals(one.interval())
                ? Optional.empty()
                : Optional.of("The advert_int is " + SafeText.of(other.interval(), "another one") + ", and "
                        + SafeText.of(one.interval(), "another one") + there);
    }

    private static List<Problem> peers(Fleet fleet) {
        Map<Vrrp, Balancer> all = new LinkedHashMap<>();
        fleet.balancers().forEach(balancer -> balancer.vrrp().forEach(vrrp -> all.put(vrrp, balancer)));
        List<Problem> problems = new ArrayList<>();
        all.forEach((own, balancer) -> {
            List<Vrrp> others = all.keySet().stream()
                    .filter(other -> all.get(other) != balancer && own.shares(other))
                    .toList();
            wrongPeers(own, others).ifPresent(message -> problems.add(Fleet.at(own.file(), message)));
        });
        return problems;
    }

    private static Optional<String> wrongPeers(Vrrp own, List<Vrrp> others) {
        if (!own.source().isEmpty() && own.peers().contains(own.source())) {
            return Optional.of("It greets its own address, " + SafeText.of(own.source(), "unicast_src_ip") + ".");
        }
        for (Vrrp other : others) {
            String there = other.file().path();
            if (own.peers().isEmpty() && !other.peers().isEmpty()) {
                return Optional.of("It greets everybody, and " + there + " listens to single machines only.");
            }
            if (!own.source().isEmpty() && own.source().equals(other.source())) {
                return Optional.of("Its unicast_src_ip is " + SafeText.of(own.source(), "the same") + ", as it is in "
                        + there + ".");
            }
            if (!own.peers().isEmpty()
                    && !other.source().isEmpty()
                    && !own.peers().contains(other.source())) {
                return Optional.of("It does not greet " + SafeText.of(other.source(), "the unicast_src_ip") + " of "
                        + there + ".");
            }
        }
        return Optional.empty();
    }
}
