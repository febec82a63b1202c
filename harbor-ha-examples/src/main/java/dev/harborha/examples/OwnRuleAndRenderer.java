package dev.harborha.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.model.Node;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderContext;
import dev.harborha.render.RenderedFile;
import dev.harborha.render.Renderer;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.Severity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A rule and a renderer of one's own, beside the built-in ones; {@code OwnRuleTest} tests the rule. */
public final class OwnRuleAndRenderer {

    /** Our operators look for nodes by name; a rule is a description and a function from a cluster to problems. */
    static final Rule NODE_NAMES = Rule.of(
            RuleInfo.of(
                    "example.unusual-node-name",
                    Severity.WARNING,
                    rule -> rule.title("A node's name does not begin with \"harbor-\"")
                            .why("The on-call handbook finds the nodes by that name.")
                            .fix("Give the node a name that begins with harbor- in .node(name, address).")
                            .sources("The on-call handbook, chapter 3")),
            cluster -> cluster.nodes().stream()
                    .filter(node -> !node.name().startsWith("harbor-"))
                    .map(node -> new Problem(
                            ModelPath.cluster().child("nodes").key(node.name()),
                            "The node is called " + node.name() + "; names begin with \"harbor-\" here.",
                            "Call it harbor-" + node.name() + " in .node(name, address)."))
                    .toList());

    private OwnRuleAndRenderer() {}

    /** Writes the machines that Prometheus has to watch, in the form of its {@code file_sd_configs}. */
    static final class PrometheusTargets implements Renderer {

        private static final int NODE_EXPORTER = 9100;

        @Override
        public String name() {
            return "prometheus-targets";
        }

        @Override
        public boolean supports(Cluster cluster) {
            return true;
        }

        @Override
        public List<RenderedFile> render(RenderContext context) {
            return List.of(
                    RenderedFile.open("monitoring/etc/prometheus/targets/harbor.json", targets(context.cluster())));
        }

        private static String targets(Cluster cluster) {
            StringWriter text = new StringWriter();
            try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
                json.writeStartArray();
                json.writeStartObject();
                json.writeArrayFieldStart("targets");
                for (Node node : cluster.nodes()) {
                    json.writeString(node.address().urlText() + ":" + NODE_EXPORTER);
                }
                json.writeEndArray();
                json.writeObjectFieldStart("labels");
                json.writeStringField("registry", cluster.publicUrl().authority());
                json.writeEndObject();
                json.writeEndObject();
                json.writeEndArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return text + "\n";
        }
    }

    /** Writes below the folder that is given as the first argument, or below a temporary one. */
    public static void main(String[] args) throws IOException {
        Path folder = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("harbor-ha-");
        Cluster cluster = Cluster.of(c -> c.harbor("2.15.2")
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .node("registry-b", "10.0.0.12")
                .database(db -> db.address("pg.example.com").password(SampleSecret.fromEnvOrDrawn("DB_PASSWORD")))
                .redis("redis.example.com")
                .sharedFilesystem(fs -> fs.path("/mnt/harbor").source("nfs.example.com:/export/harbor"))
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .adminPassword(SampleSecret.fromEnvOrDrawn("HARBOR_ADMIN_PASSWORD"))
                .timeServers("ntp.example.com"));

        HarborHa harbor = HarborHa.create().with(NODE_NAMES).with(new PrometheusTargets());
        System.out.println(harbor.check(cluster));
        Bundle bundle = harbor.render(cluster, ClusterKeys.loadOrGenerate(folder.resolve("keys")));
        bundle.writeTo(folder.resolve("out"));
        System.out.println(bundle + " in " + folder.resolve("out") + ", one of them ours:");
        bundle.get("monitoring/etc/prometheus/targets/harbor.json")
                .ifPresent(file -> System.out.println(file.content()));
    }
}
