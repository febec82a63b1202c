package dev.harborha.validation;

import static dev.harborha.validation.Edit.set;
import static dev.harborha.validation.Edit.unset;
import static dev.harborha.validation.Edit.with;
import static dev.harborha.validation.RuleExamples.rule;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.S3Storage;
import dev.harborha.model.StorageUrl;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Examples for the rules on S3. */
final class S3Examples {

    private static final String CERTIFICATE = ClusterKeys.generate(2048).tokenCertificate();

    private S3Examples() {}

    private static Consumer<ClusterBuilder> s3(Consumer<S3Storage.Builder> change) {
        return c -> c.s3(s3 -> {
            s3.bucket("layers").region("eu-west-1");
            change.accept(s3);
        });
    }

    /** Returns a store of one's own that is asked for few copies at once. */
    private static Consumer<ClusterBuilder> own(String url) {
        return s3(s3 -> s3.endpoint(url).multipartCopyMaxConcurrency(50));
    }

    private static Predicate<Cluster> endpoint(Predicate<StorageUrl> wanted) {
        return RuleExamples.s3(s3 -> s3.endpoint().filter(wanted).isPresent());
    }

    static void describe() {
        Consumer<ClusterBuilder> inside = own("https://10.0.0.40:9000").andThen(c -> c.storageCa(CERTIFICATE));
        Consumer<ClusterBuilder> outside = own("https://minio.example.com:9000").andThen(c -> c.storageCa(CERTIFICATE));
        rule("storage.redirect-to-private-address")
                .mutant(with(c -> c.redirect(true)))
                .needs(cluster -> !cluster.privateNetwork())
                .needs(endpoint(url -> url.host().isPrivate()))
                .brings("storage.redirect-to-own-endpoint")
                .bad2x("a private address", inside.andThen(c -> c.redirect(true)))
                .bad2x("a private name", own("https://minio.internal").andThen(c -> c.redirect(true)))
                .good2x("no redirects by default", inside)
                .good2x("a public name", outside.andThen(c -> c.redirect(true)))
                .good2x(
                        "all clients inside",
                        inside.andThen(c -> c.redirect(true).privateNetwork()));
        rule("storage.redirect-to-own-endpoint")
                .mutant(with(c -> c.redirect(true)))
                .needs(cluster -> !cluster.redirectsToStorage())
                .needs(endpoint(url -> url.https() && !url.host().isPrivate()))
                .bad2x("a public name", outside.andThen(c -> c.redirect(true)))
                .good2x("no redirects by default", outside)
                .good2x("Amazon's", c -> c.redirect(true));
        rule("storage.redirect-leaves-https")
                .mutant(with(c -> c.redirect(true)))
                .needs(endpoint(url -> !url.https()))
                .brings("storage.redirect-to-own-endpoint")
                .bad2x("to http", own("http://minio.example.com:9000").andThen(c -> c.redirect(true)))
                .good2x("to https", outside.andThen(c -> c.redirect(true)))
                .good2x(
                        "from http",
                        own("http://minio.example.com:9000")
                                .andThen(c -> c.redirect(true).publicUrl("http://harbor.example.com")))
                .good2x("no redirects", own("http://minio.example.com:9000"));
        rule("storage.endpoint-in-clear")
                .mutant(set("storage.endpoint", new StorageUrl("http://minio.example.com:9000")))
                .needs(cluster -> !cluster.redirectsToStorage())
                .needs(endpoint(url -> url.https()))
                .ends("storage.authority-unknown")
                .bad2x("plain http", own("http://minio.example.com:9000"))
                .good2x("https", outside);
        rule("storage.authority-unknown")
                .mutant(unset("storageCa"))
                .needs(cluster -> cluster.storageCa().isPresent())
                .needs(endpoint(url -> url.https()))
                .bad2x("a store of one's own", own("https://minio.example.com:9000"))
                .good2x("given", outside)
                .good2x("plain http", own("http://minio.example.com:9000"))
                .good2x(
                        "not verified, which another rule says",
                        s3(s3 -> s3.endpoint("https://minio.example.com")
                                .skipVerify(true)
                                .secure(true)
                                .multipartCopyMaxConcurrency(50)))
                .good2x("Amazon's", c -> {});
        rule("storage.skip-verify-ignored")
                .mutant(set("storage.advanced.skipVerify", true), unset("storage.secure"))
                .needs(RuleExamples.s3(s3 -> true))
                .ends("storage.authority-unknown")
                .bad2x("without secure", s3(s3 -> s3.skipVerify(true)))
                .bad2x("with secure off", s3(s3 -> s3.skipVerify(true).secure(false)))
                .good2x("with secure", s3(s3 -> s3.skipVerify(true).secure(true)))
                .good2x("verified", s3(s3 -> s3.skipVerify(false)));
        rule("storage.not-verified")
                .mutant(set("storage.advanced.skipVerify", true), set("storage.secure", true))
                .needs(RuleExamples.s3(s3 -> true))
                .ends("storage.authority-unknown")
                .bad2x("with secure", s3(s3 -> s3.skipVerify(true).secure(true)))
                .good2x("without, which another rule says", s3(s3 -> s3.skipVerify(true)))
                .good2x("verified", s3(s3 -> s3.secure(true)));
        rule("storage.old-signatures")
                .mutant(set("storage.advanced.v4Auth", false))
                .needs(RuleExamples.s3(s3 -> s3.endpoint().isEmpty()))
                .bad2x("at Amazon", s3(s3 -> s3.v4Auth(false)))
                .good2x(
                        "at a store of one's own",
                        s3(s3 -> s3.v4Auth(false)
                                .endpoint("https://minio.example.com:9000")
                                .multipartCopyMaxConcurrency(50)))
                .good2x("version 4", s3(s3 -> s3.v4Auth(true)));
        rule("storage.many-copies-at-once")
                .mutant(set("storage.advanced.multipartCopyMaxConcurrency", 51))
                .needs(endpoint(url -> true))
                .needs(RuleExamples.s3(
                        s3 -> s3.advanced().multipartCopyMaxConcurrency().isPresent()))
                .bad2x("the driver's default", s3(s3 -> s3.endpoint("https://minio.example.com:9000")))
                .bad2x(
                        "one too many",
                        s3(s3 -> s3.endpoint("https://minio.example.com:9000").multipartCopyMaxConcurrency(51)))
                .good2x("few", outside)
                .good2x("at Amazon", s3(s3 -> s3.multipartCopyMaxConcurrency(200)));
        rule("storage.reduced-redundancy")
                .mutant(set("storage.storageClass", "REDUCED_REDUNDANCY"))
                .needs(RuleExamples.s3(s3 -> true))
                .bad("reduced", s3(s3 -> s3.storageClass("REDUCED_REDUNDANCY")))
                .good("standard", s3(s3 -> s3.storageClass("STANDARD")))
                .good("the driver's default", c -> {});
    }
}
