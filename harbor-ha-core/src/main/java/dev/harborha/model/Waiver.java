package dev.harborha.model;

/**
 * A finding that the owner of the cluster has seen and accepts. Warnings and notes can be waived, errors cannot.
 *
 * @param ruleId the id of the rule, such as {@code lb.single-load-balancer}
 * @param reason why it is accepted; reports repeat it
 */
public record Waiver(String ruleId, String reason) {

    private static final int LONGEST_ID = 100;

    /**
     * Makes a waiver.
     *
     * @throws IllegalArgumentException if the id is no rule id, or the reason is blank or longer than a line
     */
    public Waiver {
        if (ruleId.length() > LONGEST_ID || !ruleId.matches("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+")) {
            throw new IllegalArgumentException(
                    Quoted.of(ruleId) + " is no rule id; ids look like \"lb.single-load-balancer\".");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("A waiver of " + ruleId + " needs a reason; say why it is accepted.");
        }
        Text.line("the reason of the waiver of " + ruleId, reason);
    }
}
