package dev.harborha.validation.rules;

import dev.harborha.validation.Prevention;
import java.util.List;

/** What cannot happen because the load balancers are rendered from the same description as the nodes. */
final class PreventedAtBalancers {

    private static final String HARBOR = "https://github.com/goharbor/harbor/";

    static final List<Prevention> ALL = List.of(
            Prevention.of(
                    "prevented.uploads-sent-to-http",
                    entry -> entry.title("Behind an https load balancer uploads are sent to http")
                            .why(
                                    "The registry makes the address of an upload from X-Forwarded-Proto. Where the load balancer"
                                            + " does not send it, or a node's proxy writes over it, as that of Harbor before 2.3 does,"
                                            + " clients are sent to http://: 12 of 12 pushes failed on a real cluster.")
                            .how(
                                    "The load balancer sends the scheme of the public URL, whatever the client sent, and the nodes'"
                                            + " proxies let it through in every release; where prepare's own would not, ours is"
                                            + " mounted over it.")
                            .symptoms(
                                    "Retrying in … seconds",
                                    "unknown blob",
                                    "blob upload unknown",
                                    "Location: http://…")
                            .sources(HARBOR + "pull/14308", HARBOR + "issues/14505", HARBOR + "issues/17481")),
            Prevention.of(
                    "prevented.host-not-passed-on",
                    entry -> entry.title("The load balancer does not pass the Host header on")
                            .why(
                                    "nginx then sends the name of its own upstream block, and clients are sent there: \"Location:"
                                            + " https://harbor/v2/…\" for 3 of 3 pushes on a real cluster. Since 2.14 the address of"
                                            + " the token service comes from it, too. With $host instead of $http_host a port in the"
                                            + " public URL is lost.")
                            .how(
                                    "The load balancer sends the host and port of the public URL, whatever the client sent.")
                            .symptoms("https://harbor_upstream/service/token", "dial tcp: lookup …: no such host")
                            .sources(HARBOR + "issues/23138", HARBOR + "pull/21898", HARBOR + "issues/23008")),
            Prevention.of(
                    "prevented.realm-of-a-node",
                    entry -> entry.title("Nodes send clients to themselves, or to nowhere, for a token")
                            .why(
                                    "Each node's prepare makes the address of the token service from its own hostname, and core takes"
                                            + " https://host01.com where it is told none. On a real cluster 10 of 20 challenges named a"
                                            + " node that only its own network reaches.")
                            .how(
                                    "There is one public URL, which cannot be left out and has a scheme, a host and no path. Every node"
                                            + " is told that one.")
                            .symptoms(
                                    "https://host01.com/service/token",
                                    "Get \"…/service/token…\": dial tcp …: i/o timeout")
                            .sources(HARBOR + "issues/15127", HARBOR + "issues/21854", HARBOR + "issues/5292")),
            Prevention.of(
                    "prevented.several-public-names",
                    entry -> entry.title("Clients use another name than the one that Harbor was told")
                            .why(
                                    "Cookies are for https or for http, for one host or for another: with a second name, or the address"
                                            + " of a node, the login page says that user name or password is wrong, and OIDC ends with"
                                            + " State mismatch.")
                            .how(
                                    "A cluster has one public URL; the load balancer sends requests for .aliases(…) there, and closes"
                                            + " connections that ask for any other name. Whoever goes to a node passes it by.")
                            .symptoms("State mismatch", "CSRF token invalid", "Empty reply from server")
                            .sources(HARBOR + "issues/20718", HARBOR + "issues/16942", HARBOR + "issues/12676")),
            Prevention.of(
                    "prevented.oidc-sent-elsewhere",
                    entry -> entry.title("OIDC sends users back to an address that is not the public one")
                            .why(
                                    "The redirect URI is EXT_ENDPOINT followed by /c/oidc/callback. Where that is unset, lacks its"
                                            + " scheme or has an inner port, the provider refuses it, or the session is gone when the"
                                            + " user comes back.")
                            .how(
                                    "EXT_ENDPOINT is the public URL on every node, so the URI to register at the provider is the public"
                                            + " URL followed by /c/oidc/callback. Sessions are in the Redis that all nodes share.")
                            .symptoms("redirect_uri_mismatch", "Invalid parameter: redirect_uri", "State mismatch")
                            .sources(HARBOR + "issues/13814", HARBOR + "issues/21260", HARBOR + "issues/12982")),
            Prevention.of(
                    "prevented.layers-too-large",
                    entry -> entry.title("The load balancer refuses large layers")
                            .why(
                                    "nginx takes bodies of 1 MiB unless it is told otherwise. Small images work, and 4 of 4 pushes of a"
                                            + " layer of 3 MiB ended with 413 on a real cluster.")
                            .how(
                                    "There is no limit at the load balancers, unless .maxBodySize(…) sets one, and none at the nodes. What stands in front"
                                            + " of a load balancer that says .behindProxy() is not rendered; it may have a limit.")
                            .symptoms("413 Request Entity Too Large", "error parsing HTTP 413 response body")
                            .sources(HARBOR + "issues/15823", HARBOR + "issues/10621", HARBOR + "issues/22353")),
            Prevention.of(
                    "prevented.large-layers-cut-off",
                    entry -> entry.title("The load balancer gives large layers up after a minute")
                            .why(
                                    "Most load balancers end a request after 50 or 60 seconds of silence, and keep whole layers on their"
                                            + " own disk first. Large pushes and pulls die and begin again.")
                            .how(
                                    "The load balancer waits 900 seconds between two parts of a layer, 300 for its end and 20 for a"
                                            + " small answer, and streams in both directions; a connection to a node that is gone is given"
                                            + " up after 2 seconds. .timeouts(…) changes each.")
                            .symptoms("504 Gateway Time-out", "a client request body is buffered to a temporary file")
                            .sources(HARBOR + "issues/18508", HARBOR + "issues/9394", HARBOR + "issues/10590")),
            Prevention.of(
                    "prevented.health-check-never-fails",
                    entry -> entry.title("The load balancer's health check never fails, or always does")
                            .why(
                                    "/ is served while core is dead, and /api/v2.0/health answers 200 whatever it says. With a dead"
                                            + " registry 49 of 51 pushes failed on a real cluster, with a dead core all of 77, for as long"
                                            + " as it was dead. A check without a Host header is answered 400, and takes all nodes out.")
                            .how(
                                    "HAProxy, and a checker beside nginx, ask every node with the public Host header and read the text of"
                                            + " the answer. Where no node passes, all are asked. A node that refuses, times out or answers 502,"
                                            + " 503 or 504 between two checks is passed over: what can be asked again is asked of another one.")
                            .symptoms("502 Bad Gateway", "missing required Host header")
                            .sources(
                                    "https://github.com/goharbor/harbor-helm/issues/1466",
                                    HARBOR + "issues/13090",
                                    HARBOR + "issues/3696")),
            Prevention.of(
                    "prevented.redirect-loop",
                    entry -> entry.title("TLS ends at the load balancer, and the nodes redirect to https")
                            .why(
                                    "A node that speaks https answers on its port for http with a redirect and nothing else. A load"
                                            + " balancer that sends plain http there passes the redirect on, and clients go round in"
                                            + " circles.")
                            .how(
                                    "Whether nodes speak https is said once, by .nodeTls(…): with it the load balancer speaks https to"
                                            + " their port for https, without it plain http to the only port that they have.")
                            .symptoms("ERR_TOO_MANY_REDIRECTS", "stopped after 10 redirects")
                            .sources(
                                    HARBOR + "issues/14893",
                                    "https://github.com/kubernetes/ingress-nginx/issues/2724",
                                    "https://github.com/kubernetes/ingress-nginx/issues/1957")));

    private PreventedAtBalancers() {}
}
