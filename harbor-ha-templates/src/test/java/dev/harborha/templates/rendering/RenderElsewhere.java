package dev.harborha.templates.rendering;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.secret.Secret;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TimeZone;

/** Renders in a JVM of its own, which {@link SamenessProperties} starts with other defaults than those of the tests. */
final class RenderElsewhere {

    private RenderElsewhere() {}

    /** Takes the folder of the keys, an output folder, and the files of a server's certificate and key; says its defaults. */
    public static void main(String[] arguments) throws IOException {
        System.out.println(Locale.getDefault() + " " + TimeZone.getDefault().getID() + " " + Charset.defaultCharset());
        ClusterKeys keys = ClusterKeys.load(Path.of(arguments[0]));
        Scenarios.all(Files.readString(Path.of(arguments[2])), Secret.of(Files.readString(Path.of(arguments[3]))))
                .forEach((name, cluster) ->
                        HarborHa.create().render(cluster, keys).writeTo(Path.of(arguments[1], name)));
    }
}
