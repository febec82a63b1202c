package dev.harborha.audit;

import static dev.harborha.audit.BundleExamples.rule;
import static dev.harborha.audit.SampleBundle.BALANCER;
import static dev.harborha.audit.SampleBundle.CERTIFICATE;
import static dev.harborha.audit.SampleBundle.COMPOSE;
import static dev.harborha.audit.SampleBundle.CONFIG;
import static dev.harborha.audit.SampleBundle.CORE_ENV;
import static dev.harborha.audit.SampleBundle.HARBOR_CFG;
import static dev.harborha.audit.SampleBundle.HARBOR_YML;
import static dev.harborha.audit.SampleBundle.JOBSERVICE;
import static dev.harborha.audit.SampleBundle.LOG;
import static dev.harborha.audit.SampleBundle.OF_2X;
import static dev.harborha.audit.SampleBundle.OVERRIDE;
import static dev.harborha.audit.SampleBundle.REGISTRY_2X;
import static dev.harborha.audit.SampleBundle.TLS_FOLDER;
import static dev.harborha.audit.SampleBundle.TOKEN_KEY;
import static dev.harborha.audit.SampleBundle.TOKEN_KEY_2X;
import static dev.harborha.audit.SampleBundle.complete;
import static dev.harborha.audit.SampleBundle.installer;
import static dev.harborha.audit.SampleBundle.of05;

import dev.harborha.render.Mode;
import dev.harborha.render.Owner;

/** Examples for the rules on compose files, and on which files there are and who may read them. */
final class MachineExamples {

    private static final String INSTALL = "nodes/harbor-2/install.sh";

    private MachineExamples() {}

    static void describe() {
        compose();
        files();
    }

    private static void compose() {
        rule("bundle.images-differ")
                .bad("an older release", complete().replace(COMPOSE, "v2.14.4", "v2.13.0"))
                .bad("one of them", complete().replace(COMPOSE, "harbor-core:v2.14.4", "harbor-core:v2.14.3"))
                .good(
                        "quotes",
                        complete()
                                .replace(COMPOSE, "\"goharbor/harbor-core:v2.14.4\"", "goharbor/harbor-core:v2.14.4"));
        rule("bundle.images-mixed")
                .bad(
                        "one of another release",
                        complete().replaceOnAll(COMPOSE, "harbor-jobservice:v2.14.4", "harbor-jobservice:v2.13.5"))
                .bad(
                        "by an override",
                        complete().add(OVERRIDE, "services: {core: {image: 'example/core:v2.14.3@sha256:0123'}}\n"))
                .good(
                        "a tag that is no release",
                        complete().replaceOnAll(COMPOSE, "harbor-core:v2.14.4", "harbor-core:patched"));
        rule("bundle.mount-missing")
                .bad("an env file", complete().removeOnAll(CORE_ENV))
                .bad(
                        "a mounted file, and a folder of files",
                        complete().removeOnAll(LOG).removeOnAll(TOKEN_KEY_2X))
                .bad("of the override", installer().removeOnAll(OF_2X + "harbor-ha/registry/passwd"))
                .bad(
                        "up and down again",
                        complete().replaceOnAll(COMPOSE, "./common/config/core/env", "../harbor/common/core.env/env"))
                .good(
                        "elsewhere on the machine",
                        complete().replaceOnAll(COMPOSE, "/data/secret/keys/secretkey", "/etc/harbor/secretkey.pem"))
                .good("a variable", complete().replaceOnAll(COMPOSE, "./common/config/core/env", "./${PLACE}/core.env"))
                .good(
                        "not required",
                        complete()
                                .removeOnAll(CONFIG + "exporter/env")
                                .replaceOnAll(
                                        COMPOSE,
                                        "[\"./common/config/exporter/env\"]",
                                        "[{path: ./common/config/exporter/env, required: false}]"))
                .good(
                        "an override gives another one",
                        complete()
                                .removeOnAll(JOBSERVICE)
                                .add(
                                        OVERRIDE,
                                        "services:\n  jobservice:\n    volumes: ['/etc/jobs.yml:/etc/jobservice/config.yml']\n")
                                .add(
                                        OVERRIDE.replace("harbor-2", "harbor-1"),
                                        "services:\n  jobservice:\n    volumes: ['/etc/jobs.yml:/etc/jobservice/config.yml']\n"))
                .good(
                        "up and down again",
                        complete()
                                .replaceOnAll(
                                        COMPOSE, "./common/config/core/env", "../harbor/./common//config/core/env"));
        rule("bundle.subnet-clash")
                .bad("a node", complete().replaceOnAll(COMPOSE, "172.28.213.0/24", "10.0.0.0/24"))
                .bad("the database", complete().replaceOnAll(CORE_ENV, "=pg.example.com", "=172.28.213.5"))
                .bad("Redis of the registry", complete().replaceOnAll(REGISTRY_2X, "redis.example.com", "172.28.213.6"))
                .bad("where the logs go", complete().replaceOnAll(LOG, "syslog.example.com", "172.28.213.7"))
                .bad("in harbor.yml", installer().replaceOnAll(HARBOR_YML, "redis.example.com", "172.28.213.8"))
                .good("in a comment", complete().replaceOnAll(LOG, "central server", "server 172.28.213.7"))
                .good(
                        "what the proxy is not asked for",
                        complete().replaceOnAll(CORE_ENV, "NO_PROXY=", "NO_PROXY=172.28.213.1,"))
                .good("another network", complete().replaceOnAll(COMPOSE, "172.28.213.0/24", "10.0.1.0/24"));
    }

