package dev.harborha.templates.rendering;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TimeZone;

/** Renders in a JVM of its own, which {@link SamenessProperties} starts with other defaults than those of the tests. */
final class RenderElsewhere {

    private RenderElsewhere() {}

    /** Takes the folder of the keys and an output folder; says what its defaults are. */
    public static void main(String[] arguments) {
        System.out.println(Locale.getDefault() + " " + TimeZone.getDefault().getID() + " " + Charset.defaultCharset());
        ClusterKeys keys = ClusterKeys.load(Path.of(arguments[0]));
        Scenarios.all(keys.tokenCertificate(), keys.tokenKey())
                .forEach((name, cluster) ->
                        HarborHa.create().render(cluster, keys).writeTo(Path.of(arguments[1], name)));
    }
}
