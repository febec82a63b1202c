package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;
import static dev.harborha.validation.rules.LoadBalancerRules.each;
import static dev.harborha.validation.rules.LoadBalancerRules.path;

import dev.harborha.model.Cluster;
import dev.harborha.model.FrontProxy;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.Timeouts;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.TlsProfile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.List;

/** Rules on load balancers that hand TLS through, and on those that are not ours to configure. */
final class PassthroughRules {

    private static final String STREAM = "https://nginx.org/en/docs/stream/ngx_stream_proxy_module.html";

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "lb.passthrough-to-plain-nodes",
                            ERROR,
                            rule -> rule.title("TLS is handed through to nodes that speak plain http")
                                    .why(
                                            "The clients' TLS handshakes reach a server that does not speak TLS; every request fails.")
                                    .fix("Describe TLS at the nodes, .nodeTls(…), or use .tls(TlsMode.TERMINATE).")
                                    .symptoms("SSL routines::wrong version number", "400 Bad Request")
                                    .sources(STREAM)),
                    cluster -> each(
                            cluster,
                            lb -> lb.passesThroughFor(cluster.publicUrl())
                                    && cluster.nodeTls().isEmpty(),
                            lb -> new Problem(
                                    path(lb).child("tls"),
                                    "The load balancer " + lb.name()
                                            + " hands TLS through, and the nodes have no TLS of their own."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.passthrough-repeats-nothing",
                            WARNING,
                            rule -> rule.title("A load balancer that hands TLS through can repeat nothing")
                                    .why(
                                            "It sees neither requests nor answers: what a lost node was doing fails, a node whose core is dead still"
                                                    + " answers 502 to clients until the health check has taken it out, and Harbor's logs show the load"
                                                    + " balancer's address instead of the clients'.")
                                    .fix(
                                            "Use .tls(TlsMode.TERMINATE): with .nodeTls(…) the way to the nodes is TLS, too.")
                                    .symptoms("502 Bad Gateway", "connection reset by peer")
                                    .sources(STREAM)),
                    cluster -> each(
                            cluster,
                            lb -> lb.passesThroughFor(cluster.publicUrl()),
                            lb -> new Problem(
                                    path(lb).child("tls"), "The load balancer " + lb.name() + " hands TLS through."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.setting-without-effect",
                            NOTE,
                            rule -> rule.title("A setting of a load balancer has no effect")
                                    .why(
                                            "Where TLS is handed through, the nodes show their certificate and speak for themselves; and of a load"
                                                    + " balancer that somebody else runs, nothing is rendered.")
                                    .fix("Remove the call.")
                                    .sources(STREAM)),
                    cluster -> cluster.loadBalancers().stream()
                            .flatMap(lb -> idle(cluster, lb).stream()
                                    .map(setting -> new Problem(
                                            path(lb).child(setting),
                                            "The setting " + setting + " of the load balancer " + lb.name()
                                                    + " has no effect: "
                                                    + (lb.program() == LoadBalancerProgram.EXTERNAL
                                                            ? "somebody else runs it."
                                                            : "it hands TLS through."))))
                            .toList()),
            Rule.of(
                    RuleInfo.of(
                            "lb.key-apart-from-certificate",
                            ERROR,
                            rule -> rule.title("HAProxy would not find the private key")
                                    .why(
                                            "HAProxy reads certificate, chain and key from one file, or the key from the file of the same name with"
                                                    + " .key behind it. Without it HAProxy does not start.")
                                    .fix(
                                            "Give one file for both, .certificate(path, path), or the key's as path + \".key\".")
                                    .symptoms("No Private Key found in", "unable to load SSL private key from PEM file")
                                    .sources("https://docs.haproxy.org/2.6/configuration.html#5.1-crt")),
                    cluster -> each(
                            cluster,
                            lb -> lb.program() == LoadBalancerProgram.HAPROXY
                                    && lb.endsTlsFor(cluster.publicUrl())
                                    && lb.certificate() instanceof TlsCertificate.OnMachine paths
                                    && !paths.key().equals(paths.certificate())
                                    && !paths.key().text().equals(paths.certificate() + ".key"),
                            lb -> new Problem(
                                    path(lb).child("certificate"),
                                    "The load balancer " + lb.name()
                                            + " is HAProxy, and its key does not lie where HAProxy looks for it:"
                                            + " in the certificate's file, or beside it with .key behind the name."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.front-proxy-anywhere",
                            ERROR,
                            rule -> rule.title("Anybody may speak as the proxy in front")
                                    .why(
                                            "With the PROXY protocol whoever connects says where he comes from. It must be believed from the proxy"
                                                    + " alone.")
                                    .fix(
                                            "Say where the proxy connects from: .behindProxy(proxy -> proxy.proxyProtocol().from(…)).")
                                    .sources("https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt")),
                    cluster -> each(
                            cluster,
                            lb -> lb.hidesClients()
                                    && lb.frontProxy()
                                            .filter(FrontProxy::proxyProtocol)
                                            .isPresent(),
                            lb -> new Problem(
                                    path(lb).child("frontProxy"),
                                    "The load balancer " + lb.name()
                                            + " is to take PROXY protocol headers, and it is not said from where."))));

    private PassthroughRules() {}

    private static List<String> idle(Cluster cluster, LoadBalancer lb) {
        boolean external = lb.program() == LoadBalancerProgram.EXTERNAL;
        List<String> idle = new ArrayList<>();
        if (!external && !lb.passesThroughFor(cluster.publicUrl())) {
            return idle;
        }
        if (!external && !lb.certificate().equals(TlsCertificate.defaultFor(lb.program()))) {
            idle.add("certificate");
        }
        if (lb.tlsProfile() != TlsProfile.INTERMEDIATE) {
            idle.add("tlsProfile");
        }
        if (lb.http2()) {
            idle.add("http2");
        }
        if (!external && lb.maxBodySize().isPresent()) {
            idle.add("maxBodySize");
        }
        if (!external && lb.rateLimit().isPresent()) {
            idle.add("rateLimit");
        }
        Timeouts plain = Timeouts.DEFAULT;
        if (!external
                && !(lb.timeouts().answer().equals(plain.answer())
                        && lb.timeouts().commit().equals(plain.commit())
                        && lb.timeouts().api().equals(plain.api()))) {
            idle.add("timeouts");
        }
        return idle;
    }
}
