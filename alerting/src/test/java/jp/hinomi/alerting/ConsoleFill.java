package jp.hinomi.alerting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Grams;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.testing.TestPostgres;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Fills a database with a year of a city: alerts with all that hangs on them, and incidents. What hangs on an alert is copied
 * from one that came in by the front door, so that it looks as it would. The same every time.
 */
final class ConsoleFill {
    private static final int RULES = 160;
    static final int RESOURCES = 40;
    static final int STAKEHOLDERS = 8;
    private static final int ADDRESSES = 60_000;
    private static final int HOSTS = 2000;
    private static final int USERS = 5000;

    /** Of the newest alerts, those whose escalation still runs. */
    private static final int RUNNING = 5000;

    private static final String[] WHAT_JA = {
        "総当たり", "不審なログイン", "大量の送信", "設定の変更", "既知の攻撃元からの接続", "管理者の追加", "停止したセンサー", "不審な問い合わせ"
    };
    private static final String[] WHAT_EN = {
        "Brute force",
        "Unusual login",
        "Large upload",
        "Change of settings",
        "Connection from a known attacker",
        "New administrator",
        "Silent sensor",
        "Unusual query"
    };
    private static final String[] WHERE_JA = {"都市OS", "交通管制", "防災", "水道", "決済", "図書館", "駐車場", "監視カメラ"};
    private static final String[] WHERE_EN = {
        "the city OS",
        "traffic control",
        "disaster prevention",
        "water supply",
        "payments",
        "libraries",
        "car parks",
        "cameras"
    };

    /** What is filled: their indices are built when the rows are there, which is many times faster. */
    private static final List<String> TABLES = List.of(
            "alert",
            "alert_evidence",
            "alert_resource",
            "alert_stakeholder",
            "alert_entity",
            "alert_verdict",
            "routing_decision",
            "delivery",
            "delivery_attempt",
            "audit_log");

    /** Rows of a batch: one thread makes it, and its alerts are the same whichever thread that is. */
    private static final int BATCH = 5000;

    /** As many as this machine has cores for, beside the server's own. */
    private static final int WRITERS = 2;

    private final TestPostgres.Database database;
    private final Connection connection;
    private final Instant newest;
    private final long start = System.nanoTime();

    ConsoleFill(TestPostgres.Database database, Connection connection, Instant newest) {
        this.database = database;
        this.connection = connection;
        this.newest = newest;
    }

    static String rule(int rule) {
        return "rule-" + rule;
    }

    static String address(int number) {
        return "198.18." + number / 250 % 250 + "." + (number % 250 + 1);
    }

    /** Few are often, many are seldom. */
    private static int skewed(Random random, int values) {
        return (int) (values * Math.pow(random.nextDouble(), 3));
    }

    private interface Work {
        void on(Connection connection) throws SQLException, IOException;
    }

    /** @param sample an alert that came in, with its incident; both stay */
    void fill(int alerts, int incidents, String sample, String incident) throws SQLException, IOException {
        hasty(true);
        List<String> indices = dropIndices();
        copyAlerts(alerts);
        say("alerts");
        run(connection, "analyze alert");
        // The largest index takes as long as all that hangs on the alerts.
        List<String> ofAlerts =
                indices.stream().filter(index -> index.contains(" alert ")).toList();
        List<String> ofOthers =
                indices.stream().filter(index -> !ofAlerts.contains(index)).toList();
        Queue<Work> work = new ConcurrentLinkedQueue<>();
        ofAlerts.stream().filter(index -> index.contains("grams)")).forEach(index -> work.add(on -> run(on, index)));
        hangOn(sample, work);
        ofAlerts.stream().filter(index -> !index.contains("grams)")).forEach(index -> work.add(on -> run(on, index)));
        side(work);
        say("what hangs on them, and the alerts' indices");
        ofOthers.forEach(index -> work.add(on -> run(on, index)));
        side(work);
        say("the other indices");
        run(connection, "set session_replication_role = replica");
        story(incidents, incident);
        run(connection, "update audit_head set seq = (select max(seq) from audit_log)");
        run(connection, "reset session_replication_role");
        run(connection, "vacuum analyze");
        run(connection, "checkpoint");
        hasty(false);
        say("swept and counted");
    }

