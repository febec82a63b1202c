package dev.harborha.keys;

import dev.harborha.keys.InternalTls.Component;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the folder of internal TLS holds, in the order in which it is drawn and written: a key before its certificate, and
 * the CA before what it signs. The files are named as Harbor names them.
 */
enum TlsMember {
    CA_KEY(null, ".key"),
    CA_CRT(null, ".crt"),
    PROXY_KEY(Component.PROXY, ".key"),
    PROXY_CRT(Component.PROXY, ".crt"),
    CORE_KEY(Component.CORE, ".key"),
    CORE_CRT(Component.CORE, ".crt"),
    JOB_SERVICE_KEY(Component.JOB_SERVICE, ".key"),
    JOB_SERVICE_CRT(Component.JOB_SERVICE, ".crt"),
    REGISTRY_KEY(Component.REGISTRY, ".key"),
    REGISTRY_CRT(Component.REGISTRY, ".crt"),
    REGISTRYCTL_KEY(Component.REGISTRYCTL, ".key"),
    REGISTRYCTL_CRT(Component.REGISTRYCTL, ".crt"),
    PORTAL_KEY(Component.PORTAL, ".key"),
    PORTAL_CRT(Component.PORTAL, ".crt"),
    TRIVY_ADAPTER_KEY(Component.TRIVY_ADAPTER, ".key"),
    TRIVY_ADAPTER_CRT(Component.TRIVY_ADAPTER, ".crt");

    private final @Nullable Component component;
    private final boolean key;
    private final String fileName;

    TlsMember(@Nullable Component component, String ending) {
        this.component = component;
        this.key = ending.equals(".key");
        this.fileName = (component == null ? "harbor_internal_ca" : component.fileName()).concat(ending);
    }

    static TlsMember keyOf(Component component) {
        return of(component, true);
    }

    static TlsMember certificateOf(Component component) {
        return of(component, false);
    }

    private static TlsMember of(Component component, boolean key) {
        for (TlsMember member : values()) {
            if (member.component == component && member.key == key) {
                return member;
            }
        }
        throw new IllegalStateException(component + " has no file.");
    }

    /** Returns the member whose file has the given name, if there is one. */
    static @Nullable TlsMember named(String fileName) {
        for (TlsMember member : values()) {
            if (member.fileName.equals(fileName)) {
                return member;
            }
        }
        return null;
    }

    /** Returns what every set needs: all but the CA's key, which may be kept elsewhere. */
    static Set<TlsMember> required() {
        return EnumSet.complementOf(EnumSet.of(CA_KEY));
    }

    /** Returns the keys and certificates of components, without the CA. */
    static Set<TlsMember> leaves() {
        return EnumSet.complementOf(EnumSet.of(CA_KEY, CA_CRT));
    }

    /** Returns the name of the member's file, which is its name in the index too. */
    String fileName() {
        return fileName;
    }

    /** Returns the component that uses the member; nothing for those of the CA. */
    @Nullable
    Component component() {
        return component;
    }

    /** Tells whether it is a private key; all others are certificates. */
    boolean isKey() {
        return key;
    }
}
