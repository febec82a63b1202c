package dev.harborha.examples;

import dev.harborha.model.HarborVersion;
import dev.harborha.model.VersionRange;
import dev.harborha.templates.text.TextTemplate;
import java.util.Map;

/** The cluster file that {@code init} writes. */
final class SampleCluster {

    private static final VersionRange HARBOR_2 = VersionRange.since("2.0.0");

    private SampleCluster() {}

    /** Returns the text, with secrets drawn anew. */
    static String text(HarborVersion harbor) {
        String name = HARBOR_2.contains(harbor) ? "sample-2.yaml.txt" : "sample-0.5.yaml.txt";
        return TextTemplate.resource(SampleCluster.class, name)
                .fill(Map.of(
                        "harbor", harbor.toString(),
                        "adminPassword", SampleSecret.draw(),
                        "databasePassword", SampleSecret.draw(),
                        "redisPassword", SampleSecret.draw(),
                        "s3AccessKey", SampleSecret.draw(),
                        "s3SecretKey", SampleSecret.draw()));
    }
}
