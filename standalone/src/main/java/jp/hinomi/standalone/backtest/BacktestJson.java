package jp.hinomi.standalone.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleInfo;

/**
 * The report for programs. It says what it is ({@code format}), of which rules with which content, over what, so that it can be
 * kept as the proof of a backtest.
 */
public final class BacktestJson {
    /** Grows when a reader of the older form would be mistaken. */
    public static final String FORMAT = "hinomi-backtest/1";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private BacktestJson() {}

    /**
     * @param product version of this program
     * @param files as named by the user
     * @param mostPerDay alerts of a rule, for its backtest to be clean
     */
    public static ObjectNode of(BacktestReport report, String product, List<String> files, double mostPerDay) {
        ObjectNode json = MAPPER.createObjectNode().put("format", FORMAT).put("product", product);
        LogSpan span = report.span();
        ObjectNode log = json.putObject("log");
        files.forEach(log.putArray("files")::add);
        if (!span.isEmpty()) {
            log.put("from", Instant.ofEpochMilli(span.first()).toString())
                    .put("to", Instant.ofEpochMilli(span.last()).toString());
        }
        log.put("days", rounded(span.days())).put("events", report.events()).put("rejected", report.rejected());
        json.put("compared", report.before().isPresent()).put("most_per_day", mostPerDay);
        put(json.putObject("alerts"), report.total(), span);
        ObjectNode severities = json.putObject("severities");
        report.severities().forEach((severity, count) -> severities.put(severity.word(), count));
        ArrayNode rules = json.putArray("rules");
        for (String name : report.ruleNames()) {
            rules.add(rule(report, name, mostPerDay));
        }
        ArrayNode stakeholders = json.putArray("stakeholders");
        report.stakeholders().forEach((id, told) -> {
            ObjectNode each = stakeholders.addObject().put("id", id);
            put(each, told.total(), span);
            ObjectNode byRule = each.putObject("rules");
            told.rules().forEach((rule, tally) -> put(byRule.putObject(rule), tally, span));
        });
        put(json.putObject("gaps"), report.gaps(), span);
        return json;
    }

    private static ObjectNode rule(BacktestReport report, String name, double mostPerDay) {
        ObjectNode json = MAPPER.createObjectNode().put("name", name);
        Rule rule = report.after().byName().get(name);
        if (rule != null) {
            RuleInfo info = rule.info();
            json.put("id", info.id())
                    .put("version", info.version())
                    .put("status", info.status())
                    .put("level", info.level().name().toLowerCase(Locale.ROOT));
        }
        report.before()
                .map(rules -> rules.byName().get(name))
                .ifPresent(old -> json.put("version_before", old.info().version()));
        Tally tally = report.rules().getOrDefault(name, new Tally());
        put(json, tally, report.span());
        if (rule != null) {
            List<BacktestReport.Doubt> doubts = report.doubts(name, mostPerDay);
            json.put("clean", doubts.isEmpty());
            doubts.forEach(doubt -> json.withArray("not_clean").add(doubt.word()));
        }
        ArrayNode examples = MAPPER.createArrayNode();
        tally.examples().forEach(shown -> examples.add(example(report, shown)));
        if (!examples.isEmpty()) {
            json.set("examples", examples);
        }
        return json;
    }

    private static void put(ObjectNode json, Tally tally, LogSpan span) {
        json.put("before", tally.before())
                .put("after", tally.after())
                .put("new", tally.added())
                .put("lost", tally.lost())
                .put("changed", tally.changed());
        if (span.hasRate()) {
            json.put("before_per_day", rounded(span.perDay(tally.before())))
                    .put("after_per_day", rounded(span.perDay(tally.after())));
        }
        if (!tally.differences().isEmpty()) {
            ObjectNode changes = json.putObject("changes");
            tally.differences().forEach((difference, count) -> changes.put(difference.word(), count));
        }
    }

    private static ObjectNode example(BacktestReport report, Tally.Shown shown) {
        Entry entry = shown.pair().any();
        Example example = report.examples().of(shown.pair());
        ObjectNode json = MAPPER.createObjectNode()
                .put("fate", shown.fate().word())
                .put("time", Instant.ofEpochMilli(entry.time()).toString())
                .put("count", entry.count())
                .put("severity", entry.severity().word());
        shown.differences().forEach(difference -> json.withArray("changes").add(difference.word()));
        entry.audience().stakeholders().forEach(json.withArray("told")::add);
        ObjectNode group = json.putObject("group");
        example.group().forEach(group::put);
        return json.put("event.id", example.event()).put("event.original", example.line());
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
