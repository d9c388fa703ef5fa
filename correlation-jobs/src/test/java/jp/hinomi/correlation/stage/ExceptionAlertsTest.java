package jp.hinomi.correlation.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.RuleSource;
import org.junit.jupiter.api.Test;

/** As a timeline. */
class ExceptionAlertsTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final String RULES = """
            title: Failed
            name: failed
            detection: {f: {event.outcome: failure}, condition: f}
            logsource: {category: authentication}
            ---
            title: A scanner
            name: scanner
            owner: city-soc
            reason: it is ours
            expires: 2026-03-31
            logsource: {category: authentication}
            filter: {rules: [failed], s: {source.ip: 192.0.2.1}, condition: s}
            """;

    private static RuleSet rules(String text) {
        return RuleReader.readTexts(List.of(new RuleSource("r.yml", text)), Placeholders.NONE)
                .rules();
    }

    private static List<Alert> due(ExceptionAlerts alerts, String text, String now) {
        return alerts.due(rules(text), Instant.parse(now).toEpochMilli());
    }

    @Test
    void rulesAuthorsHearOfAnExceptionBeforeItEndsAndWhenItDoes() {
        ExceptionAlerts alerts = new ExceptionAlerts(TOKYO);
        assertThat(due(alerts, RULES, "2026-03-17T14:59:59Z")).isEmpty();
        assertThat(due(alerts, RULES, "2026-03-17T15:00:00Z")).singleElement().satisfies(alert -> {
            assertThat(alert.rule().name()).isEqualTo(ExceptionAlerts.EXPIRING);
            assertThat(alert.time())
                    .isEqualTo(Instant.parse("2026-03-17T15:00:00Z").toEpochMilli());
            assertThat(alert.rule().response("en")).contains("city-soc").contains("failed");
            assertThat(alert.rule().response("ja")).contains("city-soc").contains("必要");
            assertThat(AlertJson.read(AlertJson.write(alert))).isEqualTo(alert);
        });
        assertThat(due(alerts, RULES, "2026-03-18T15:00:00Z")).as("once").isEmpty();
        Alert expired = due(alerts, RULES, "2026-03-31T15:00:00Z").get(0);
        assertThat(expired.rule().name()).isEqualTo(ExceptionAlerts.EXPIRED);
        assertThat(expired.group()).containsEntry("exception", "scanner").containsEntry("owner", "city-soc");

        ExceptionAlerts restarted = new ExceptionAlerts(TOKYO);
        assertThat(due(restarted, RULES, "2026-04-07T00:00:00Z"))
                .as("the same alert after a restart")
                .extracting(Alert::id)
                .containsExactly(expired.id());
        String extended = RULES.replace("2026-03-31", "2026-04-10");
        assertThat(due(alerts, extended, "2026-04-07T00:00:00Z"))
                .as("a new end is a new matter")
                .extracting(alert -> alert.rule().name())
                .containsExactly(ExceptionAlerts.EXPIRING);
    }
}
