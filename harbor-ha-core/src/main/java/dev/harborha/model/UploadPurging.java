package dev.harborha.model;

/**
 * How unfinished uploads are removed from the blob store; since 2.5. Every node's registry does it.
 *
 * @param ageHours the age from which an unfinished upload is removed, 2 to 8760 hours
 * @param intervalHours how often unfinished uploads are looked for, 2 to 8760 hours
 * @param dryRun whether they are only named in the log
 */
public record UploadPurging(int ageHours, int intervalHours, boolean dryRun) {

    /** What Harbor's sample has: a week, looked for every day. */
    public static final UploadPurging DEFAULT = new UploadPurging(168, 24, false);

    /**
     * Makes the settings.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public UploadPurging {
        Text.between("the age of unfinished uploads", ageHours, 2, 8760, "hours");
        Text.between("the interval of upload purging", intervalHours, 2, 8760, "hours");
    }
}
