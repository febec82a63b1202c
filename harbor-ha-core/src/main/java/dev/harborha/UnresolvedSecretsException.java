package dev.harborha;

import dev.harborha.model.ModelPath;
import dev.harborha.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Secrets that have no value on this machine; the message names all of them at once. */
public final class UnresolvedSecretsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> paths;

    UnresolvedSecretsException(Map<ModelPath, Secret> unresolved) {
        super("Secrets have no value: "
                + unresolved.entrySet().stream()
                        .map(entry -> entry.getKey() + " ("
                                + entry.getValue().problem().orElse("") + ")")
                        .collect(Collectors.joining(", "))
                + ". Set them and render again.");
        this.paths = unresolved.keySet().stream().map(ModelPath::text).toList();
    }

    /** Returns where in the cluster the secrets without a value stand. */
    public List<String> paths() {
        return paths;
    }
}
