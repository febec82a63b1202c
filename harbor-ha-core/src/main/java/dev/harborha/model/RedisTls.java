package dev.harborha.model;

import java.util.Optional;

/**
 * TLS between the nodes and Redis; since 2.13.
 *
 * @param ca the authority of Redis's certificate; absent means those that the containers trust anyway
 */
public record RedisTls(Optional<PemCertificates> ca) {}
