package jp.hinomi.correlation.stage;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertIds;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.rules.ExceptionCheck;
import jp.hinomi.rules.RuleFilter;
import jp.hinomi.rules.RuleFilter.Terms;
import jp.hinomi.rules.RuleSet;

/**
 * Alerts about exceptions that end soon or have ended, for whoever writes the rules. Their ids come from the exception and
 * its end, so that each is one alert however often it is told. Is told the time. Not thread-safe.
 */
public final class ExceptionAlerts {
    public static final String EXPIRING = "exception_expiring";
    public static final String EXPIRED = "exception_expired";

    /** Stands in alerts as the version of the rules that are built in; changes with their meaning. */
    private static final String VERSION = "1";

    private static final List<String> TAGS = List.of("cps.dp-4");

    private final ZoneId zone;
    private final Set<String> told = new HashSet<>();

    /** @param zone in which the last day of an exception is a day */
    public ExceptionAlerts(ZoneId zone) {
        this.zone = zone;
    }

    /** What was not told before by this object. */
    public List<Alert> due(RuleSet rules, long now) {
        List<Alert> due = new ArrayList<>();
        rules.filters()
                .forEach((filter, names) -> filter.terms().ifPresent(terms -> {
                    long ends = filter.ends(zone);
                    if (now >= ends) {
                        add(EXPIRED, ends, filter, terms, names, due);
                    } else if (now >= ends - ExceptionCheck.NOTICE.toMillis()) {
                        add(EXPIRING, ends - ExceptionCheck.NOTICE.toMillis(), filter, terms, names, due);
                    }
                }));
        return due;
    }

    private void add(String rule, long time, RuleFilter filter, Terms terms, List<String> names, List<Alert> due) {
        String id = AlertIds.of(rule, List.of(filter.name()), Long.toString(time));
        if (told.add(id)) {
            due.add(alert(rule, id, time, filter, terms, names));
        }
    }

    private Alert alert(String rule, String id, long time, RuleFilter filter, Terms terms, List<String> names) {
        boolean over = rule.equals(EXPIRED);
        Severity level = over ? Severity.LOW : Severity.INFORMATIONAL;
        String rules = String.join(", ", names);
        String english = over ? "Exception has expired: " : "Exception expires soon: ";
        String japanese = over ? "例外の期限が切れました: " : "例外の期限が近づいています: ";
        SecurityEvent event = new SecurityEvent.Builder("exception-" + filter.name() + "-" + time, time)
                .put(Fields.EVENT_KIND, "state")
                .put(Fields.EVENT_REASON, over ? "expired" : "expiring")
                .put(Fields.RULE_NAME, filter.name())
                .put(
                        Fields.MESSAGE,
                        filter.name() + " of " + terms.owner() + " expires " + terms.expires() + "; rules: " + rules
                                + "; reason: " + terms.reason("en"))
                .build();
        return new Alert(
                id,
                1,
                time,
                time,
                time,
                1,
                new Alert.Rule(
                        rule,
                        rule,
                        VERSION,
                        Map.of("en", english + filter.name(), "ja", japanese + filter.name()),
                        level,
                        TAGS,
                        Map.of(
                                "en",
                                over
                                        ? "What it excepted alerts again (" + rules + "). Remove the exception, or let "
                                                + terms.owner() + " give it a new 'expires' and say why in 'reason'."
                                        : "Ask " + terms.owner() + " whether it is still needed. From "
                                                + Instant.ofEpochMilli(filter.ends(zone))
                                                + " on what it excepts alerts (" + rules + ").",
                                "ja",
                                over
                                        ? "除外していたものは再び警報になります(" + rules + ")。例外を削除するか、" + terms.owner()
                                                + " が新しい expires と理由(reason)を書いてください。"
                                        : terms.owner() + " に、まだ必要か確認してください。" + Instant.ofEpochMilli(filter.ends(zone))
                                                + " 以降、除外しているものは警報になります(" + rules + ")。")),
                level,
                Tlp.AMBER,
                Map.of("exception", filter.name(), "owner", terms.owner()),
                List.of(new Alert.Evidence(event, List.of(rule))),
                List.of(),
                List.of(),
                List.of());
    }
}
