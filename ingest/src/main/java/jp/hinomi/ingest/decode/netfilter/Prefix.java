package jp.hinomi.ingest.decode.netfilter;

import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Ascii;

/**
 * What an administrator wrote before a packet with {@code --log-prefix}: the only part of the line that may tell what became
 * of the packet. Known are the prefixes of ufw, firewalld and Ubiquiti; of others the words.
 */
final class Prefix {
    private static final Field PREFIX = Fields.of("iptables.prefix");
    private static final Field INGRESS = Fields.of("observer.ingress.zone");
    private static final Field EGRESS = Fields.of("observer.egress.zone");
    private static final Field SINCE_BOOT = Fields.of("iptables.uptime");

    private Prefix() {}

    static void describe(String before, EventDraft event) {
        String prefix = before.strip();
        int close = prefix.indexOf(']');
        if (close > 1 && isUptime(prefix, close)) {
            event.text(SINCE_BOOT, prefix.substring(1, close).strip());
            prefix = prefix.substring(close + 1).strip();
        }
        event.text(PREFIX, prefix);
        ubiquiti(prefix, event);
        Boolean allowed = allowed(Ascii.lower(prefix));
        String word = word(prefix);
        if (allowed == null) {
            event.classify("network", "connection").action(word == null ? "logged" : word);
        } else {
            event.classify("network", List.of("connection", allowed ? "allowed" : "denied"));
            event.action(word == null ? allowed ? "accept" : "drop" : word).outcome(allowed);
        }
    }

    /** {@code DENY:} or {@code iptables DROP_INPUT:}: the one word that the administrator chose; null of others. */
    private static String word(String prefix) {
        int from = prefix.startsWith("iptables ") ? 9 : 0;
        int colon = prefix.length() - 1;
        if (colon <= from || prefix.charAt(colon) != ':') {
            return null;
        }
        for (int i = from; i < colon; i++) {
            char c = prefix.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_') {
                return null;
            }
        }
        return Ascii.lower(prefix.substring(from, colon));
    }

    /** {@code [12345.678901]}, which the kernel puts first. */
    private static boolean isUptime(String text, int close) {
        if (text.charAt(0) != '[') {
            return false;
        }
        int at = 1;
        while (at < close && text.charAt(at) == ' ') {
            at++;
        }
        int point = Numbers.endOfDigits(text, at);
        return point > at
                && point < close
                && text.charAt(point) == '.'
                && Numbers.endOfDigits(text, point + 1) == close;
    }

    /** {@code [WAN_IN-3001-D]}: rule set, rule and what was done. */
    private static void ubiquiti(String prefix, EventDraft event) {
        int close = prefix.indexOf(']');
        int last = close < 0 ? -1 : prefix.lastIndexOf('-', close);
        int middle = last < 0 ? -1 : prefix.lastIndexOf('-', last - 1);
        if (middle > 1 && prefix.charAt(0) == '[' && close == last + 2 && "ADR".indexOf(prefix.charAt(last + 1)) >= 0) {
            event.text(Fields.RULE_RULESET, prefix.substring(1, middle));
            int between = prefix.indexOf('-');
            if (between > 1 && between < middle - 1) { // Of firewalls by zone: [LAN-WAN-2001-A].
                event.text(INGRESS, prefix.substring(1, between)).text(EGRESS, prefix.substring(between + 1, middle));
            }
            event.text(Fields.RULE_ID, prefix.substring(middle + 1, last));
            event.text(Fields.RULE_NAME, prefix.substring(1, middle));
        }
    }

    private static Boolean allowed(String prefix) {
        if (prefix.endsWith("-a]") || contains(prefix, "allow", "accept", "permit", "pass")) {
            return Boolean.TRUE;
        }
        if (prefix.endsWith("-d]")
                || prefix.endsWith("-r]")
                || contains(prefix, "block", "drop", "deny", "denied", "reject", "invalid", "limit", "ban")) {
            return Boolean.FALSE;
        }
        return null;
    }

    private static boolean contains(String text, String... words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
