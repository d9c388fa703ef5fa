package jp.hinomi.alerting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/** Builds alerts for tests: a brute force on a city's API, unless said otherwise. */
public final class SampleAlert {
    private final String id;
    private int revision = 1;
    private Instant time = Instant.parse("2026-07-01T01:02:03.004Z");
    private long count = 2;
    private String rule = "city_os_brute_force_success";

    /** Of its own for each alert unless named: inboxes are protected per rule. */
    private String ruleId;

    private String titleJa = "都市OSへの総当たり攻撃後のログイン成功";
    private String titleEn = "Successful login after brute force on the city OS";
    private String status = "";
    private Severity severity = Severity.HIGH;
    private Tlp tlp = Tlp.AMBER;
    private Map<String, String> group = new LinkedHashMap<>(Map.of("source.ip", "203.0.113.7"));
    private final List<Alert.AffectedResource> resources = new ArrayList<>();
    private List<String> lines = List.of(
            "Failed password for root from 203.0.113.7 port 4242 ssh2",
            "Accepted password for root from 203.0.113.7 port 4242 ssh2");
    private List<String> destinations = List.of();
    private String userAgent = "";
    private String source = "203.0.113.7";
    private String host = "bastion-01";
    private List<String> notEvaluable = List.of();
    private List<Map<String, Object>> indicators = List.of();

    private SampleAlert(String id) {
        this.id = id;
        this.ruleId = "rule-of-" + id;
    }

    public static SampleAlert of(String id) {
        return new SampleAlert(id);
    }

    public SampleAlert indicator(Map<String, Object> summary) {
        indicators = List.of(summary);
        return this;
    }

    public SampleAlert without(String... silentSources) {
        notEvaluable = List.of(silentSources);
        return this;
    }

    public SampleAlert revision(int value) {
        revision = value;
        return this;
    }

    public SampleAlert at(Instant value) {
        time = value;
        return this;
    }

    public SampleAlert count(long value) {
        count = value;
        return this;
    }

    public SampleAlert rule(String name, String ja, String en) {
        rule = name;
        ruleId = name;
        titleJa = ja;
        titleEn = en;
        return this;
    }

    public SampleAlert status(String value) {
        status = value;
        return this;
    }

    public SampleAlert severity(Severity value) {
        severity = value;
        return this;
    }

    public SampleAlert tlp(Tlp value) {
        tlp = value;
        return this;
    }

    public SampleAlert group(String field, String value) {
        group = Map.of(field, value);
        return this;
    }

    public SampleAlert target(String resource) {
        return touches(resource, Alert.Part.TARGET);
    }

    public SampleAlert touches(String resource, Alert.Part part) {
        resources.add(new Alert.AffectedResource(resource, part));
        return this;
    }

    public SampleAlert lines(String... values) {
        lines = List.of(values);
        return this;
    }

    /** Where the first lines went, one each: which resource a line touches. */
    public SampleAlert destinations(String... addresses) {
        destinations = List.of(addresses);
        return this;
    }

    /** Where it came from, which its rule groups by, and on which host it was seen. */
    public SampleAlert seen(String address, String on) {
        source = address;
        host = on;
        return group("source.ip", address);
    }

    public SampleAlert userAgent(String value) {
        userAgent = value;
        return this;
    }

    public Alert build() {
        List<Alert.Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            SecurityEvent.Builder event = new SecurityEvent.Builder(
                            "logs.city-os-0-" + (100 * revision + i),
                            time.toEpochMilli() - 1000L * (lines.size() - 1 - i))
                    .put(Fields.EVENT_ORIGINAL, lines.get(i))
                    .put(Fields.SOURCE_IP, source)
                    .put(Fields.USER_NAME, "root")
                    .put(Fields.HOST_NAME, host)
                    .put(Fields.EVENT_MODULE, "openssh")
                    .put(Fields.EVENT_OUTCOME, i == lines.size() - 1 ? "success" : "failure");
            if (i < destinations.size()) {
                event.put(Fields.DESTINATION_IP, destinations.get(i));
            }
            if (!userAgent.isEmpty()) {
                event.put(Fields.USER_AGENT_ORIGINAL, userAgent);
            }
            evidence.add(new Alert.Evidence(event.build(), List.of("city_os_login")));
        }
        return new Alert(
                id,
                revision,
                time.toEpochMilli(),
                time.toEpochMilli() - 1000L * (lines.size() - 1),
                time.toEpochMilli(),
                Math.max(count, lines.size()),
                new Alert.Rule(
                        ruleId,
                        rule,
                        "0123456789ab",
                        Map.of("ja", titleJa, "en", titleEn),
                        severity,
                        List.of("cps.ae-3", "cps.dp-4", "attack.t1110"),
                        Map.of(
                                "ja", "1. 対象アカウントを停止する\n2. 送信元を遮断する\n3. 都市OSの操作記録を保全する",
                                "en",
                                        "1. Disable the account\n2. Block the source\n3. Preserve the city OS audit trail"),
                        status),
                severity,
                tlp,
                group,
                evidence,
                resources,
                indicators,
                notEvaluable);
    }
}
