package jp.hinomi.alerting.console;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Grams;
import jp.hinomi.events.Severity;

/** A filter as conditions on {@code alert a}; the values are parameters of the statement. */
final class AlertConditions {
    /** Alerts whose events are further apart have an index of their own: alert_long. */
    static final Duration LONG = Duration.ofHours(1);

    private AlertConditions() {}

    /** @param me the account that looks */
    static void add(AlertFilter filter, String me, StringBuilder sql, Map<String, Object> parameters) {
        add(filter, me, Shortcuts.ALL, sql, parameters);
    }

    /**
     * Indices that find little of much quickly, and much of it slowly.
     *
     * @param pieces words are found by the index of their pieces; else every text is compared
     * @param time alerts of a time that has both ends are found by when they ended; else every alert is looked at
     */
    record Shortcuts(boolean pieces, boolean time) {
        static final Shortcuts ALL = new Shortcuts(true, true);
        static final Shortcuts NONE = new Shortcuts(false, false);
    }

    static void add(AlertFilter filter, String me, Shortcuts by, StringBuilder sql, Map<String, Object> parameters) {
        if (!filter.severities().isEmpty()) {
            sql.append("\n and a.severity in (:severities)");
            parameters.put(
                    "severities",
                    filter.severities().stream().map(Severity::ordinal).toList());
        }
        filter.status().ifPresent(status -> {
            if (status.equals(AlertFilter.LIVE)) {
                sql.append("\n and a.status <> 'closed'");
            } else {
                sql.append("\n and a.work = :work");
                parameters.put("work", status);
            }
        });
        words(filter, by.pieces(), sql, parameters);
        filter.resource().ifPresent(id -> {
            sql.append(
                    "\n and exists (select 1 from alert_resource r where r.alert_id = a.id and r.resource_id = :resource)");
            parameters.put("resource", Columns.text(id));
        });
        filter.stakeholder().ifPresent(id -> {
            sql.append("\n and exists (select 1 from alert_stakeholder s where s.alert_id = a.id"
                    + " and s.stakeholder_id = :stakeholder)");
            parameters.put("stakeholder", Columns.text(id));
        });
        filter.rule().ifPresent(id -> {
            sql.append("\n and a.rule_id = :rule");
            parameters.put("rule", Columns.text(id));
        });
        filter.assignee().ifPresent(name -> {
            if (name.equals(AlertFilter.NOBODY)) {
                sql.append("\n and a.assignee is null");
            } else {
                sql.append("\n and a.assignee = :assignee");
                parameters.put("assignee", Columns.text(name.equals(AlertFilter.ME) ? me : name));
            }
        });
        filter.tlp().ifPresent(tlp -> {
            sql.append("\n and a.tlp = :tlp");
            parameters.put("tlp", tlp.ordinal());
        });
        filter.verdict().ifPresent(verdict -> {
            sql.append("\n and a.verdict = :verdict");
            parameters.put("verdict", verdict.word());
        });
        filter.from().ifPresent(from -> {
            sql.append("\n and a.last_seen >= :from");
            parameters.put("from", Columns.time(from));
        });
        filter.to().ifPresent(to -> {
            sql.append("\n and a.first_seen <= :to");
            parameters.put("to", Columns.time(to));
        });
        if (by.time() && filter.from().isPresent() && filter.to().isPresent()) {
            // It follows from the two. As a set of its own: the server does not know that the order of arrival is that
            // of time,
            // and would rather look through all that came since.
            sql.append("\n and a.seq in (").append(inItsTime("seq")).append(")");
            parameters.put("soon", Columns.time(filter.to().get().plus(LONG)));
        }
        filter.delivery().ifPresent(state -> sql.append(delivery(state)));
    }

    /** Alerts whose events lie within or reach into {@code :from} to {@code :to}, and few others; {@code :soon} is a while later. */
    static String inItsTime(String column) {
        return "(select " + column + " from alert where last_seen >= :from and last_seen <= :soon)"
                + " union all (select " + column + " from alert where last_seen - first_seen > interval '1 hour'"
                + " and first_seen <= :to and last_seen > :soon)";
    }

    static void words(AlertFilter filter, boolean byPieces, StringBuilder sql, Map<String, Object> parameters) {
        List<AlertFilter.Word> words = filter.words();
        for (int i = 0; i < words.size(); i++) {
            String word = Columns.text(words.get(i).text());
            parameters.put("word" + i, word);
            if (!words.get(i).wanted()) {
                sql.append("\n and strpos(a.search, :word").append(i).append(") = 0");
                continue;
            }
            int[] grams = Grams.of(word);
            if (byPieces && grams.length > 0) {
                sql.append("\n and (a.grams @> cast(:grams").append(i).append(" as integer[]) or a.grams is null)");
                parameters.put("grams" + i, Grams.literal(grams));
            }
            sql.append("\n and strpos(a.search, :word").append(i).append(") > 0");
        }
    }

    private static String delivery(String state) {
        return switch (state) {
            case "gap" -> "\n and exists (select 1 from coverage_gap g where g.alert_id = a.id)";
            case "none" -> "\n and not exists (select 1 from delivery d where d.alert_id = a.id)";
            case "dead" -> "\n and exists (select 1 from delivery d where d.alert_id = a.id and d.state = 'dead')";
            default ->
                "\n and exists (select 1 from delivery d where d.alert_id = a.id"
                        + " and d.state in ('pending', 'held'))";
        };
    }
}
