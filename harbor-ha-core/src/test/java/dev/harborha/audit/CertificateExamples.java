package dev.harborha.audit;

import static dev.harborha.audit.BundleExamples.DAY;
import static dev.harborha.audit.BundleExamples.rule;
import static dev.harborha.audit.SampleBundle.BALANCER;
import static dev.harborha.audit.SampleBundle.BALANCER_CERTIFICATE;
import static dev.harborha.audit.SampleBundle.BALANCER_KEY;
import static dev.harborha.audit.SampleBundle.CA;
import static dev.harborha.audit.SampleBundle.CORE_ENV;
import static dev.harborha.audit.SampleBundle.HAPROXY;
import static dev.harborha.audit.SampleBundle.HAPROXY_CERTIFICATE;
import static dev.harborha.audit.SampleBundle.JOBSERVICE;
import static dev.harborha.audit.SampleBundle.JOBSERVICE_ENV;
import static dev.harborha.audit.SampleBundle.KEYS;
import static dev.harborha.audit.SampleBundle.NODE_CERTIFICATE;
import static dev.harborha.audit.SampleBundle.OVERRIDE;
import static dev.harborha.audit.SampleBundle.PAIR;
import static dev.harborha.audit.SampleBundle.REGISTRY_2X;
import static dev.harborha.audit.SampleBundle.SECRET;
import static dev.harborha.audit.SampleBundle.TLS;
import static dev.harborha.audit.SampleBundle.TLS_FOLDER;
import static dev.harborha.audit.SampleBundle.TRUSTED;
import static dev.harborha.audit.SampleBundle.complete;
import static dev.harborha.audit.SampleBundle.installer;
import static dev.harborha.audit.SampleBundle.of05;

import dev.harborha.keys.Authority;
import dev.harborha.keys.InternalTls.Component;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Examples for the rules on certificates, between containers and towards clients. */
final class CertificateExamples {

    private static final LocalDate END = LocalDate.ofInstant(TLS.expiry(), ZoneOffset.UTC);

    private CertificateExamples() {}

    private static SampleBundle byHaproxy(Authority.Pair pair) {
        return complete().haproxy().edit(HAPROXY_CERTIFICATE, text -> pair.certificate() + pair.key());
    }

    static void describe() {
        betweenContainers();
        towardsClients();
        days();
    }

    private static void betweenContainers() {
        rule("bundle.internal-tls-does-not-fit")
                .bad(
                        "that of another container",
                        complete().edit(TLS_FOLDER + "core.crt", text -> TLS.certificate(Component.REGISTRY)))
                .bad(
                        "another key",
                        complete()
                                .edit(
                                        TLS_FOLDER + "portal.key",
                                        text -> TLS.key(Component.CORE).reveal()))
                .bad(
                        "no key, and no certificate",
                        complete().remove(TLS_FOLDER + "core.key").edit(TLS_FOLDER + "registry.crt", text -> "sesame"))
                .bad(
                        "another authority",
                        complete().edit(TLS_FOLDER + "harbor_internal_ca.crt", text -> KEYS.tokenCertificate()))
                .good(
                        "one that is not there",
                        complete().remove(TLS_FOLDER + "portal.key").remove(TLS_FOLDER + "portal.crt"));
        rule("bundle.internal-tls-expiry")
                .bad("certificates that fit", complete())
                .good("no such certificates", of05());
        rule("bundle.internal-tls-on-part")
                .bad("the job service does not", complete().replaceOnAll(JOBSERVICE, "\"https\"", "\"http\""))
                .bad("the registry does not", complete().replaceOnAll(REGISTRY_2X, "tls:", "plain:"))
                .bad(
                        "a node does not",
                        installer()
                                .replace(OVERRIDE, "https://core:8443", "http://core:8080")
                                .replace(SampleBundle.OF_2X + "harbor-ha/registry/config.yml", "tls:", "plain:")
                                .replace(SampleBundle.OF_2X + "harbor-ha/jobservice/config.yml", "https", "http"))
                .good(
                        "nowhere",
                        complete()
                                .replaceOnAll(CORE_ENV, "https://core:8443", "http://core:8080")
                                .replaceOnAll(CORE_ENV, "INTERNAL_TLS_ENABLED=true", "")
                                .replaceOnAll(JOBSERVICE_ENV, "https://core:8443", "http://core:8080")
                                .replaceOnAll(JOBSERVICE_ENV, "INTERNAL_TLS_ENABLED=true", "")
                                .replaceOnAll(SampleBundle.CONFIG + "registryctl/env", "INTERNAL_TLS_ENABLED=true", "")
                                .replaceOnAll(JOBSERVICE, "\"https\"", "http")
                                .replaceOnAll(REGISTRY_2X, "tls:", "plain:"));
        rule("bundle.internal-ca-not-trusted")
                .bad("not given", complete().removeOnAll(TRUSTED + "harbor_internal_ca.crt"))
                .bad("another one", complete().edit(TRUSTED + "harbor_internal_ca.crt", text -> CA.root()))
                .good("a newline more", complete().edit(TRUSTED + "harbor_internal_ca.crt", text -> text + "\n"))
                .good(
                        "not asked for",
                        complete()
                                .removeOnAll(TRUSTED + "harbor_internal_ca.crt")
                                .replaceOnAll(CORE_ENV, "INTERNAL_TLS_ENABLED=true", ""));
        rule("bundle.trust-differs")
                .bad(
                        "another authority of the store",
                        complete().edit(TRUSTED + "storage_ca_bundle.crt", text -> KEYS.tokenCertificate()))
                .good("a newline more", complete().edit(TRUSTED + "storage_ca_bundle.crt", text -> text + "\n"));
    }

