package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft Azure Blob Storage, with the options of the registry's {@code azure} driver (<a
 * href="https://github.com/distribution/distribution/blob/v2.5.0/docs/storage-drivers/azure.md">distribution 2.5</a>).
 *
 * @param accountName the storage account, 3 to 24 lower-case letters and digits
 * @param accountKey the account's key
 * @param container the container, which must exist
 * @param realm the domain of the service; driver's default: {@code core.windows.net}
 */
public record AzureStorage(String accountName, Secret accountKey, String container, Optional<Host> realm)
        implements Storage {

    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");
    private static final Pattern CONTAINER = Pattern.compile("\\$root|(?=.{3,63}$)[a-z0-9](-?[a-z0-9])*");

    /**
     * Makes an Azure storage.
     *
     * @throws IllegalArgumentException if an option is malformed
     */
    public AzureStorage {
        Text.matching("the Azure account name", accountName, ACCOUNT, "use 3 to 24 lower-case letters and digits");
        Text.matching(
                "the Azure container",
                container,
                CONTAINER,
                "use 3 to 63 lower-case letters, digits and single hyphens, or $root");
    }

    /**
     * Describes an Azure storage.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static AzureStorage of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    @Override
    public String driver() {
        return "azure";
    }

    @Override
    public List<Host> hosts() {
        return realm.stream().toList();
    }

    /** Describes an Azure storage; account and container are required. */
    public static final class Builder {

        private @Nullable String accountName;
        private @Nullable Secret accountKey;
        private @Nullable String container;
        private Optional<Host> realm = Optional.empty();

        Builder() {}

        /** Sets the storage account and its key. */
        public Builder account(String name, Secret key) {
            this.accountName = name;
            this.accountKey = key;
            return this;
        }

        /** Sets the container, which must exist. */
        public Builder container(String container) {
            this.container = container;
            return this;
        }

        /**
         * Sets the domain of the service, such as {@code core.chinacloudapi.cn}. Driver's default: {@code core.windows.net}.
         *
         * @throws IllegalArgumentException if it is no host name
         */
        public Builder realm(String domain) {
            this.realm = Optional.of(new Host(domain));
            return this;
        }

        AzureStorage build() {
            if (accountName == null || accountKey == null || container == null) {
                throw new Missing("The Azure storage")
                        .need(accountName, ".account(…)")
                        .need(container, ".container(…)")
                        .refusal();
            }
            return new AzureStorage(accountName, accountKey, container, realm);
        }
    }
}
