package dev.harborha.audit;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** For every built-in rule on rendered files: files that violate it, and files near by that do not. */
final class BundleExamples {

    /** A day on which all certificates of the sample are valid, and none of them runs out soon. */
    static final LocalDate DAY =
            LocalDate.ofInstant(SampleBundle.TLS.expiry(), ZoneOffset.UTC).minusDays(200);

    static final Map<String, BundleExamples> ALL = new TreeMap<>();

    static {
        KeyExamples.describe();
        ContainerExamples.describe();
        SharedExamples.describe();
        RegistryExamples.describe();
        CertificateExamples.describe();
        ProxyExamples.describe();
        HaproxyExamples.describe();
        VrrpExamples.describe();
        MachineExamples.describe();
    }

    /**
     * Files on a day.
     *
     * @param bundle the files
     * @param day when they are looked at
     */
    record Example(SampleBundle bundle, LocalDate day) {}

    private final Map<String, Example> violating = new LinkedHashMap<>();
    private final Map<String, Example> sound = new LinkedHashMap<>();

    private BundleExamples() {}

    Map<String, Example> violating() {
        return violating;
    }

    Map<String, Example> sound() {
        return sound;
    }

    static BundleExamples rule(String id) {
        return ALL.computeIfAbsent(id, any -> new BundleExamples());
    }

    BundleExamples bad(String what, SampleBundle bundle) {
        return bad(what, bundle, DAY);
    }

    BundleExamples bad(String what, SampleBundle bundle, LocalDate day) {
        put(violating, what, new Example(bundle, day));
        return this;
    }

    BundleExamples good(String what, SampleBundle bundle) {
        return good(what, bundle, DAY);
    }

    BundleExamples good(String what, SampleBundle bundle, LocalDate day) {
        put(sound, what, new Example(bundle, day));
        return this;
    }

    private static void put(Map<String, Example> examples, String what, Example example) {
        if (examples.put(what, example) != null) {
            throw new AssertionError("Two examples are called " + what + ".");
        }
    }
}
