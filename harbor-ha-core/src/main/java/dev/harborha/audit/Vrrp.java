package dev.harborha.audit;

import dev.harborha.model.Host;
import dev.harborha.render.RenderedFile;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One {@code vrrp_instance}: what a machine is told of addresses that it shares with others.
 *
 * @param file where it stands
 * @param version the version of VRRP
 * @param block what it says
 */
record Vrrp(RenderedFile file, String version, VrrpText.Block block) {

    private static final String DEFAULT_VERSION = "2";
    private static final String DEFAULT_PRIORITY = "100";
    private static final String DEFAULT_INTERVAL = "1";

    /** Returns all that a file has. */
    static List<Vrrp> all(RenderedFile file, VrrpText.Block config) {
        String global = config.block("global_defs")
                .map(block -> block.value("vrrp_version"))
                .orElse("");
        return config.all("vrrp_instance")
                .map(block -> new Vrrp(file, or(block.value("version"), or(global, DEFAULT_VERSION)), block))
                .toList();
    }

    private static String or(String value, String otherwise) {
        return value.isEmpty() ? otherwise : value;
    }

    String group() {
        return block.value("virtual_router_id");
    }

    /** Returns the addresses that move, in one form each, without the length of their network. */
    Set<String> addresses() {
        Set<String> addresses = new TreeSet<>();
        for (String text : block.listed("virtual_ipaddress")) {
            int slash = text.indexOf('/');
            addresses.add(address(slash < 0 ? text : text.substring(0, slash)));
        }
        return addresses;
    }

    private static String address(String text) {
        try {
            return new Host(text).text();
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    String priority() {
        return or(block.value("priority"), DEFAULT_PRIORITY);
    }

    String interval() {
        return or(block.value("advert_int"), DEFAULT_INTERVAL);
    }

    boolean beginsAsMaster() {
        return block.value("state").equals("MASTER");
    }

    /** Returns the address that greetings come from; an empty text where it is not said. */
    String source() {
        String source = block.value("unicast_src_ip");
        return source.isEmpty() ? "" : address(source);
    }

    /** Returns whom it greets; nobody where it greets everybody. */
    List<String> peers() {
        return block.listed("unicast_peer").stream().map(Vrrp::address).toList();
    }

    /** Returns the kind of its password and the password. */
    List<String> authentication() {
        return block.block("authentication")
                .map(authentication -> List.of(authentication.value("auth_type"), authentication.value("auth_pass")))
                .orElse(List.of());
    }

    /** Tells whether both are meant to share an address: they name one of them, or are of one group. */
    boolean shares(Vrrp other) {
        return sharesAddress(other) || (!group().isEmpty() && group().equals(other.group()));
    }

    boolean sharesAddress(Vrrp other) {
        Set<String> both = new TreeSet<>(addresses());
        both.retainAll(other.addresses());
        return !both.isEmpty();
    }

    /** Never shows what it says, among which is a password. */
    @Override
    public String toString() {
        return "Vrrp in " + file.path();
    }
}
