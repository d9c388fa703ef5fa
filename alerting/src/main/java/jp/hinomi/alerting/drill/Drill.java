package jp.hinomi.alerting.drill;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/**
 * An exercise that somebody has planned.
 *
 * @param name by language, without the label
 * @param resource that the alert says was hit: whoever is responsible for it is told
 * @param state {@code planned}, {@code begun} or {@code cancelled}
 * @param account who planned it
 */
public record Drill(
        long id,
        Map<String, String> name,
        Severity severity,
        String resource,
        Instant dueAt,
        String state,
        String account,
        Optional<Instant> begunAt,
        Optional<String> alertId) {
    public static final String RULE = "hinomi-drill-";

    /** What every title of an exercise begins with: titles stand in every message and on every page. */
    static final Map<String, String> LABEL = Map.of("ja", "【訓練】", "en", "[DRILL] ");

    private static final Map<String, String> FIRST_STEPS = Map.of(
            "ja", "これは訓練です。実際の攻撃は起きていません。いつもどおり応答してください。設備や設定は変えないでください。",
            "en",
                    "This is an exercise: nothing has happened. Answer as you would; change no equipment and no settings.");

    public Drill {
        name = Map.copyOf(name);
    }

    /** The alert that it sends the way of every alert. No rule of the job can raise one of that id. */
    public Alert alert(Instant now) {
        String rule = RULE + id;
        SecurityEvent event = new SecurityEvent.Builder("drill-" + id, now.toEpochMilli())
                .put(Fields.EVENT_ORIGINAL, LABEL.get("ja") + FIRST_STEPS.get("ja") + " / " + FIRST_STEPS.get("en"))
                .build();
        return new Alert(
                "drill-" + id,
                1,
                now.toEpochMilli(),
                now.toEpochMilli(),
                now.toEpochMilli(),
                1,
                new Alert.Rule(
                        rule,
                        rule,
                        "1",
                        Map.of("ja", LABEL.get("ja") + name.get("ja"), "en", LABEL.get("en") + name.get("en")),
                        severity,
                        List.of(),
                        FIRST_STEPS,
                        "stable"),
                severity,
                Tlp.AMBER,
                Map.of(),
                List.of(new Alert.Evidence(event, List.of(rule))),
                List.of(new Alert.AffectedResource(resource, Alert.Part.TARGET)),
                List.of(),
                List.of());
    }
}
