package dev.harborha.templates.harbor2;

import dev.harborha.model.OutboundProxy;
import dev.harborha.model.Releases;
import dev.harborha.model.ServiceUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a component is told of the proxy to the Internet; empty texts where it uses none.
 *
 * @param http the proxy for plain http
 * @param https the proxy for https
 * @param noProxy what is reached directly
 */
record ProxyEnv(String http, String https, String noProxy) {

    private static final ProxyEnv NONE = new ProxyEnv("", "", "");

    /** What never goes through a proxy: the services of the compose file, and names of no other network. */
    private static final Map<String, Releases> INSIDE = inside();

    private static Map<String, Releases> inside() {
        Map<String, Releases> inside = new LinkedHashMap<>();
        for (String place : new String[] {
            "127.0.0.1",
            "localhost",
            ".local",
            ".internal",
            "log",
            "db",
            "redis",
            "nginx",
            "core",
            "portal",
            "postgresql",
            "jobservice",
            "registry",
            "registryctl",
            "trivy-adapter"
        }) {
            inside.put(place, Releases.all());
        }
        inside.put("exporter", Releases.since("2.2.0"));
        inside.put("clair", Releases.before("2.2.0"));
        inside.put("clair-adapter", Releases.before("2.2.0"));
        inside.put("chartmuseum", Releases.before("2.8.0"));
        inside.put("notary-server", Releases.before("2.9.0"));
        inside.put("notary-signer", Releases.before("2.9.0"));
        return inside;
    }

    static ProxyEnv of(Site site, OutboundProxy.Component component) {
        Optional<OutboundProxy> proxy =
                site.yml().proxy().filter(given -> given.components().contains(component));
        if (proxy.isEmpty()) {
            return NONE;
        }
        OutboundProxy given = proxy.get();
        return new ProxyEnv(url(given, given.http()), url(given, given.https()), noProxy(site, given));
    }

    /** Returns the address of a proxy with user and password in it, or an empty text. */
    static String url(OutboundProxy proxy, Optional<ServiceUrl> address) {
        return address.map(url -> url.scheme() + "://"
                        + proxy.credentials()
                                .map(user -> PercentCode.encode(user.username()) + ":"
                                        + PercentCode.encode(user.password().reveal()) + "@")
                                .orElse("")
                        + url.rest())
                .orElse("");
    }

    private static String noProxy(Site site, OutboundProxy proxy) {
        Set<String> places = new LinkedHashSet<>();
        INSIDE.forEach((place, releases) -> {
            if (releases.contains(site.release())) {
                places.add(place);
            }
        });
        List<String> all = new ArrayList<>(places);
        proxy.noProxy().stream().filter(place -> !places.contains(place)).forEach(all::add);
        return String.join(",", all);
    }
}
