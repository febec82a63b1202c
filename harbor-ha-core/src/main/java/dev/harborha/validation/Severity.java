package dev.harborha.validation;

/** How bad a finding is. The order is from worst to mildest. */
public enum Severity {
    /** The cluster cannot work, or loses data. Nothing is rendered, and no waiver helps. */
    ERROR,
    /** The cluster works, but is not highly available, or not safe. */
    WARNING,
    /** Worth knowing. */
    NOTE
}
