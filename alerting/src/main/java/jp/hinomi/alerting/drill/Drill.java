package jp.hinomi.alerting.drill;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Tlp;

/**
 * An exercise that somebody has planned.
 *
 * @param name by language, without the label
 * @param steps the alerts that it sends, in that order; at least one
 * @param state {@code planned}, {@code begun} or {@code cancelled}: then what was not sent yet never is
 * @param account who planned it
 */
public record Drill(
        long id,
        Map<String, String> name,
        List<DrillStep> steps,
        Instant dueAt,
        String state,
        String account,
        Optional<Instant> begunAt) {
    public static final String RULE = "hinomi-drill-";

    /** What every title of an exercise begins with: titles stand in every message and on every page. */
    static final Map<String, String> LABEL = Map.of("ja", "【訓練】", "en", "[DRILL] ");

    private static final Map<String, String> FIRST_STEPS = Map.of(
            "ja", "これは訓練です。実際の攻撃は起きていません。いつもどおり応答してください。設備や設定は変えないでください。",
            "en",
                    "This is an exercise: nothing has happened. Answer as you would; change no equipment and no settings.");

    public Drill {
        name = Map.copyOf(name);
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("exercise " + id + " without an alert");
        }
    }

    /** When a step is to be sent: so long after the exercise has begun, or is to begin. */
    public Instant dueAt(DrillStep step) {
        return begunAt.orElse(dueAt).plus(step.after());
    }

    /** Whether something of it is still to be sent. */
    public boolean isOpen() {
        return !state.equals("cancelled")
                && steps.stream().anyMatch(step -> step.sentAt().isEmpty());
    }

    /** What its alert is called, without the label. */
    public Map<String, String> title(DrillStep step) {
        return step.title().isEmpty() ? name : step.title();
    }

    /** The alert of a step, which goes the way of every alert. No rule of the job can raise one of that id. */
    public Alert alert(DrillStep step, Instant now) {
        String own = id + (step.n() == 1 ? "" : "-" + step.n());
        String rule = RULE + own;
        SecurityEvent event = new SecurityEvent.Builder("drill-" + own, now.toEpochMilli())
                .put(Fields.EVENT_ORIGINAL, LABEL.get("ja") + FIRST_STEPS.get("ja") + " / " + FIRST_STEPS.get("en"))
                .build();
        Map<String, String> title = title(step);
        return new Alert(
                "drill-" + own,
                1,
                now.toEpochMilli(),
                now.toEpochMilli(),
                now.toEpochMilli(),
                1,
                new Alert.Rule(
                        rule,
                        rule,
                        "1",
                        Map.of("ja", LABEL.get("ja") + title.get("ja"), "en", LABEL.get("en") + title.get("en")),
                        step.severity(),
                        List.of(),
                        FIRST_STEPS,
                        "stable"),
                step.severity(),
                Tlp.AMBER,
                Map.of(),
                List.of(new Alert.Evidence(event, List.of(rule))),
                List.of(new Alert.AffectedResource(step.resource(), Alert.Part.TARGET)),
                List.of(),
                List.of());
    }
}