    private static void files() {
        rule("bundle.file-missing")
                .bad("a certificate between containers", complete().remove(TLS_FOLDER + "portal.crt"))
                .bad("on one of three nodes", complete().thirdNode().remove(LOG))
                .bad("of 0.5", of05().remove(HARBOR_CFG))
                .good("on one of three nodes only", complete().thirdNode().add(CONFIG + "core/more.conf", "x = y\n"))
                .good("a machine without Harbor", complete().add("nodes/witness/etc/motd", "Hello.\n"))
                .good("no file of Harbor's", complete().add("nodes/harbor-2/opt/harbor/harbor.yml.bak", "# old\n"));
        rule("bundle.private-key-readable")
                .bad("the token key", of05().open(TOKEN_KEY))
                .bad(
                        "beside a certificate",
                        of05().edit(CERTIFICATE, text -> text + "-----BEGIN EC PRIVATE KEY-----\n"))
                .bad("of 2.x", complete().open(TLS_FOLDER + "core.key").open(TOKEN_KEY_2X))
                .bad(
                        "of a balancer, and of nobody",
                        complete()
                                .open(SampleBundle.BALANCER_KEY)
                                .add("INSTALL.md", "-----BEGIN RSA PRIVATE KEY-----\n"))
                .good("a certificate", of05().open(CERTIFICATE));
        rule("bundle.secret-readable")
                .bad("an env file", complete().open(CORE_ENV))
                .bad("harbor.yml and the override", installer().open(HARBOR_YML).open(OVERRIDE))
                .bad("harbor.cfg and the secret key", of05().open(HARBOR_CFG).open(SampleBundle.SECRET_KEY))
                .good(
                        "nothing in it",
                        complete()
                                .replaceOnAll(CONFIG + "registryctl/env", "of+the+core", "")
                                .replaceOnAll(CONFIG + "registryctl/env", "of+the+jobs", "")
                                .open(CONFIG + "registryctl/env"));
        rule("bundle.unreadable-in-container")
                .bad("of root", complete().access(TOKEN_KEY_2X, Mode.PRIVATE, Owner.ROOT))
                .bad(
                        "of somebody",
                        installer().access(OF_2X + "harbor-ha/registry/passwd", Mode.PRIVATE, new Owner(1000, 1000)))
                .good("of root, and public", complete().access(REGISTRY_2X, Mode.PUBLIC, Owner.ROOT))
                .good("of 0.5, whose containers are root", of05());
        rule("bundle.not-executable")
                .bad("install.sh", complete().access(INSTALL, Mode.PUBLIC, Owner.ROOT))
                .good("no program", complete().edit(BALANCER, text -> "# !/bin/sh\n" + text));
    }
}
