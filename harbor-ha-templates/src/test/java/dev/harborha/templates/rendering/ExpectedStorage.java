package dev.harborha.templates.rendering;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.Host;
import dev.harborha.model.S3Storage;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.Storage;
import dev.harborha.model.StorageUrl;
import dev.harborha.model.SwiftStorage;
import dev.harborha.secret.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The options that a registry must be told, worked out from the parts of the model by another way than the renderer's: the
 * drivers call an option as the model does, in lower case, but for a few.
 */
final class ExpectedStorage {

    private static final Map<String, String> OTHER_NAMES = Map.of("endpoint.s3", "regionendpoint");

    private final String keyFile;
    private final Map<String, Object> options = new TreeMap<>();

    private ExpectedStorage(String keyFile) {
        this.keyFile = keyFile;
    }

    /** Returns the options, with the place at which the container has a key file. */
    static Map<String, Object> of(Storage storage, String keyFile) {
        return new ExpectedStorage(keyFile).told(storage);
    }

    private Map<String, Object> told(Storage storage) {
        if (storage instanceof SharedFilesystem share) {
            options.put("rootdirectory", "/storage");
            share.maxThreads().ifPresent(most -> options.put("maxthreads", most));
        } else {
            add((Record) storage, storage.driver());
        }
        return options;
    }

    private void add(Record record, String driver) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String name = component.getName().toLowerCase(Locale.ROOT);
            Object value = value(record, component);
            if (value instanceof Optional<?> optional) {
                if (optional.isEmpty()) {
                    continue;
                }
                value = optional.get();
            }
            String option = OTHER_NAMES.getOrDefault(name + "." + driver, name);
            if (value instanceof S3Storage.Credentials
                    || value instanceof S3Storage.Advanced
                    || value instanceof SwiftStorage.Options) {
                add((Record) value, driver);
            } else if (value instanceof Secret secret) {
                options.put(option, secret.reveal());
            } else if (value instanceof AbsolutePath) {
                options.put(option, keyFile);
            } else if (value instanceof StorageUrl || value instanceof Host) {
                options.put(option, value.toString());
            } else if (!(value instanceof List<?> list && list.isEmpty())) {
                options.put(option, value);
            }
        }
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
