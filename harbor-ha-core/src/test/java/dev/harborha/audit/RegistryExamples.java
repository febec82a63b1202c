package dev.harborha.audit;

import static dev.harborha.audit.BundleExamples.rule;
import static dev.harborha.audit.SampleBundle.COMPOSE;
import static dev.harborha.audit.SampleBundle.HARBOR_YML;
import static dev.harborha.audit.SampleBundle.OF_2X;
import static dev.harborha.audit.SampleBundle.REGISTRY;
import static dev.harborha.audit.SampleBundle.REGISTRY_2X;
import static dev.harborha.audit.SampleBundle.complete;
import static dev.harborha.audit.SampleBundle.installer;
import static dev.harborha.audit.SampleBundle.of05;

/** Examples for the rules on the registry of each node. */
final class RegistryExamples {

    private static final String S3 = """
              s3:
                bucket: "layers"
                secretkey: "of+the+bucket"
            """;
    private static final String OWN_CONFIG = OF_2X + "harbor-ha/registry/config.yml";

    private RegistryExamples() {}

    static void describe() {
        rule("bundle.realms-differ")
                .bad("the realm of a node", of05().replace(REGISTRY, "https://harbor.example.com", "http://10.0.0.12"))
                .bad("no realm", of05().replace(REGISTRY, "    realm:", "    # realm:"))
                .good("none, as since 2.0", complete());
        rule("bundle.upload-secrets-differ")
                .bad("another one", of05().replace(REGISTRY, "of+the+uploads", "sesame"))
                .bad("none on one node", of05().replace(REGISTRY, "    secret:", "    # "))
                .bad(
                        "the word that Harbor ships, on one node",
                        complete().replace(REGISTRY_2X, "of+the+uploads", "placeholder"))
                .good(
                        "by a variable",
                        complete()
                                .replace(REGISTRY_2X, "of+the+uploads", "placeholder")
                                .replace(
                                        COMPOSE,
                                        "  registry:\n",
                                        "  registry:\n    environment: [REGISTRY_HTTP_SECRET=of+the+uploads]\n"));
        rule("bundle.upload-secret-missing")
                .bad("none", complete().replaceOnAll(REGISTRY_2X, "  secret:", "  # "))
                .bad("an empty one", of05().replaceOnAll(REGISTRY, "of+the+uploads", ""))
                .good(
                        "one node",
                        complete().oneNode().replace(REGISTRY_2X.replace("harbor-2", "harbor-1"), "  secret:", "  # "));
        rule("bundle.storages-differ")
                .bad("another bucket", complete().replace(REGISTRY_2X, "layers", "images"))
                .bad("another driver", complete().replace(REGISTRY_2X, "  s3:", "  gcs:"))
                .good("another order", complete().replace(REGISTRY_2X, S3, """
                          s3:
                            secretkey: of+the+bucket # first
                            bucket: layers
                        """));
        rule("bundle.storage-on-node")
                .bad(
                        "the data volume",
                        complete().replaceOnAll(REGISTRY_2X, S3, "  filesystem:\n    rootdirectory: /storage\n"))
                .bad("memory", complete().replaceOnAll(REGISTRY_2X, S3, "  inmemory:\n"))
                .bad(
                        "by harbor.yml",
                        installer().removeOnAll(OWN_CONFIG).replaceOnAll(HARBOR_YML, "storage_service:", "nothing:"))
                .good(
                        "a share",
                        complete()
                                .replaceOnAll(REGISTRY_2X, S3, "  filesystem:\n    rootdirectory: /storage\n")
                                .replaceOnAll(COMPOSE, "/data/registry:/storage:z", "/mnt/share:/storage"))
                .good(
                        "one node",
                        complete()
                                .oneNode()
                                .replace(REGISTRY_2X.replace("harbor-2", "harbor-1"), S3, "  filesystem:\n"));
        rule("bundle.storage-ambiguous")
                .bad(
                        "two drivers",
                        complete()
                                .replaceOnAll(
                                        REGISTRY_2X, "  s3:", "  filesystem:\n    rootdirectory: /storage\n  s3:"))
                .bad("none", complete().replaceOnAll(REGISTRY_2X, S3, ""))
                .bad(
                        "two in harbor.yml",
                        installer().replaceOnAll(HARBOR_YML, "  s3:", "  filesystem: {maxthreads: 100}\n  s3:"))
                .bad("an empty one in harbor.yml", installer().replaceOnAll(HARBOR_YML, S3, "  s3:\n"))
                .bad(
                        "what may not be repeated",
                        complete().replaceOnAll(REGISTRY_2X, "  s3:", "  of+the+uploads: x\n  s3:"))
                .good(
                        "by variables",
                        complete()
                                .replaceOnAll(REGISTRY_2X, S3, "")
                                .replaceOnAll(
                                        COMPOSE,
                                        "  registry:\n",
                                        "  registry:\n    environment: {REGISTRY_STORAGE: s3}\n"))
                .good(
                        "none in harbor.yml, which is the file system",
                        installer().replaceOnAll(HARBOR_YML, S3, ""));
        rule("bundle.redirect-misspelled")
                .bad("of the registry", complete().replaceOnAll(REGISTRY_2X, "disable: true", "disabled: true"))
                .bad("of older harbor.yml", installer().replaceOnAll(HARBOR_YML, "disable: true", "disabled: true"))
                .bad("of newer harbor.yml", installer().replaceOnAll(HARBOR_YML, "2.14.0", "2.7.0"))
                .good(
                        "a harbor.yml of 2.7",
                        installer()
                                .replaceOnAll(HARBOR_YML, "2.14.0", "2.7.0")
                                .replaceOnAll(HARBOR_YML, "disable: true", "disabled: true"))
                .good(
                        "a harbor.yml that does not say its release",
                        installer()
                                .replaceOnAll(HARBOR_YML, "2.14.0", "2.14")
                                .replaceOnAll(HARBOR_YML, "disable: true", "disabled: true"));
        rule("bundle.registry-cache-in-memory")
                .bad("in memory", complete().replaceOnAll(REGISTRY_2X, "layerinfo: redis", "layerinfo: inmemory"))
                .bad(
                        "by its newer name",
                        complete().replaceOnAll(REGISTRY_2X, "layerinfo: redis", "blobdescriptor: inmemory"))
                .good("of 0.5, which has no other", of05())
                .good(
                        "one node",
                        complete()
                                .oneNode()
                                .replace(
                                        REGISTRY_2X.replace("harbor-2", "harbor-1"),
                                        "layerinfo: redis",
                                        "layerinfo: inmemory"));
    }
}
