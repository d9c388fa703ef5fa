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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Grams;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
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

    private final Connection connection;
    private final Random random = new Random(20260401);
    private final Instant newest;
    private long since = System.nanoTime();

    ConsoleFill(Connection connection, Instant newest) {
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
    private int skewed(int values) {
        return (int) (values * Math.pow(random.nextDouble(), 3));
    }

    /** @param sample an alert that came in, with its incident; both stay */
    void fill(int alerts, int incidents, String sample, String incident) throws SQLException, IOException {
        run("set session_replication_role = replica");
        run("set maintenance_work_mem = '1GB'");
        List<String> indices = dropIndices();
        copyAlerts(alerts);
        say("alerts");
        for (String index : indices) {
            run(index);
        }
        run("analyze alert");
        say("their indices");
        hangOn(sample);
        story(incidents, incident);
        run("update audit_head set seq = (select max(seq) from audit_log)");
        run("vacuum analyze");
        run("reset session_replication_role");
        say("done");
    }

    private void say(String what) {
        System.out.printf("  filled in %d s: %s%n", (System.nanoTime() - since) / 1_000_000_000, what);
        since = System.nanoTime();
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> dropIndices() throws SQLException {
        List<String> definitions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select indexname, indexdef from pg_indexes where tablename = 'alert'
                        and indexname not in (select conname from pg_constraint)""")) {
            while (rows.next()) {
                names.add(rows.getString(1));
                definitions.add(rows.getString(2));
            }
        }
        for (String name : names) {
            run("drop index " + name);
        }
        return definitions;
    }

    private void copyAlerts(int alerts) throws SQLException, IOException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("""
                copy alert (id, revision, rule_id, rule_name, rule_version, title_ja, title_en, rule_level, severity,
                    notified_severity, tlp, status, raised_at, first_seen, last_seen, event_count, group_values, body, search,
                    received_at, updated_at, assignee, in_progress, verdict, grams) from stdin""");
        Duration apart = Duration.ofDays(365).dividedBy(alerts);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < alerts; i++) {
            Alert alert = alert(i, newest.minus(apart.multipliedBy(alerts - i)));
            rows.append(row(alert)).append('\n');
            if (rows.length() > 1 << 20) {
                send(copy, rows);
            }
        }
        send(copy, rows);
        copy.endCopy();
    }

    private static void send(CopyIn copy, StringBuilder rows) throws SQLException {
        byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        rows.setLength(0);
    }

    private Alert alert(int number, Instant at) {
        int rule = skewed(RULES);
        String address = address(skewed(ADDRESSES));
        String host = "host-" + skewed(HOSTS) + ".city.example.jp";
        String user = "user" + skewed(USERS);
        int what = rule % WHAT_JA.length;
        int where = rule / WHAT_JA.length % WHERE_JA.length;
        Severity severity = Severity.values()[Math.min(Severity.values().length - 1, skewed(12))];
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
                List.of(new Alert.AffectedResource("resource-" + skewed(RESOURCES), Alert.Part.TARGET)),
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
    private String row(Alert alert) {
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
                        status.equals("closed") ? verdict() : "\0",
                        Grams.literal(Grams.of(search)))
                .stream()
                .map(ConsoleFill::escaped)
                .collect(Collectors.joining("\t"));
    }

    private String verdict() {
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

    /** Evidence, resources, those told, messages, escalations, answers and the log of every alert. */
    private void hangOn(String sample) throws SQLException {
        String others = " from alert a where a.id <> '" + sample + "'";
        run(
                "insert into alert_evidence select a.id, e ->> 'event.id', (e ->> '@timestamp')::timestamptz, e from alert a,"
                        + " json_array_elements(a.body -> 'evidence') e where a.id <> '" + sample + "'");
        run("insert into alert_resource select a.id, r ->> 'id', 'target' from alert a,"
                + " json_array_elements(a.body -> 'resources') r where a.id <> '" + sample + "'");
        run("insert into alert_resource select a.id, 'resource-' || (a.seq % 37), 'origin' from alert a"
                + " where a.id <> '" + sample + "' and a.seq % 3 = 0");
        run("insert into alert_stakeholder select distinct r.alert_id, 'stakeholder-' ||"
                + " (substr(r.resource_id, 10)::int % " + STAKEHOLDERS + ") from alert_resource r where r.alert_id <> '"
                + sample + "'");
        say("evidence, resources, who was told");
        like(
                "routing_decision",
                "t.alert_id = '" + sample + "'",
                Map.of("alert_id", "a.id"),
                "a.id <> '" + sample + "'");
        like(
                "delivery",
                "t.alert_id = '" + sample + "'",
                Map.of(
                        "alert_id", "a.id",
                        "idempotency_key", "a.id || t.idempotency_key",
                        "message", "case when a.seq % 1000 = 0 then t.message end",
                        "state", "case when a.seq % 500 = 0 then 'dead' else 'sent' end",
                        "escalation_id", "null",
                        "created_at", "a.received_at",
                        "finished_at", "a.received_at",
                        "rule_id", "a.rule_id"),
                "a.id <> '" + sample + "'");
        run("insert into delivery_attempt (delivery_id, number, at, result, detail, latency_ms)"
                + " select d.id, 1, d.created_at, case d.state when 'dead' then 'refused' else 'sent' end, '250 OK', 12"
                + " from delivery d where not exists (select 1 from delivery_attempt t where t.delivery_id = d.id)");
        say("decisions, messages");
        like(
                "escalation",
                "t.alert_id = '" + sample + "'",
                Map.of("alert_id", "a.id", "state", "'running'", "next_at", "now() + interval '1 day'"),
                "a.id <> '" + sample + "' and a.status = 'open' and a.seq > (select max(seq) from alert) - 10 * "
                        + RUNNING);
        like(
                "escalation_target",
                "t.escalation_id = (select min(id) from escalation where alert_id = '" + sample + "')",
                Map.of("escalation_id", "a.id"),
                "a.alert_id <> '" + sample + "'",
                "escalation");
        run("insert into alert_verdict (alert_id, verdict, note, account, at)"
                + " select a.id, a.verdict, 'seen before', 'analyst-1', a.received_at" + others
                + " and a.verdict is not null");
        run("insert into coverage_gap (alert_id, resource_id, kind, text_ja, text_en, found_at)"
                + " select a.id, 'resource-' || a.seq % 20, 'nobody', '担当者がいません', 'Nobody is responsible', a.received_at"
                + others + " and a.seq % 300 = 0");
        run("insert into audit_log (seq, at, actor, action, object, detail, prev_hash, hash)"
                + " select (select seq from audit_head) + 3 * row_number() over (order by a.seq) + n, a.received_at, 'system',"
                + " (array['alert.received', 'alert.routed', 'alert.updated'])[n + 1], 'alert:' || a.id, '{}', '', ''"
                + " from alert a, generate_series(0, 2) n where a.id <> '" + sample + "'");
        say("escalations, verdicts, the log");
    }

    private void story(int incidents, String incident) throws SQLException {
        like(
                "incident",
                "t.number = '" + incident + "'",
                Map.of(
                        "number", "'2025-' || lpad(a.n::text, 5, '0')",
                        "status", "case when a.n % 10 = 0 then 'open' else 'closed' end",
                        "title", "'Story ' || a.n"),
                "true",
                "(select n from generate_series(1, " + incidents + ") n)");
        run("insert into incident_alert (incident_id, alert_id, attached_by, attached_at)"
                + " select i.id, a.id, 'system', a.received_at from incident i, generate_series(0, 4) n,"
                + " lateral (select id, received_at from alert where seq = i.id * 90 + n) a");
        String first = "(select id from incident where number = '" + incident + "')";
        like(
                "incident_party",
                "t.incident_id = " + first,
                Map.of("incident_id", "a.id"),
                "a.number like '2025-%'",
                "incident");
        like(
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

    private void like(String table, String which, Map<String, String> instead, String where) throws SQLException {
        like(table, which, instead, where, "alert");
    }

    /** Copies rows of a table once for each row of another, with some columns said anew. */
    private void like(String table, String which, Map<String, String> instead, String where, String per)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select column_name from information_schema.columns"
                        + " where table_name = '" + table + "' and is_identity = 'NO' and is_generated = 'NEVER'"
                        + " order by ordinal_position")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        run("insert into " + table + " (" + String.join(", ", columns) + ") select "
                + columns.stream()
                        .map(column -> instead.getOrDefault(column, "t." + column))
                        .collect(Collectors.joining(", "))
                + " from " + per + " a, (select * from " + table + " t where " + which + ") t where " + where);
    }
}
