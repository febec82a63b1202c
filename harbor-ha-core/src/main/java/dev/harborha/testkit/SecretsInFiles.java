package dev.harborha.testkit;

import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What in rendered files is certainly a secret. */
final class SecretsInFiles {

    private static final Pattern NAMED = Pattern.compile(
            "(?im)^[ \\t]*\"?[a-z0-9_.-]*(?:secret|password|passwd|pwd|key|token)[a-z0-9_.-]*\"?[ \\t]*[=:][ \\t]*[\"']?([^\"'\\r\\n]+)");
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----\\R(.*?)-----END");

    private SecretsInFiles() {}

    /** Returns the values of names like {@code db_password}, the lines of private keys, and the text of files of one line. */
    static List<String> of(Bundle bundle) {
        List<String> secrets = new ArrayList<>();
        for (RenderedFile file : bundle.files()) {
            PRIVATE_KEY
                    .matcher(file.content())
                    .results()
                    .flatMap(key -> key.group(1).lines())
                    .forEach(secrets::add);
            if (file.secret()) {
                NAMED.matcher(file.content())
                        .results()
                        .map(value -> value.group(1).strip())
                        .forEach(secrets::add);
                if (file.content().lines().count() == 1) {
                    secrets.add(file.content().strip());
                }
            }
        }
        return secrets;
    }
}
