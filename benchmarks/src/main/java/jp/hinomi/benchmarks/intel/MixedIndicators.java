package jp.hinomi.benchmarks.intel;

import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Observable.Type;
import jp.hinomi.events.Tlp;

/** Generated indicators, mixed as feeds are: addresses 40 %, names 25 %, hashes 20 %, URLs 10 %, blocks 4 %, patterns of two comparisons 1 %. */
public final class MixedIndicators {
    static final long NOW = 1_775_000_000_000L;

    private MixedIndicators() {}

    /** The same for the same number, every time. */
    public static Indicator indicator(int i) {
        Indicator.Builder draft = Indicator.builder(
                        String.format(Locale.ROOT, "indicator--%08x-0000-4000-8000-%012x", mixed(i), (long) i),
                        "feed-" + i % 20)
                .about(new Indicator.About(
                        "C2 of campaign " + i % 5000,
                        "Seen by sensors of member " + i % 700 + " in traffic to the address named here",
                        "Example CSIRT " + i % 50,
                        "",
                        List.of("malicious-activity"),
                        List.of("botnet"),
                        List.of("malware:Example" + i % 300),
                        List.of("mitre-attack:command-and-control")))
                .validFrom(NOW - 1000L * (i % 100_000))
                .validUntil(NOW + 90L * 86_400_000)
                .confidence(i % 101)
                .tlp(Tlp.GREEN)
                .modified(NOW - i);
        int kind = i % 100;
        if (kind < 40) {
            return draft.pattern("[ipv4-addr:value = '" + address(i) + "']").build();
        }
        if (kind < 65) {
            return draft.observable(Type.DOMAIN_TREE, name(i)).build();
        }
        if (kind < 85) {
            return draft.pattern("[file:hashes.'SHA-256' = '" + hash(i) + "']").build();
        }
        if (kind < 95) {
            return draft.pattern("[url:value = 'http://" + name(i) + "/gate/" + i + "']")
                    .build();
        }
        if (kind < 99) {
            // Of a part of the address space that the look-ups do not touch, with the lengths that feeds have.
            int length = 16 + i / 100 % 13;
            return draft.observable(
                            Type.IPV4_ADDR,
                            (100 + i % 20) + "." + (mixed(i) & 0xFF) + "." + (mixed(i) >>> 8 & 0xFF) + ".0/" + length)
                    .build();
        }
        return draft.pattern(
                        "[network-traffic:dst_ref.value = '" + address(i) + "' AND network-traffic:dst_port = 443]")
                .build();
    }

    private static int mixed(int i) {
        return i * 0x9E37_79B1 ^ i >>> 7;
    }

    static String address(int i) {
        return "45." + (i >>> 16 & 0xFF) + "." + (i >>> 8 & 0xFF) + "." + (i & 0xFF);
    }

    static String name(int i) {
        return "c2-" + Integer.toString(i, 36) + ".bad" + i % 997 + ".example";
    }

    static String hash(int i) {
        return String.format(Locale.ROOT, "%064x", 0x7FFF_FFFF_0000_0000L + i);
    }
}
