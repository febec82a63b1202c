package dev.harborha.templates.harbor2;

import dev.harborha.model.Releases;
import dev.harborha.model.VersionRange;

/** Where the files with the results of scans are put together. */
final class ScanExports {

    /** Releases whose job service has a folder of the node for it; all later ones use the container's own. */
    static final Releases ON_DISK =
            Releases.of(VersionRange.between("2.6.0", "2.6.4"), VersionRange.between("2.7.0", "2.7.1"));

    private ScanExports() {}
}
