package dev.harborha.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A program that writes bundles from a process of its own. */
final class BundleProcess {

    private BundleProcess() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        try {
            switch (args[0]) {
                case "modes" -> modes(folder);
                case "write" -> VersionedBundle.of(Integer.parseInt(args[2])).writeTo(folder);
                case "diff" ->
                    System.out.println(VersionedBundle.of(Integer.parseInt(args[2]))
                            .diff(folder)
                            .size());
                case "forever" -> forever(folder, Integer.parseInt(args[2]));
                case "often" -> System.out.println(often(folder, Integer.parseInt(args[2])));
                case "fullDisk" -> fullDisk(folder);
                default -> throw new IllegalArgumentException(args[0]);
            }
        } catch (BundleWriteException e) {
            System.out.println(e.getMessage());
            System.exit(3);
        }
    }

    private static void modes(Path folder) {
        Bundle.of(Map.of(
                        "test",
                        List.of(
                                RenderedFile.open("d/public", "p"),
                                RenderedFile.secret("d/private", "s"),
                                new RenderedFile("d/program", "x", Mode.EXECUTABLE, Owner.ROOT, false),
                                RenderedFile.secret("d/private2", "s"))))
                .writeTo(folder);
    }

    /** Writes one version after the other until it is killed, and tells version and number of files after each file. */
    private static void forever(Path folder, int first) {
        for (int version = first; ; version++) {
            int current = version;
            VersionedBundle.of(version, 1500).writeTo(folder, false, done -> System.out.println(current + " " + done));
        }
    }

    /** Writes twelve versions and returns how often another run was in the way. */
    static int often(Path folder, int first) throws InterruptedException {
        int refused = 0;
        for (int version = first; version < first + 12; ) {
            try {
                VersionedBundle.of(version).writeTo(folder);
                version++;
            } catch (BundleWriteException e) {
                assertThat(e).hasMessage("Another run is writing to the folder " + folder + "; wait until it is done.");
                refused++;
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
        return refused;
    }

    /** Runs on a file system of 3 MiB: the second version does not fit beside what fills it up. */
    private static void fullDisk(Path folder) throws IOException {
        Path out = folder.resolve("out");
        VersionedBundle.of(1, 20).writeTo(out);
        Path filler = folder.resolve("filler");
        long free = Files.getFileStore(folder).getUsableSpace();
        Files.write(filler, new byte[(int) Math.max(0, free - 60_000)]);
        Bundle next = VersionedBundle.of(2, 300);
        BundleWriteException refusal = catchThrowableOfType(BundleWriteException.class, () -> next.writeTo(out));
        assertThat(refusal)
                .hasMessage("Cannot write to the folder " + out
                        + ": No space left on device. Every file there is whole, as it"
                        + " was or as it was to be; mend the cause and run again.");
        assertThat(VersionedBundle.versionsOfWholeFiles(out)).isEqualTo(Set.of(1, 2));
        assertThat(out.resolve(".harbor-ha.tmp")).doesNotExist();
        Files.delete(filler);
        next.writeTo(out);
        assertThat(VersionedBundle.versionsOfWholeFiles(out)).isEqualTo(Set.of(2));
        assertThat(next.diff(out)).isEmpty();
        System.out.println("survived a full disk");
    }
}
