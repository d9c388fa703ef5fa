package jp.hinomi.ingest.decode.modsecurity;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * What the rules of one request found. ECS has room for one rule: it is the most severe that found something itself; the ids,
 * messages and tags of all are under {@code modsecurity.rules}. Stateless.
 */
final class RuleFields {
    private static final List<String> CATEGORIES = List.of("web", "intrusion_detection");
    private static final Field IDS = Fields.of("modsecurity.rules.id");
    private static final Field MESSAGES = Fields.of("modsecurity.rules.message");
    private static final Field TAGS = Fields.of("modsecurity.rules.tags");
    private static final Field DATA = Fields.of("modsecurity.rules.data");
    private static final Field FILES = Fields.of("modsecurity.rules.file");
    private static final Field LINES = Fields.of("modsecurity.rules.line");
    private static final Field SCORE = Fields.of("modsecurity.anomaly_score");
    private static final Field DESCRIPTION = Fields.of("rule.description");
    private static final String SCORE_WORDS = "Score: ";

    private RuleFields() {}

    /**
     * A transaction of the audit log: it is an access, whatever was found; what became of it is {@code event.action}.
     *
     * @param denied true if the request was refused, by whatever was said of it
     */
    static void transaction(List<RuleMatch> matches, boolean denied, EventDraft event) {
        event.classify("web", "access");
        if (denied || !matches.isEmpty()) {
            event.action(denied ? "denied" : "detected");
        }
        if (!matches.isEmpty()) {
            rules(matches, event);
        }
    }

    /** A line of the error log, which is written of what a rule found. */
    static void alert(RuleMatch match, EventDraft event) {
        boolean denied = match.denied();
        event.kind("alert").classify(CATEGORIES, denied ? List.of("access", "denied") : List.of("access", "allowed"));
        event.action(denied ? "denied" : "detected");
        rules(List.of(match), event);
    }

    private static void rules(List<RuleMatch> matches, EventDraft event) {
        RuleMatch worst = worst(matches);
        event.text(Fields.RULE_ID, worst.id()).text(Fields.RULE_NAME, worst.message());
        event.text(DESCRIPTION, worst.text())
                .text(Fields.MESSAGE, worst.message() == null ? worst.text() : worst.message());
        event.number(Fields.EVENT_SEVERITY, worst.severity());
        event.text(Fields.RULE_CATEGORY, category(worst.tags()));
        version(worst.version(), event);
        all(matches, event);
    }

    private static RuleMatch worst(List<RuleMatch> matches) {
        RuleMatch worst = matches.get(0);
        for (RuleMatch match : matches) {
            boolean better = worst.sums() && !match.sums();
            boolean same = worst.sums() == match.sums();
            if (better || same && rank(match) < rank(worst)) {
                worst = match;
            }
        }
        return worst;
    }

    private static long rank(RuleMatch match) {
        return match.severity() < 0 ? Long.MAX_VALUE : match.severity();
    }

    /** {@code attack-sqli} of the tags that the Core Rule Set gives; else the first tag. */
    private static String category(List<String> tags) {
        for (String tag : tags) {
            if (tag.startsWith("attack-")) {
                return tag;
            }
        }
        return tags.isEmpty() ? null : tags.get(0);
    }

    /** {@code OWASP_CRS/4.0.0}. */
    private static void version(String version, EventDraft event) {
        int slash = version == null ? -1 : version.indexOf('/');
        event.text(Fields.RULE_RULESET, slash > 0 ? version.substring(0, slash) : null);
        event.text(Fields.RULE_VERSION, slash > 0 ? version.substring(slash + 1) : version);
    }

    private static void all(List<RuleMatch> matches, EventDraft event) {
        List<String> ids = new ArrayList<>(matches.size());
        List<String> messages = new ArrayList<>(matches.size());
        List<String> tags = new ArrayList<>();
        List<String> data = new ArrayList<>(matches.size());
        List<String> files = new ArrayList<>(matches.size());
        List<String> lines = new ArrayList<>(matches.size());
        for (RuleMatch match : matches) {
            add(match.id(), ids);
            add(match.message(), messages);
            add(match.data(), data);
            add(match.file(), files);
            add(match.line(), lines);
            match.tags().forEach(tag -> add(tag, tags));
            score(match.message(), event);
        }
        event.put(IDS, ids)
                .put(MESSAGES, messages)
                .put(TAGS, tags)
                .put(DATA, data)
                .put(FILES, files)
                .put(LINES, lines);
    }

    private static void add(String value, List<String> list) {
        if (value != null && !value.isEmpty() && list.size() < 256 && !list.contains(value)) {
            list.add(value);
        }
    }

    /** {@code Inbound Anomaly Score Exceeded (Total Score: 5)}. */
    private static void score(String message, EventDraft event) {
        int at = message == null ? -1 : message.indexOf(SCORE_WORDS);
        if (at >= 0) {
            int from = at + SCORE_WORDS.length();
            event.number(SCORE, Numbers.parse(message, from, Numbers.endOfDigits(message, from)));
        }
    }
}
