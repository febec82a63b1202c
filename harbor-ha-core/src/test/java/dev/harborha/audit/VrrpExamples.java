package dev.harborha.audit;

import static dev.harborha.audit.BundleExamples.rule;
import static dev.harborha.audit.SampleBundle.KEEPALIVED;
import static dev.harborha.audit.SampleBundle.complete;

/** Examples for the rules on the address that moves between load balancers. */
final class VrrpExamples {

    private static final String FIRST = KEEPALIVED.replace("lb-2", "lb-1");

    private VrrpExamples() {}

    /** Returns two load balancers, the second of which is told something else. */
    private static SampleBundle second(String target, String replacement) {
        return complete().virtualIp().replace(KEEPALIVED, target, replacement);
    }

    private static SampleBundle both(String target, String replacement) {
        return second(target, replacement).replace(FIRST, target, replacement);
    }

    /** Returns two load balancers of which each has an address of its own. */
    private static SampleBundle apart() {
        return second("virtual_router_id 51", "virtual_router_id 52").replace(KEEPALIVED, "10.0.0.100", "10.0.0.101");
    }

    static void describe() {
        rule("bundle.vrrp-groups-differ")
                .bad("another number", second("virtual_router_id 51", "virtual_router_id 52"))
                .bad("none", second("virtual_router_id 51", ""))
                .good("the same number", complete().virtualIp())
                .good("another address, too", apart())
                .good("one load balancer", complete().virtualIp().remove(KEEPALIVED));
        rule("bundle.vrrp-addresses-differ")
                .bad("another one", second("10.0.0.100/24", "10.0.0.101/24"))
                .bad("one more", second("10.0.0.100/24 dev eth0", "10.0.0.100/24 dev eth0\n        10.0.0.101/24"))
                .bad("none", second("10.0.0.100/24 dev eth0", ""))
                .good("written otherwise", second("10.0.0.100/24 dev eth0", "\"10.0.0.100\" # here"))
                .good(
                        "in a form of its own",
                        both("10.0.0.100/24", "2001:DB8:0::9/64").replace(FIRST, "2001:DB8:0::9", "2001:db8::9"))
                .good("another group", apart());
        rule("bundle.vrrp-greetings-differ")
                .bad("another version", second("vrrp_version 2", "vrrp_version 3"))
                .bad("another password", second("of+the+vrrp", "of+the+other"))
                .bad("no password", second("authentication", "comment"))
                .bad("another interval", second("advert_int 1", "advert_int 2"))
                .good("the version is the default", second("vrrp_version 2", ""))
                .good("the interval is the default", second("advert_int 1", ""))
                .good(
                        "version 3 has no password",
                        both("vrrp_version 2", "vrrp_version 3").replace(KEEPALIVED, "of+the+vrrp", "x"))
                .good("another group", apart().replace(KEEPALIVED, "advert_int 1", "advert_int 2"));
        rule("bundle.vrrp-peers-do-not-fit")
                .bad("itself", second("10.0.0.7\n", "10.0.0.8\n"))
                .bad("somebody else", second("10.0.0.7\n", "10.0.0.9\n"))
                .bad("everybody", second("unicast_peer", "nobody"))
                .bad(
                        "from the other's address",
                        second("unicast_src_ip 10.0.0.8", "unicast_src_ip 10.0.0.7")
                                .replace(KEEPALIVED, "10.0.0.7\n    }", "10.0.0.8\n    }"))
                .bad("from somebody's address", second("unicast_src_ip 10.0.0.8", "unicast_src_ip 10.0.0.6"))
                .good("each other", complete().virtualIp())
                .good("from an address that nobody says", both("unicast_src_ip", "# unicast_src_ip"))
                .good("all greet everybody", both("unicast_peer", "nobody").replace(FIRST, "unicast_src_ip", "# "))
                .good("another group", apart().replace(KEEPALIVED, "10.0.0.7\n", "10.0.0.9\n"));
        rule("bundle.vrrp-two-masters")
                .bad("both", both("state BACKUP", "state MASTER"))
                .good("one", second("state BACKUP", "state MASTER"))
                .good(
                        "one each",
                        apart().replace(KEEPALIVED, "BACKUP", "MASTER").replace(FIRST, "BACKUP", "MASTER"));
        rule("bundle.vrrp-priorities-equal")
                .bad("the same", second("priority 140", "priority 150"))
                .bad("the default", both("priority", "# priority"))
                .good("others", complete().virtualIp())
                .good("another group", apart().replace(KEEPALIVED, "priority 140", "priority 150"));
    }
}
