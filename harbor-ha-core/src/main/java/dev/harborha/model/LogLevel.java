package dev.harborha.model;

/** How much Harbor's components log. */
public enum LogLevel {
    /** Everything, secrets of clients possibly among it. */
    DEBUG,
    /** What is done. */
    INFO,
    /** What looks wrong. */
    WARNING,
    /** What failed. */
    ERROR,
    /** What ended a component. */
    FATAL
}