    private static SampleBundle shown(Authority.Pair pair) {
        return complete().edit(BALANCER_CERTIFICATE, text -> pair.certificate()).edit(BALANCER_KEY, text -> pair.key());
    }

    private static void towardsClients() {
        Authority.Pair other = CA.issue("harbor.example.org", "10.0.0.10");
        rule("bundle.server-certificate-does-not-fit")
                .bad(
                        "another key",
                        complete()
                                .edit(
                                        BALANCER_KEY,
                                        text -> CA.issue("harbor.example.com").key()))
                .bad("no key", complete().remove(BALANCER_KEY))
                .bad(
                        "another key, with HAProxy",
                        complete().haproxy().edit(HAPROXY_CERTIFICATE, text -> PAIR.certificate() + other.key()))
                .bad("no key, with HAProxy", complete().haproxy().edit(HAPROXY_CERTIFICATE, text -> PAIR.certificate()))
                .good("HAProxy", complete().haproxy())
                .good(
                        "HAProxy's key beside it",
                        complete()
                                .haproxy()
                                .edit(HAPROXY_CERTIFICATE, text -> PAIR.certificate())
                                .add(HAPROXY_CERTIFICATE + ".key", PAIR.key()))
                .bad("no certificate", complete().edit(BALANCER_CERTIFICATE, text -> "sesame"))
                .bad("of a node", complete().nodesWithTls().edit(NODE_CERTIFICATE, text -> CA.root()))
                .good("another pair", shown(CA.issue("harbor.example.com")))
                .good("on the machine already", complete().remove(BALANCER_KEY).remove(BALANCER_CERTIFICATE));
        rule("bundle.server-certificate-names")
                .bad("another name", shown(other))
                .bad("another name, with HAProxy", byHaproxy(other))
                .bad(
                        "of a node, to which HAProxy hands TLS through",
                        complete()
                                .nodesWithTls()
                                .haproxy()
                                .edit(
                                        HAPROXY,
                                        text -> text.replaceAll("(10[.0-9]+):80", "$1:443")
                                                .replace("mode http", "mode tcp")
                                                .replaceAll("ssl crt [^ ]+pem", ""))
                                .edit(NODE_CERTIFICATE, text -> other.certificate())
                                .edit(SECRET + "cert/server.key", text -> other.key()))
                .good(
                        "HAProxy has several",
                        byHaproxy(other)
                                .replace(HAPROXY, "harbor.pem", "harbor.pem crt /etc/haproxy/tls/second.pem")
                                .add("lb/lb-1/etc/haproxy/tls/second.pem", PAIR.certificate() + PAIR.key()))
                .bad("a common name only", shown(CA.issueWithCommonNameOnly("harbor.example.com")))
                .bad(
                        "of a node, which is verified",
                        complete()
                                .nodesWithTls()
                                .edit(NODE_CERTIFICATE, text -> other.certificate())
                                .edit(SECRET + "cert/server.key", text -> other.key()))
                .good("a wildcard", shown(CA.issue("*.example.com")))
                .good(
                        "another site of the same balancer",
                        complete()
                                .replace(BALANCER, "  server {\n    listen", """
                                  server {
                                    listen 443 ssl;
                                    server_name other.example.org;
                                    ssl_certificate /etc/nginx/tls/other.crt;
                                    location / { proxy_pass http://10.0.0.99; }
                                  }
                                  server {
                                    listen""")
                                .add("lb/lb-1/etc/nginx/tls/other.crt", other.certificate()))
                .good(
                        "two sites, and neither is named",
                        complete()
                                .replace(BALANCER, "server_name harbor.example.com;", "")
                                .replace(BALANCER, "  server {\n    listen", """
                                  server {
                                    listen 444 ssl;
                                    ssl_certificate /etc/nginx/tls/other.crt;
                                    location / { proxy_pass http://10.0.0.99; }
                                  }
                                  server {
                                    listen""")
                                .add("lb/lb-1/etc/nginx/tls/other.crt", other.certificate()));
        rule("bundle.node-certificate-names")
                .bad(
                        "nobody verifies it",
                        complete()
                                .nodesWithTls()
                                .replace(BALANCER, "proxy_ssl_verify on;", "")
                                .edit(NODE_CERTIFICATE, text -> other.certificate())
                                .edit(SECRET + "cert/server.key", text -> other.key()))
                .good(
                        "verified, which is another rule's",
                        complete().nodesWithTls().edit(NODE_CERTIFICATE, text -> other.certificate()));
        Authority middle = Authority.of("Intermediate CA of the test");
        Authority.Pair leaf = middle.issue("harbor.example.com");
        rule("bundle.server-certificate-chain")
                .bad(
                        "the authority first",
                        shown(new Authority.Pair(CA.certify(middle) + leaf.certificate(), leaf.key())))
                .bad("alone", shown(CA.sayingWhereItIs().issue("harbor.example.com")))
                .good("in order", shown(new Authority.Pair(leaf.certificate() + CA.certify(middle), leaf.key())));
        Authority.Pair renewed = CA.issue("harbor.example.com");
        rule("bundle.server-certificates-differ")
                .bad(
                        "two balancers",
                        complete()
                                .secondBalancer()
                                .edit(BALANCER_CERTIFICATE.replace("lb-1", "lb-2"), text -> renewed.certificate())
                                .edit(BALANCER_KEY.replace("lb-1", "lb-2"), text -> renewed.key()))
                .bad(
                        "two nodes",
                        complete()
                                .nodesWithTls()
                                .edit(NODE_CERTIFICATE, text -> renewed.certificate())
                                .edit(SECRET + "cert/server.key", text -> renewed.key()))
                .good("balancers and nodes", shown(renewed).nodesWithTls())
                .good(
                        "with its chain and without",
                        complete().secondBalancer().edit(BALANCER_CERTIFICATE, text -> text + CA.root()));
    }

    private static void days() {
        rule("bundle.certificate-not-valid")
                .bad("between the containers", complete(), END.plusDays(1))
                .bad(
                        "of the balancer, next year",
                        shown(CA.valid("2030-01-01T00:00:00Z", "2036-01-01T00:00:00Z")
                                .issue("harbor.example.com")))
                .bad(
                        "of the balancer, last year",
                        shown(CA.valid("2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z")
                                .issue("harbor.example.com")))
                .good("the last day", complete(), END)
                .good("long before", complete());
        rule("bundle.certificate-expires-soon")
                .bad("between the containers", complete(), END.minusDays(30))
                .bad("on the last day", complete(), END)
                .good("in 31 days", complete(), END.minusDays(31))
                .good("long before", complete(), DAY)
                .good("yesterday, which another rule says", of05(), END.plusDays(1));
    }
}
