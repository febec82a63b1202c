package dev.harborha.testing;

import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.Delivery;
import dev.harborha.model.Deployment;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.HarborYml;
import dev.harborha.model.NodeTls;
import dev.harborha.model.PemCertificates;
import java.util.Optional;

/** What only clusters of Harbor 2.x have, besides database, Redis and blob store. */
public record Parts2x(
        Optional<HarborVersion> upgradeFrom,
        Optional<Boolean> redirect,
        Optional<PemCertificates> storageCa,
        Optional<NodeTls> nodeTls,
        boolean internalTls,
        Deployment deployment,
        HarborYml harborYml) {

    /** Returns the same, delivered in the given way. */
    Parts2x deliveredBy(Delivery delivery) {
        Deployment delivered = new Deployment(
                delivery,
                deployment.installDir(),
                deployment.dataVolume(),
                deployment.imageRepository(),
                deployment.images(),
                deployment.subnet());
        return new Parts2x(upgradeFrom, redirect, storageCa, nodeTls, internalTls, delivered, harborYml);
    }

    /** Tells the builder of all parts. */
    public void addTo(ClusterBuilder builder) {
        upgradeFrom.ifPresent(builder::upgradeFrom);
        redirect.ifPresent(builder::redirect);
        storageCa.ifPresent(ca -> builder.storageCa(ca.text()));
        nodeTls.ifPresent(builder::nodeTls);
        builder.internalTls(internalTls).deployment(deployment).harborYml(harborYml);
    }
}
