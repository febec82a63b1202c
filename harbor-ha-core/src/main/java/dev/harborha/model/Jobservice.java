package dev.harborha.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The job service of each node: replication, scans, garbage collection.
 *
 * @param maxJobWorkers the jobs that a node runs at once, 1 to 1000; the cluster runs as many times the number of nodes
 * @param jobLoggers where the logs of jobs are kept, at least one
 * @param loggerSweeperDuration after how many days logs are removed, 1 to 3650
 * @param maxJobDurationHours after how many hours a job counts as lost, 24 to 8760
 * @param maxWorkersOfAllNodes the most jobs that all nodes together may run at once, 1 to 1000000, where there is such a limit
 */
public record Jobservice(
        int maxJobWorkers,
        Set<JobLogger> jobLoggers,
        int loggerSweeperDuration,
        int maxJobDurationHours,
        OptionalInt maxWorkersOfAllNodes) {

    /** What Harbor's sample has, but for the logs of jobs, which go to the database. */
    public static final Jobservice DEFAULT = of(jobservice -> {});

    /**
     * Makes a job service.
     *
     * @throws IllegalArgumentException if a number is out of its range, or there is no logger
     */
    public Jobservice {
        Text.between("the number of job workers", maxJobWorkers, 1, 1000, "");
        if (jobLoggers.isEmpty()) {
            throw new IllegalArgumentException(
                    "The job service needs at least one job logger; use DB, which every node can read.");
        }
        Set<JobLogger> inOrder = EnumSet.noneOf(JobLogger.class);
        inOrder.addAll(jobLoggers);
        jobLoggers = Collections.unmodifiableSet(inOrder);
        Text.between("the life of job logs", loggerSweeperDuration, 1, 3650, "days");
        Text.between("the longest duration of a job", maxJobDurationHours, 24, 8760, "hours");
        maxWorkersOfAllNodes.ifPresent(
                most -> Text.between("the most job workers of all nodes", most, 1, 1_000_000, ""));
    }

    /**
     * Describes a job service.
     *
     * @throws IllegalArgumentException if something is out of its range
     */
    public static Jobservice of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Describes a job service; nothing is required. */
    public static final class Builder {

        private int maxJobWorkers = 10;
        private Set<JobLogger> jobLoggers = EnumSet.of(JobLogger.STD_OUTPUT, JobLogger.DB);
        private int loggerSweeperDuration = 1;
        private int maxJobDurationHours = 24;
        private OptionalInt maxWorkersOfAllNodes = OptionalInt.empty();

        Builder() {}

        /** Sets the jobs that a node runs at once, 1 to 1000. Default: 10, as in Harbor's sample. */
        public Builder maxJobWorkers(int workers) {
            this.maxJobWorkers = workers;
            return this;
        }

        /**
         * Sets where the logs of jobs are kept. Default: {@code STD_OUTPUT} and {@code DB}. Harbor's sample has {@code FILE}
         * instead of {@code DB}, and then a log is found only through the node that ran the job (<a
         * href="https://github.com/goharbor/harbor/issues/13011">issue 13011</a>).
         *
         * @throws IllegalArgumentException if there is none
         */
        public Builder jobLoggers(JobLogger first, JobLogger... more) {
            this.jobLoggers = EnumSet.of(first, more);
            return this;
        }

        /** Sets after how many days the logs of jobs are removed, 1 to 3650. Default: 1, as in Harbor's sample. */
        public Builder loggerSweeperDuration(int days) {
            this.loggerSweeperDuration = days;
            return this;
        }

        /** Sets after how many hours a job counts as lost, 24 to 8760; since 2.13. Default: 24, as in Harbor. */
        public Builder maxJobDurationHours(int hours) {
            this.maxJobDurationHours = hours;
            return this;
        }

        /**
         * Says how many jobs all nodes together may run at once, 1 to 1000000: what database, blob store and the registries on
         * the other side can bear. Default: it is not known. Harbor has no such setting.
         */
        public Builder maxWorkersOfAllNodes(int workers) {
            this.maxWorkersOfAllNodes = OptionalInt.of(workers);
            return this;
        }

        Jobservice build() {
            return new Jobservice(
                    maxJobWorkers, jobLoggers, loggerSweeperDuration, maxJobDurationHours, maxWorkersOfAllNodes);
        }
    }
}
