package dev.harborha.model;

/** Where the job service keeps the logs of its jobs, in the words of {@code harbor.yml}. */
public enum JobLogger {
    /** The container's own output, which nobody can read through Harbor. */
    STD_OUTPUT,
    /** A folder of the node that ran the job: asked through another node, the log is not found. */
    FILE,
    /** The shared database, readable through every node; written when the job ends. */
    DB
}
