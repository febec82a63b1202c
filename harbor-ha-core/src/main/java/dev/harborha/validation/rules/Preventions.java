package dev.harborha.validation.rules;

import dev.harborha.validation.Prevention;
import java.util.List;

/** What people really had and no cluster of this library can have. */
public final class Preventions {

    private static final String HARBOR = "https://github.com/goharbor/harbor/";

    private static final List<Prevention> ALL = List.of(new Prevention(
            "prevented.prepare-draws-new-secrets",
            "Harbor's prepare draws new secrets on each node at each run",
            "CORE_SECRET, JOBSERVICE_SECRET, CSRF_KEY and the registry's password are drawn anew, the edited nginx.conf is"
                    + " written over: logins flip and replication answers 401 until every node was mended by hand.",
            "All keys are drawn once by ClusterKeys and rendered for every node. In the complete way prepare is never run; in"
                    + " the installer's way an override and a script put the cluster's own secrets back after each run.",
            List.of("CSRF token invalid", "http status code: 401, body:"),
            List.of(HARBOR + "pull/17498", HARBOR + "issues/19158")));

    private Preventions() {}

    /** Returns all entries. */
    public static List<Prevention> all() {
        return ALL;
    }
}