    /** What is lost by a crash is filled again. */
    private void hasty(boolean on) throws SQLException {
        for (String setting :
                List.of("fsync = off", "full_page_writes = off", "max_wal_size = '8GB'", "autovacuum = off")) {
            run(
                    connection,
                    "alter system " + (on ? "set " + setting : "reset " + setting.substring(0, setting.indexOf(' '))));
        }
        run(connection, "select pg_reload_conf()");
    }

    private void say(String what) {
        System.out.printf("  after %d s: %s%n", (System.nanoTime() - start) / 1_000_000_000, what);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Does all that, by some connections side by side; in order, as far as it is begun. */
    private void side(Queue<Work> work) throws SQLException, IOException {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                all.add(writers.submit(() -> {
                    try (Connection own = database.connect()) {
                        run(own, "set session_replication_role = replica");
                        run(own, "set maintenance_work_mem = '512MB'");
                        run(own, "set work_mem = '128MB'");
                        for (Work next = work.poll(); next != null; next = work.poll()) {
                            next.on(own);
                        }
                    }
                    return null;
                }));
            }
            for (Future<Void> each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the database could not be filled", e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            writers.shutdownNow();
        }
    }

    /** All but those that rows of other tables refer to; in the words that make them again. */
    private List<String> dropIndices() throws SQLException {
        Map<String, String> again = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select case when c.oid is null then 'drop index ' || i.indexrelid::regclass
                                else 'alter table ' || i.indrelid::regclass || ' drop constraint ' || c.conname end,
                            case when c.oid is null then replace(pg_get_indexdef(i.indexrelid), 'public.', '')
                                else 'alter table ' || i.indrelid::regclass || ' add constraint ' || c.conname || ' '
                                    || pg_get_constraintdef(c.oid) end
                        from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
                        where i.indrelid::regclass::text in ('%s')
                        and not exists (select 1 from pg_constraint f where f.contype = 'f' and f.conindid = i.indexrelid)
                        and (c.conname is null or c.conname <> 'alert_seq_key')""".formatted(String.join("', '", TABLES)))) {
            while (rows.next()) {
                again.put(rows.getString(1), rows.getString(2));
            }
        }
        for (String drop : again.keySet()) {
            run(connection, drop);
        }
        return List.copyOf(again.values());
    }

    private void copyAlerts(int alerts) throws SQLException, IOException {
        Duration apart = Duration.ofDays(365).dividedBy(alerts);
        Queue<Work> batches = new ConcurrentLinkedQueue<>();
        for (int from = 0; from < alerts; from += BATCH) {
            int first = from;
            batches.add(to -> {
                CopyIn copy = to.unwrap(PGConnection.class).getCopyAPI().copyIn("""
                        copy alert (seq, id, revision, rule_id, rule_name, rule_version, title_ja, title_en, rule_level, severity,
                            notified_severity, tlp, status, raised_at, first_seen, last_seen, event_count, group_values, body,
                            search, received_at, updated_at, assignee, in_progress, verdict, grams) from stdin""");
                Random random = new Random(20260401 + first);
                StringBuilder rows = new StringBuilder();
                for (int i = first; i < Math.min(alerts, first + BATCH); i++) {
                    Alert alert = alert(random, i, newest.minus(apart.multipliedBy(alerts - i)));
                    // The sample was the first.
                    rows.append(2L + i).append('\t').append(row(random, alert)).append('\n');
                    if (rows.length() > 1 << 20) {
                        send(copy, rows);
                    }
                }
                send(copy, rows);
                copy.endCopy();
            });
        }
        side(batches);
        run(connection, "select setval(pg_get_serial_sequence('alert', 'seq'), (select max(seq) from alert))");
    }

    private static void send(CopyIn copy, StringBuilder rows) throws SQLException {
        byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        rows.setLength(0);
    }

    private static Alert alert(Random random, int number, Instant at) {
        int rule = skewed(random, RULES);
        String address = address(skewed(random, ADDRESSES));
        String host = "host-" + skewed(random, HOSTS) + ".city.example.jp";
        String user = "user" + skewed(random, USERS);
        int what = rule % WHAT_JA.length;
        int where = rule / WHAT_JA.length % WHERE_JA.length;
        Severity severity = Severity.values()[Math.min(Severity.values().length - 1, skewed(random, 12))];
        List<Alert.Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            evidence.add(new Alert.Evidence(
                    new SecurityEvent.Builder(
                                    "logs.city-os-0-" + (2L * number + i), at.toEpochMilli() - 1000 + 1000L * i)
                            .put(
                                    Fields.EVENT_ORIGINAL,
                                    "Apr  1 10:02:0" + i + " " + host + " sshd[4242]: "
                                            + (i == 0 ? "Failed" : "Accepted") + " password for " + user + " from "
                                            + address + " port 4242 ssh2")
                            .put(Fields.SOURCE_IP, address)
                            .put(Fields.USER_NAME, user)
                            .put(Fields.HOST_NAME, host)
                            .put(Fields.EVENT_MODULE, "openssh")
                            .put(Fields.EVENT_OUTCOME, i == 0 ? "failure" : "success")
                            .build(),
                    List.of("login")));
        }
        return new Alert(
                id(number),
                1,
                at.toEpochMilli(),
                at.toEpochMilli() - 1000,
                at.toEpochMilli(),
                2,
                new Alert.Rule(
                        rule(rule),
                        "city_rule_" + rule,
                        "0123456789ab",
                        Map.of(
                                "ja", WHERE_JA[where] + "での" + WHAT_JA[what] + "（" + rule + "）",
                                "en", WHAT_EN[what] + " at " + WHERE_EN[where] + " (" + rule + ")"),
                        severity,
                        List.of("cps.ae-3", "attack.t1110"),
                        Map.of("ja", "送信元を遮断する", "en", "Block the source")),
                severity,
                Tlp.values()[random.nextInt(Tlp.values().length)],
                Map.of("source.ip", address, "user.name", user),
                evidence,
                List.of(new Alert.AffectedResource("resource-" + skewed(random, RESOURCES), Alert.Part.TARGET)),
                List.of(),
                List.of());
    }

    static String id(int number) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(Integer.toString(number).getBytes(StandardCharsets.UTF_8)))
                    .substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Seven of ten are closed, two acknowledged, one is open. */
    private static String row(Random random, Alert alert) {
        int fate = random.nextInt(10);
        String status = fate < 7 ? "closed" : fate < 9 ? "acknowledged" : "open";
        boolean progress = status.equals("acknowledged") && random.nextInt(4) == 0;
        String assignee = status.equals("open") || random.nextInt(3) == 0 ? null : "analyst-" + random.nextInt(12);
        String search = Alerts.searchText(alert);
        String at = Instant.ofEpochMilli(alert.time()).toString();
        String first = Instant.ofEpochMilli(alert.first()).toString();
        return List.of(
                        alert.id(),
                        "1",
                        alert.rule().id(),
                        alert.rule().name(),
                        alert.rule().version(),
                        alert.rule().title("ja"),
                        alert.rule().title("en"),
                        "" + alert.rule().level().ordinal(),
                        "" + alert.severity().ordinal(),
                        "" + alert.severity().ordinal(),
                        "" + alert.tlp().ordinal(),
                        status,
                        at,
                        first,
                        at,
                        "2",
                        alert.group().entrySet().stream()
                                .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                                .collect(Collectors.joining(",", "{", "}")),
                        new String(AlertJson.write(alert), StandardCharsets.UTF_8),
                        search,
                        at,
                        at,
                        assignee == null ? "\0" : assignee,
                        "" + progress,
                        status.equals("closed") ? verdict(random) : "\0",
                        Grams.literal(Grams.of(search)))
                .stream()
                .map(ConsoleFill::escaped)
                .collect(Collectors.joining("\t"));
    }

    private static String verdict(Random random) {
        return List.of("false-positive", "false-positive", "benign", "true-positive", "suspicious", "duplicate")
                .get(random.nextInt(6));
    }

    private static String escaped(String value) {
        return value.equals("\0")
                ? "\\N"
                : value.replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
    }

    /** Evidence, resources, those told, messages, escalations, answers and the log of every alert: the largest first. */
    private void hangOn(String sample, Queue<Work> work) {
        String others = " from alert a where a.id <> '" + sample + "'";
        work.add(on -> run(
                on,
                "insert into alert_evidence select a.id, e ->> 'event.id', (e ->> '@timestamp')::timestamptz, e from alert a,"
                        + " json_array_elements(a.body -> 'evidence') e where a.id <> '" + sample + "'"));
        work.add(on -> run(
                on,
                "insert into audit_log (seq, at, actor, action, object, detail, prev_hash, hash)"
                        + " select (select seq from audit_head) + 3 * row_number() over (order by a.seq) + n, a.received_at,"
                        + " 'system', (array['alert.received', 'alert.routed', 'alert.updated'])[n + 1], 'alert:' || a.id,"
                        + " '{}', '', '' from alert a, generate_series(0, 2) n where a.id <> '" + sample + "'"));
        work.add(on -> told(on, sample));
        work.add(on -> like(
                on,
                "routing_decision",
                "t.alert_id = '" + sample + "'",
                Map.of("alert_id", "a.id", "decided_at", "a.received_at"),
                "a.id <> '" + sample + "'",
                "alert"));
        work.add(on -> messages(on, sample));
        work.add(on -> entities(on, sample));
        work.add(on -> ladders(on, sample));
        work.add(on -> run(
                on,
                "insert into alert_verdict (alert_id, verdict, note, account, at)"
                        + " select a.id, a.verdict, 'seen before', 'analyst-1', a.received_at" + others
                        + " and a.verdict is not null"));
        work.add(on -> run(
                on,
                "insert into coverage_gap (alert_id, resource_id, kind, text_ja, text_en, found_at)"
                        + " select a.id, 'resource-' || a.seq % 20, 'nobody', '担当者がいません', 'Nobody is responsible',"
                        + " a.received_at" + others + " and a.seq % 300 = 0"));
    }

    private static void told(Connection on, String sample) throws SQLException {
        run(
                on,
                "insert into alert_resource select a.id, a.body -> 'resources' -> 0 ->> 'id', 'target' from alert a"
                        + " where a.id <> '" + sample + "'");
        run(
                on,
                "insert into alert_resource select a.id, 'resource-' || (a.seq % 37), 'origin' from alert a"
                        + " where a.id <> '" + sample + "' and a.seq % 3 = 0");
        run(
                on,
                "insert into alert_stakeholder select distinct r.alert_id, 'stakeholder-' ||"
                        + " (substr(r.resource_id, 10)::int % " + STAKEHOLDERS
                        + ") from alert_resource r where r.alert_id <> '" + sample + "'");
    }

    /** One of 500 could not be delivered, one of 5000 is to be delivered tomorrow; of one in 1000 the text is kept. */
    private static void messages(Connection on, String sample) throws SQLException {
        like(
                on,
                "delivery",
                "t.alert_id = '" + sample + "'",
                Map.ofEntries(
                        Map.entry("alert_id", "a.id"),
                        Map.entry("idempotency_key", "a.id || t.idempotency_key"),
                        Map.entry("message", "case when a.seq % 1000 in (0, 1) then t.message end"),
                        Map.entry(
                                "state",
                                "case when a.seq % 5000 = 1 then 'pending' when a.seq % 500 = 0 then 'dead' else 'sent' end"),
                        Map.entry("next_attempt_at", "now() + interval '1 day'"),
                        Map.entry("deadline", "now() + interval '2 days'"),
                        Map.entry("escalation_id", "null"),
                        Map.entry("created_at", "a.received_at"),
                        Map.entry("finished_at", "case when a.seq % 5000 <> 1 then a.received_at end"),
                        Map.entry("rule_id", "a.rule_id")),
                "a.id <> '" + sample + "'",
                "alert");
        run(
                on,
                "insert into delivery_attempt (delivery_id, number, at, result, detail, latency_ms)"
                        + " select d.id, 1, d.created_at, case d.state when 'dead' then 'refused' else 'sent' end, '250 OK', 12"
                        + " from delivery d where d.alert_id <> '" + sample + "' and d.state <> 'pending'");
    }

    private static void entities(Connection on, String sample) throws SQLException {
        run(
                on,
                "insert into alert_entity (alert_id, kind, value, central, first_at, last_at)"
                        + " select a.id, v.kind, v.value, v.kind <> 'host', a.first_seen, a.last_seen from alert a,"
                        + " lateral (select a.body -> 'evidence' -> 0 as e) first, lateral (values"
                        + " ('user', a.group_values ->> 'user.name'), ('address', a.group_values ->> 'source.ip'),"
                        + " ('host', e -> 'host' ->> 'name')) v (kind, value)"
                        + " where a.id <> '" + sample + "' and v.value is not null");
    }

    private static void ladders(Connection on, String sample) throws SQLException {
        like(
                on,
                "escalation",
                "t.alert_id = '" + sample + "'",
                Map.of("alert_id", "a.id", "state", "'running'", "next_at", "now() + interval '1 day'"),
                "a.id <> '" + sample + "' and a.status = 'open' and a.seq > (select max(seq) from alert) - 10 * "
                        + RUNNING,
                "alert");
        like(
                on,
                "escalation_target",
                "t.escalation_id = (select min(id) from escalation where alert_id = '" + sample + "')",
                Map.of("escalation_id", "a.id"),
                "a.alert_id <> '" + sample + "'",
                "escalation");
    }

    private void story(int incidents, String incident) throws SQLException {
        like(
                connection,
                "incident",
                "t.number = '" + incident + "'",
                Map.of(
                        "number", "'2025-' || lpad(a.n::text, 5, '0')",
                        "status", "case when a.n % 10 = 0 then 'open' else 'closed' end",
                        "title", "'Story ' || a.n"),
                "true",
                "(select n from generate_series(1, " + incidents + ") n)");
        run(
                connection,
                "insert into incident_alert (incident_id, alert_id, attached_by, attached_at)"
                        + " select i.id, a.id, 'system', a.received_at from incident i, generate_series(0, 4) n,"
                        + " lateral (select id, received_at from alert where seq = i.id * 90 + n) a");
        String first = "(select id from incident where number = '" + incident + "')";
        like(
                connection,
                "incident_party",
                "t.incident_id = " + first,
                Map.of("incident_id", "a.id"),
                "a.number like '2025-%'",
                "incident");
        like(
                connection,
                "timeline_entry",
                "t.incident_id = " + first,
                Map.of(
                        "incident_id",
                        "a.id",
                        "raw_ref",
                        "null",
                        "occurred_at",
                        "t.occurred_at + a.n * interval '1 minute'"),
                "true",
                "(select i.id, n from incident i, generate_series(1, 6) n where i.number like '2025-%')");
        say("incidents");
    }

    /** Copies rows of a table once for each row of another, with some columns said anew. */
    private static void like(
            Connection on, String table, String which, Map<String, String> instead, String where, String per)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = on.createStatement();
                ResultSet rows = statement.executeQuery("select column_name from information_schema.columns"
                        + " where table_name = '" + table + "' and is_identity = 'NO' and is_generated = 'NEVER'"
                        + " order by ordinal_position")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        run(
                on,
                "insert into " + table + " (" + String.join(", ", columns) + ") select "
                        + columns.stream()
                                .map(column -> instead.getOrDefault(column, "t." + column))
                                .collect(Collectors.joining(", "))
                        + " from " + per + " a, (select * from " + table + " t where " + which + ") t where " + where);
    }
}
