package jp.hinomi.correlation.stage;

import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.ingest.intel.IntelMatch;

/**
 * The built-in rule about indicators that became known only after something of ours had met them. How bad that is, is judged
 * as the rules of the pack {@code threat-intel} judge what they see at once. Stateless and thread-safe.
 */
public final class RetroRule {
    public static final String ID = "threat_intel_retro_match";

    /** Changes with the rule's meaning. */
    private static final String VERSION = "1";

    private static final List<String> TAGS = List.of("cps.ae-3", "cps.dp-4");

    /** Found in one of these, it knocked; found elsewhere, something of ours turned to it. */
    private static final Set<String> ITS_OWN_SIDE = Set.of(
            "source.ip",
            "source.nat.ip",
            "source.domain",
            "source.address",
            "client.ip",
            "client.domain",
            "client.address");

    private static final Field CATEGORY = Fields.of("event.category");
    private static final Field OUTCOME = Fields.of("event.outcome");

    private static final Map<String, String> RESPONSE = Map.of(
            "en",
            "It was not known as a threat when the records were written. Read the indicator's reference, find out what the"
                    + " device or account did from the first of these records on, and look there for what came after."
                    + " Isolate what made contact; keep its logs before they expire.",
            "ja",
            "記録された時点では脅威と知られていなかった。指標の参照先を読み、最初の記録以降にその機器やアカウントが何をしたかを調べる。" + "接触した機器は切り離し、ログが消える前に保全する。");

    private static final int LONGEST_NAME = 100;

    private RetroRule() {}

    /** What one event makes of an indicator that came later. */
    static Severity level(IntelMatch match, SecurityEvent event) {
        boolean knocked = ITS_OWN_SIDE.contains(match.field().name());
        return switch (match.indicator().confidenceWord()) {
            case "Low", "None" -> Severity.LOW;
            case "High" -> knocked ? knocking(event) : Severity.HIGH;
            default -> knocked ? knocking(event) : Severity.MEDIUM;
        };
    }

    private static Severity knocking(SecurityEvent event) {
        return has(event, CATEGORY, "authentication") && has(event, OUTCOME, "success") ? Severity.HIGH : Severity.LOW;
    }

    private static boolean has(SecurityEvent event, Field field, String word) {
        Object value = event.get(field);
        return value instanceof List<?> list ? list.contains(word) : word.equals(value);
    }

    static Alert.Rule about(Indicator indicator, Severity level) {
        String name = shortened(name(indicator));
        return rule("Met before it was known as a threat: " + name, "脅威と判明する前に接触していました: " + name, level);
    }

    /**
     * For those that are too many for alerts of their own.
     *
     * @param atLeast there are more than so many, but nobody knows how many
     */
    static Alert.Rule aboutMore(long indicators, boolean atLeast, Severity level) {
        return rule(
                "Met before they were known as threats: " + (atLeast ? "over " : "") + indicators + " more indicators",
                "脅威と判明する前に接触していました: ほかに指標 " + indicators + (atLeast ? " 件超" : " 件"),
                level);
    }

    private static Alert.Rule rule(String english, String japanese, Severity level) {
        return new Alert.Rule(ID, ID, VERSION, Map.of("en", english, "ja", japanese), level, TAGS, RESPONSE);
    }

    private static String name(Indicator indicator) {
        String what = indicator.observables().isEmpty()
                ? indicator.pattern()
                : indicator.observables().get(0).value();
        String name = indicator.about().name();
        return name.isBlank() || name.equals(what) ? what : shortened(what) + " (" + name + ")";
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST_NAME) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_NAME - 2)) ? LONGEST_NAME - 2 : LONGEST_NAME - 1;
        return text.substring(0, end) + "…";
    }
}
