package dev.harborha.templates.balancer;

import dev.harborha.model.HealthProbe;

/** What probes ask for, and how a node answers that can serve. */
public final class HealthPaths {

    /** The kinds of manifests that a canary may have. */
    public static final String MANIFEST_TYPES = "application/vnd.docker.distribution.manifest.v2+json,"
            + "application/vnd.oci.image.manifest.v1+json,application/vnd.oci.image.index.v1+json";

    private HealthPaths() {}

    /** Returns the path that a probe asks for, with its slash. */
    public static String of(HealthProbe probe) {
        if (probe instanceof HealthProbe.Health) {
            return "/api/v2.0/health";
        }
        if (probe instanceof HealthProbe.Ping) {
            return "/api/v2.0/ping";
        }
        if (probe instanceof HealthProbe.RegistryApi) {
            return "/v2/";
        }
        if (probe instanceof HealthProbe.Canary canary) {
            return "/v2/" + canary.repository() + "/manifests/" + canary.reference();
        }
        throw new IllegalStateException("A probe of an unknown kind: " + probe.getClass());
    }

    /** Returns the status that says that a node can serve: 401 where the registry's API is asked without a token. */
    public static int statusOf(HealthProbe probe) {
        return probe instanceof HealthProbe.RegistryApi ? 401 : 200;
    }
}
