package dev.harborha.validation;

/** How bad a finding is. The order is from worst to mildest. */
public enum Severity {
    /** The cluster cannot work, or loses data. Nothing is rendered, and no waiver helps. */
    ERROR("The cluster cannot work, or it loses data. Nothing is rendered while it stands, and no waiver helps."),
    /** The cluster works, but is not highly available, or not safe. */
    WARNING("The cluster works, but it is not highly available or not safe. It can be waived with a reason."),
    /** Worth knowing. */
    NOTE("The cluster works and is sound; this is worth knowing, or worth a decision. It can be waived with a reason.");

    private final String criterion;

    Severity(String criterion) {
        this.criterion = criterion;
    }

    /** Returns when this severity is the right one for a rule, in whole sentences. */
    public String criterion() {
        return criterion;
    }
}
