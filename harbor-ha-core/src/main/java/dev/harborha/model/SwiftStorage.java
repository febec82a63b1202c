package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * OpenStack Swift, with the options of the registry's {@code swift} driver (<a
 * href="https://github.com/distribution/distribution/blob/v2.5.0/docs/storage-drivers/swift.md">distribution 2.5</a>).
 *
 * @param authUrl the address of the authentication service
 * @param username the user
 * @param password the user's password
 * @param container the container; the driver creates it if it does not exist
 * @param options what only some installations need
 */
public record SwiftStorage(StorageUrl authUrl, String username, Secret password, String container, Options options)
        implements Storage {

    private static final Pattern CONTAINER = Pattern.compile("[^/]{1,256}");
    private static final Pattern ENDPOINT_TYPE = Pattern.compile("public|internal|admin");

    /**
     * What only some Swift installations need; an absent option is not written.
     *
     * @param tenant the tenant's (project's) name
     * @param tenantId the tenant's id
     * @param domain the domain's name (identity version 3)
     * @param domainId the domain's id (identity version 3)
     * @param tenantDomain the name of the tenant's domain, where it is not the user's; since Harbor 2.0
     * @param tenantDomainId the id of the tenant's domain, where it is not the user's; since Harbor 2.0
     * @param trustId the trust's id (identity version 3)
     * @param region the region
     * @param authVersion the identity version, 1 to 3; driver's default: guessed from the address
     * @param prefix the prefix of all objects in the container
     * @param endpointType which endpoint is used: {@code public}, {@code internal} or {@code admin}; driver's default: public
     * @param insecureSkipVerify whether certificates are not verified; driver's default: false
     * @param chunkSize the size of a segment in bytes, from 1 MiB; driver's default: 20 MiB
     * @param tempUrlKeys the access key and the secret key of temporary URLs
     * @param tempUrlContainerKey whether the container's key signs temporary URLs, not the account's
     * @param tempUrlMethods the methods that temporary URLs allow
     */
    public record Options(
            Optional<String> tenant,
            Optional<String> tenantId,
            Optional<String> domain,
            Optional<String> domainId,
            Optional<String> tenantDomain,
            Optional<String> tenantDomainId,
            Optional<String> trustId,
            Optional<String> region,
            Optional<Integer> authVersion,
            Optional<String> prefix,
            Optional<String> endpointType,
            Optional<Boolean> insecureSkipVerify,
            Optional<Long> chunkSize,
            Optional<S3Storage.Credentials> tempUrlKeys,
            Optional<Boolean> tempUrlContainerKey,
            List<String> tempUrlMethods) {

        /**
         * Makes the options.
         *
         * @throws IllegalArgumentException if one is malformed or out of its range
         */
        public Options {
            tenant.ifPresent(text -> Text.line("the Swift tenant", text));
            tenantId.ifPresent(text -> Text.line("the Swift tenant id", text));
            domain.ifPresent(text -> Text.line("the Swift domain", text));
            domainId.ifPresent(text -> Text.line("the Swift domain id", text));
            tenantDomain.ifPresent(text -> Text.line("the Swift tenant domain", text));
            tenantDomainId.ifPresent(text -> Text.line("the Swift tenant domain id", text));
            trustId.ifPresent(text -> Text.line("the Swift trust id", text));
            region.ifPresent(text -> Text.line("the Swift region", text));
            authVersion.ifPresent(number -> Text.between("the Swift identity version", number, 1, 3, ""));
            prefix.ifPresent(text -> Text.line("the Swift prefix", text));
            endpointType.ifPresent(type ->
                    Text.matching("the Swift endpoint type", type, ENDPOINT_TYPE, "use public, internal or admin"));
            chunkSize.ifPresent(bytes -> Text.between("the Swift chunk size", bytes, 1L << 20, 5L << 30, "bytes"));
            tempUrlMethods = List.copyOf(tempUrlMethods);
            tempUrlMethods.forEach(method -> Text.matching(
                    "a Swift temporary URL method",
                    method,
                    Pattern.compile("GET|PUT|HEAD|POST|DELETE"),
                    "use GET, PUT, HEAD, POST or DELETE"));
        }
    }

    /**
     * Makes a Swift storage.
     *
     * @throws IllegalArgumentException if an option is malformed
     */
    public SwiftStorage {
        Text.line("the Swift user name", username);
        Text.line("the Swift container", container);
        Text.matching("the Swift container", container, CONTAINER, "use 1 to 256 characters without a slash");
    }

    /**
     * Describes a Swift storage.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static SwiftStorage of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    @Override
    public String driver() {
        return "swift";
    }

    /** Describes a Swift storage; authentication address, user and container are required. */
    public static final class Builder {

        private @Nullable StorageUrl authUrl;
        private @Nullable String username;
        private @Nullable Secret password;
        private @Nullable String container;
        private Optional<String> tenant = Optional.empty();
        private Optional<String> tenantId = Optional.empty();
        private Optional<String> domain = Optional.empty();
        private Optional<String> domainId = Optional.empty();
        private Optional<String> tenantDomain = Optional.empty();
        private Optional<String> tenantDomainId = Optional.empty();
        private Optional<String> trustId = Optional.empty();
        private Optional<String> region = Optional.empty();
        private Optional<Integer> authVersion = Optional.empty();
        private Optional<String> prefix = Optional.empty();
        private Optional<String> endpointType = Optional.empty();
        private Optional<Boolean> insecureSkipVerify = Optional.empty();
        private Optional<Long> chunkSize = Optional.empty();
        private Optional<S3Storage.Credentials> tempUrlKeys = Optional.empty();
        private Optional<Boolean> tempUrlContainerKey = Optional.empty();
        private List<String> tempUrlMethods = List.of();

        Builder() {}

        /**
         * Sets the address of the authentication service, such as {@code https://keystone.example.com/v3}.
         *
         * @throws IllegalArgumentException if it is no {@code http} or {@code https} URL
         */
        public Builder authUrl(String url) {
            this.authUrl = new StorageUrl(url);
            return this;
        }

        /** Sets the user and the password. */
        public Builder user(String name, Secret password) {
            this.username = name;
            this.password = password;
            return this;
        }

        /** Sets the container. */
        public Builder container(String container) {
            this.container = container;
            return this;
        }

        /** Sets the tenant's (project's) name. */
        public Builder tenant(String name) {
            this.tenant = Optional.of(name);
            return this;
        }

        /** Sets the tenant's id. */
        public Builder tenantId(String id) {
            this.tenantId = Optional.of(id);
            return this;
        }

        /** Sets the domain's name, for identity version 3. */
        public Builder domain(String name) {
            this.domain = Optional.of(name);
            return this;
        }

        /** Sets the domain's id, for identity version 3. */
        public Builder domainId(String id) {
            this.domainId = Optional.of(id);
            return this;
        }

        /** Sets the name of the tenant's domain, where it is not the user's; since Harbor 2.0. */
        public Builder tenantDomain(String name) {
            this.tenantDomain = Optional.of(name);
            return this;
        }

        /** Sets the id of the tenant's domain, where it is not the user's; since Harbor 2.0. */
        public Builder tenantDomainId(String id) {
            this.tenantDomainId = Optional.of(id);
            return this;
        }

        /** Sets the trust's id, for identity version 3. */
        public Builder trustId(String id) {
            this.trustId = Optional.of(id);
            return this;
        }

        /** Sets the region. */
        public Builder region(String region) {
            this.region = Optional.of(region);
            return this;
        }

        /** Sets the identity version, 1 to 3. Driver's default: guessed from the address. */
        public Builder authVersion(int version) {
            this.authVersion = Optional.of(version);
            return this;
        }

        /** Sets the prefix of all objects in the container. Default: none. */
        public Builder prefix(String prefix) {
            this.prefix = Optional.of(prefix);
            return this;
        }

        /** Sets which endpoint is used: {@code public}, {@code internal} or {@code admin}. Driver's default: public. */
        public Builder endpointType(String type) {
            this.endpointType = Optional.of(type);
            return this;
        }

        /** Sets whether certificates are not verified. Driver's default: false. */
        public Builder insecureSkipVerify(boolean skip) {
            this.insecureSkipVerify = Optional.of(skip);
            return this;
        }

        /** Sets the size of a segment in bytes, 1 MiB to 5 GiB. Driver's default: 20 MiB. */
        public Builder chunkSize(long bytes) {
            this.chunkSize = Optional.of(bytes);
            return this;
        }

        /** Sets the access key and the secret key of temporary URLs. */
        public Builder tempUrlKeys(Secret accessKey, Secret secretKey) {
            this.tempUrlKeys = Optional.of(new S3Storage.Credentials(accessKey, secretKey));
            return this;
        }

        /** Sets whether the container's key signs temporary URLs, not the account's. Driver's default: asked from the server. */
        public Builder tempUrlContainerKey(boolean container) {
            this.tempUrlContainerKey = Optional.of(container);
            return this;
        }

        /** Sets the methods that temporary URLs allow: GET, PUT, HEAD, POST, DELETE. Driver's default: asked from the server. */
        public Builder tempUrlMethods(String... methods) {
            this.tempUrlMethods = List.of(methods);
            return this;
        }

        SwiftStorage build() {
            if (authUrl == null || username == null || password == null || container == null) {
                throw new Missing("The Swift storage")
                        .need(authUrl, ".authUrl(…)")
                        .need(username, ".user(…)")
                        .need(container, ".container(…)")
                        .refusal();
            }
            return new SwiftStorage(
                    authUrl,
                    username,
                    password,
                    container,
                    new Options(
                            tenant,
                            tenantId,
                            domain,
                            domainId,
                            tenantDomain,
                            tenantDomainId,
                            trustId,
                            region,
                            authVersion,
                            prefix,
                            endpointType,
                            insecureSkipVerify,
                            chunkSize,
                            tempUrlKeys,
                            tempUrlContainerKey,
                            tempUrlMethods));
        }
    }
}
