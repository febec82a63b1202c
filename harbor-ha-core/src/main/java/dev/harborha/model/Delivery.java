package dev.harborha.model;

/** How Harbor 2.x gets its files onto a node. */
public enum Delivery {
    /** Every file is rendered; Harbor's {@code prepare} is never run. */
    COMPLETE,
    /** Each node gets a {@code harbor.yml} for Harbor's own installer, and what keeps its {@code prepare} from drawing new secrets. */
    INSTALLER
}
