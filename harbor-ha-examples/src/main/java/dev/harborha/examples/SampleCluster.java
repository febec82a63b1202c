package dev.harborha.examples;

import dev.harborha.model.HarborVersion;
import dev.harborha.templates.text.TextTemplate;
import java.util.Map;

/** The cluster file that {@code init} writes. */
final class SampleCluster {

    private SampleCluster() {}

    /** Returns the text, with secrets drawn anew. */
    static String text(HarborVersion harbor) {
        return TextTemplate.resource(SampleCluster.class, "sample-cluster.yaml.txt")
                .fill(Map.of(
                        "harbor", harbor.toString(),
                        "adminPassword", SampleSecret.draw(),
                        "databasePassword", SampleSecret.draw(),
                        "s3AccessKey", SampleSecret.draw(),
                        "s3SecretKey", SampleSecret.draw()));
    }
}
