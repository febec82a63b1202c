package dev.harborha.validation.rules;

/** Where the rules' knowledge comes from, for those that several rules name. */
final class Sources {

    /** The blog post on two Harbor 0.5 nodes from which the library grew. */
    static final String POST = "http://niyanchun.com/harbor-multi-nodes-deployment-practices.html";

    private Sources() {}
}
