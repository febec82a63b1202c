package dev.harborha.audit;

/** What is to be done about several defects. */
final class Cure {

    static final String RENDER_TOGETHER = "Render all nodes in one run from one cluster and one key store.";

    static final String HARBOR = "https://github.com/goharbor/harbor/";
    static final String POST = "http://niyanchun.com/harbor-multi-nodes-deployment-practices.html";

    private Cure() {}
}
