package jp.hinomi.rules;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import jp.hinomi.events.document.Location;

/**
 * What every rule says about itself.
 *
 * @param id the UUID, or the name where the rule has none
 * @param name by which other rules refer to it: the {@code name} key, else the id, else the title
 * @param version first 12 hex digits of SHA-256 over the rule's content, and that of the filters applied to it; the same
 *     wherever the rule stands
 * @param title by language: {@code en} from {@code title} (or {@code ja} when it has Japanese letters), {@code ja} from
 *     {@code title_ja}; at least one
 * @param description by language, as the title; may be empty
 * @param status empty if the rule has none
 * @param level of a rule that names none: {@code medium}; of such a correlation: the highest of its rules
 * @param suppress how long more of the same extends the open alert; absent = the rule type's default
 * @param response first steps for the recipient, by language
 * @param falsePositives known harmless causes, by language
 * @param notEvaluableWithout ids of the sources without which the rule sees nothing
 * @param generate true if the rule alerts on its own although a correlation refers to it, because that correlation says
 *     {@code generate: true}, or the rule itself {@code always_alert: true} (our extension: {@code generate} speaks for all
 *     rules of a correlation, and of a burst followed by a success only the burst is worth an alert); see {@link
 *     RuleSet#alertsOnItsOwn}
 */
public record RuleInfo(
        String id,
        String name,
        String version,
        Map<String, String> title,
        Map<String, String> description,
        String status,
        Severity level,
        List<String> tags,
        Optional<Duration> suppress,
        Map<String, String> response,
        Map<String, List<String>> falsePositives,
        List<String> notEvaluableWithout,
        boolean generate,
        Location at) {
    public RuleInfo {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(suppress, "suppress");
        Objects.requireNonNull(at, "at");
        title = Map.copyOf(title);
        description = Map.copyOf(description);
        tags = List.copyOf(tags);
        response = Map.copyOf(response);
        falsePositives = Map.copyOf(falsePositives);
        notEvaluableWithout = List.copyOf(notEvaluableWithout);
        if (title.isEmpty()) {
            throw new IllegalArgumentException("rule " + id + " has no title");
        }
    }

    /** The part that travels in every alert of the rule. */
    public Alert.Rule forAlert() {
        return new Alert.Rule(id, name, version, title, level, tags, response, status);
    }

    /** The same, alerting on its own although a correlation refers to it. */
    public RuleInfo withGenerate() {
        return new RuleInfo(
                id,
                name,
                version,
                title,
                description,
                status,
                level,
                tags,
                suppress,
                response,
                falsePositives,
                notEvaluableWithout,
                true,
                at);
    }
}
