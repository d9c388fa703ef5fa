package jp.hinomi.alerting.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.RuleHealthJson;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.RuleSource;
import jp.hinomi.rules.coverage.Coverage;
import jp.hinomi.rules.coverage.RiskFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rules as the topic {@code rules} has them. They are read again when a document has come or gone: reading some hundred takes
 * a tenth of a second. Thread-safe.
 */
public final class RuleBook {
    private final JdbcClient jdbc;
    private Edition edition;

    public RuleBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Edition(String mark, List<RuleSource> sources, RuleSet rules, Coverage coverage) {}

    public RuleSet rules() {
        return edition().rules();
    }

    /** Without what is said of risks: that stands in files beside the rules. */
    public Coverage coverage() {
        return edition().coverage();
    }

    /** The rule of that id, or name where it has none. */
    public Optional<Rule> find(String id) {
        return rules().byName().values().stream()
                .filter(rule -> rule.info().id().equals(id))
                .findFirst();
    }

    /** The rules as they would be with one more document. The problems are those of all documents. */
    public RuleReader.Result with(RuleSource more) {
        List<RuleSource> sources = new ArrayList<>(edition().sources());
        sources.add(more);
        return RuleReader.readTexts(sources, Placeholders.NONE);
    }

    private synchronized Edition edition() {
        String mark = jdbc.sql("select count(*) || ' ' || coalesce(max(read_at)::text, '') from rule_document")
                .query(String.class)
                .single();
        if (edition == null || !edition.mark().equals(mark)) {
            List<RuleSource> sources = jdbc.sql(
                            "select coalesce(file, key) as name, body from rule_document order by pack, file, line, key")
                    .query((row, number) -> new RuleSource(row.getString("name"), row.getString("body")))
                    .list();
            RuleSet rules = RuleReader.readTexts(sources, Placeholders.NONE).rules();
            edition = new Edition(mark, sources, rules, Coverage.of(rules, RiskFile.NONE));
        }
        return edition;
    }

    /** By name of the rule, as the job told last. */
    public Map<String, RuleHealth> health() {
        return jdbc.sql("select body from rule_health").query(String.class).list().stream()
                .map(body -> RuleHealthJson.read(body.getBytes(UTF_8)))
                .collect(Collectors.toMap(RuleHealth::rule, Function.identity(), (older, newer) -> newer));
    }

    /** By name of the rule, when the job told of it first. */
    public Map<String, Instant> since() {
        record Seen(String rule, Instant first) {}
        return jdbc
                .sql("select rule, first_at from rule_health")
                .query((row, number) -> new Seen(row.getString("rule"), Columns.instant(row, "first_at")))
                .list()
                .stream()
                .collect(Collectors.toMap(Seen::rule, Seen::first));
    }

    /** Ids of the sources that are silent. */
    public List<String> silentSources() {
        return jdbc.sql("select source from source_health where state = 'silent' order by source")
                .query(String.class)
                .list();
    }
}
