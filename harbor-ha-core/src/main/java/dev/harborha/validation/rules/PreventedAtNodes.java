package dev.harborha.validation.rules;

import dev.harborha.validation.Prevention;
import java.util.List;

/** What cannot happen because the files of all nodes are rendered from one description. */
final class PreventedAtNodes {

    private static final String HARBOR = "https://github.com/goharbor/harbor/";
    private static final String TEMPLATE = HARBOR + "blob/v2.14.0/make/harbor.yml.tmpl";

    static final List<Prevention> ALL = List.of(
            Prevention.of(
                    "prevented.settings-of-each-node",
                    entry -> entry.title("Nodes differ in scanner, cache, quotas or backends")
                            .why(
                                    "Harbor's sample asks for the same cache settings on all nodes and cannot see to it. With sessions"
                                            + " in another Redis database on one node, 8 of 8 logins through a round robin were lost on"
                                            + " a real cluster.")
                            .how(
                                    "Database, Redis, store and every setting stand once in the model. The nodes' folders are the same,"
                                            + " byte by byte, but for the port that a node publishes.")
                            .sources(TEMPLATE, HARBOR + "issues/8671", HARBOR + "issues/20908")),
            Prevention.of(
                    "prevented.releases-of-each-node",
                    entry -> entry.title("Nodes of one cluster run different releases")
                            .why(
                                    "The first core of a newer release changes the database; those of the older one stop when they start"
                                            + " again. Harbor's upgrade guide knows one node only.")
                            .how(
                                    "The release stands once in the model, and all images follow from it. INSTALL.md stops all nodes,"
                                            + " backs the database up and lets one node migrate it before the others start; that they"
                                            + " are started in this order no file can hold.")
                            .symptoms("no migration found for version …", "Dirty database version …")
                            .sources(HARBOR + "issues/4232", HARBOR + "issues/16864", HARBOR + "issues/8970")),
            Prevention.of(
                    "prevented.layers-in-a-local-folder",
                    entry -> entry.title("Each node keeps layers in a folder of its own")
                            .why(
                                    "Without storage_service the registry uses /data/registry of its machine: 8 of 8 pushes and 10 of 10"
                                            + " pulls through a round robin failed on a real cluster, and with ip_hash what one client"
                                            + " network pushes the others cannot pull.")
                            .how(
                                    "There is no storage that is a folder of a node: .sharedFilesystem(…) wants the server that exports"
                                            + " it, and all others are object stores.")
                            .symptoms("blob upload unknown", "manifest unknown", "blob unknown to registry")
                            .sources(
                                    HARBOR + "issues/15162",
                                    HARBOR + "issues/9667",
                                    "https://github.com/distribution/distribution/issues/1576")),
            Prevention.of(
                    "prevented.caches-on-the-share",
                    entry -> entry.title("Caches that lock their files lie on the share with the layers")
                            .why(
                                    "Who mounts a share over all of /data has the scanner's cache on it, which locks its files: shared file"
                                            + " systems do that badly or not at all. Others write the share's path into the registry's"
                                            + " rootdirectory, which is a path inside a container.")
                            .how(
                                    "Only the registry's folder is on the share, and the registry is told /storage, where it is mounted in"
                                            + " its container. Keys, logs of jobs and the scanner's cache are in the node's data volume,"
                                            + " which must not be on the share itself (storage.holds-data-volume).")
                            .symptoms("no locks available", "stale NFS file handle")
                            .sources(
                                    HARBOR + "issues/13214",
                                    HARBOR + "issues/13502",
                                    "https://github.com/aquasecurity/trivy/issues/1702")),
            Prevention.of(
                    "prevented.containers-stay-down",
                    entry -> entry.title("After a reboot some containers stay down")
                            .why(
                                    "All containers log through one of them, Docker starts them in any order, and one whose log it cannot"
                                            + " open is not tried again. The proxy of Harbor then does not find core.")
                            .how(
                                    "With Harbor 2.x each node gets a systemd unit that starts the log container first and then asks for"
                                            + " all of them, every 10 seconds for 10 minutes.")
                            .symptoms(
                                    "failed to initialize logging driver: dial tcp 127.0.0.1:1514",
                                    "failed to initialize logging driver: dial tcp …:1514: connect: connection refused",
                                    "host not found in upstream \"core:8080\"")
                            .sources(HARBOR + "issues/7008", HARBOR + "issues/12913", HARBOR + "issues/17450")),
            Prevention.of(
                    "prevented.core-stays-down",
                    entry -> entry.title("Core and the job service end where Redis is not ready, and stay down")
                            .why(
                                    "Core ends when Redis does not answer or still reads its file, and the job service when core does not"
                                            + " answer: it panics at once. After a restart of Redis all nodes can be down together.")
                            .how(
                                    "Docker starts every container again that ends (restart: always), so a node is back soon after Redis"
                                            + " is. It is away until then, which no file can change.")
                            .symptoms(
                                    "LOADING Redis is loading the dataset in memory",
                                    "failed to initialize cache",
                                    "panic: failed to load configuration")
                            .sources(HARBOR + "issues/14221", HARBOR + "issues/20823", HARBOR + "issues/10244")),
            Prevention.of(
                    "prevented.secret-breaks-a-file",
                    entry -> entry.title("A character in a password breaks a file that it is written into")
                            .why(
                                    "prepare writes the registry's passwords and keys into YAML without quotes and, before 2.7.2 and 2.8.1,"
                                            + " Redis's password into an address as it is: of 198 values that were tried, 84 arrived as"
                                            + " others or kept a component from starting.")
                            .how(
                                    "Every value goes through the writer of its file, which quotes or encodes it. What a reader cannot be"
                                            + " told at all is an error before anything is rendered: value.not-carried,"
                                            + " value.not-carried-by-installer and value.lost-by-reader.")
                            .symptoms(
                                    "error parsing /etc/registry/config.yml: yaml: …",
                                    "invalid port … after host",
                                    "ValueError: Invalid IPv6 URL")
                            .sources(
                                    HARBOR + "issues/18538",
                                    HARBOR + "issues/18786",
                                    "https://github.com/goharbor/harbor-operator/issues/1054")),
            Prevention.of(
                    "prevented.redirect-key-renamed",
                    entry -> entry.title("The setting that turns redirects off has the name of another release")
                            .why(
                                    "It is called disabled until 2.7 and disable since 2.8; with the wrong one prepare ends with a KeyError,"
                                            + " and \"disabled: false\" is often read as off.")
                            .how(
                                    ".redirect(false) is one word for all releases; harbor.yml gets the name that its release reads, and the"
                                            + " registry its own.")
                            .symptoms("KeyError: 'disable'", "KeyError: 'disabled'")
                            .sources(HARBOR + "issues/13037", HARBOR + "issues/18397", HARBOR + "pull/14615")),
            Prevention.of(
                    "prevented.registry-in-clear-to-redis",
                    entry -> entry.title("The registry speaks plain text to a Redis that wants TLS")
                            .why(
                                    "prepare writes enableTLS, and Harbor's registry reads enabletls: every request to Redis runs into its"
                                            + " time limit, and the registry works without its cache.")
                            .how(
                                    "With .tls(…) at Redis the registry's configuration has both spellings, in both ways of delivery.")
                            .symptoms("redis: error connecting: read tcp …: i/o timeout")
                            .sources(HARBOR + "issues/21913", "https://github.com/goharbor/harbor-helm/issues/2172")),
            Prevention.of(
                    "prevented.network-chosen-by-docker",
                    entry -> entry.title("Docker chooses a network that the company uses already")
                            .why(
                                    "Compose takes the first range that no interface of the machine has, 172.18.0.0/16 as a rule. Where the"
                                            + " database, Redis or an administrator lives there, the node cannot reach them any more.")
                            .how(
                                    "The containers' network is named in the compose file: a private network of 256 addresses that holds no"
                                            + " address of the model. What is known by a name only, clients among it, cannot be seen;"
                                            + " .deployment(d -> d.subnet(…)) chooses another one.")
                            .symptoms("connect: no route to host")
                            .sources(HARBOR + "issues/20866", HARBOR + "issues/2634", HARBOR + "issues/21719")),
            Prevention.of(
                    "prevented.components-behind-the-proxy",
                    entry -> entry.title("Components ask the outbound proxy for each other")
                            .why(
                                    "A no_proxy that lacks one of the services sends what the job service asks of core, or core of the"
                                            + " registry, to a proxy for the internet, which knows neither.")
                            .how(
                                    "NO_PROXY always begins with the names of all services of the release; .noProxy(…) adds to it.")
                            .symptoms("proxyconnect tcp: …")
                            .sources(HARBOR + "issues/9554", HARBOR + "issues/9614", HARBOR + "issues/8228")),
            Prevention.of(
                    "prevented.registries-that-replicate",
                    entry -> entry.title("Two stand-alone Harbors that replicate each other are taken for a cluster")
                            .why(
                                    "Users, projects, robots and policies are not replicated, and what failed during an outage is not sent"
                                            + " again: the two drift apart, and nobody can say which one is right.")
                            .how(
                                    "All nodes of a cluster here have one database, one Redis and one store; a second one cannot be said.")
                            .sources(HARBOR + "issues/21119", HARBOR + "issues/10494", HARBOR + "issues/14845")));

    private PreventedAtNodes() {}
}
