package jp.hinomi.city.report;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One stage that a form knows.
 *
 * @param name by language, as the recipient calls it: 速報
 * @param due absent = whenever there is something to say
 */
public record FormStage(Stage stage, Map<String, String> name, Optional<DueRule> due) {
    public FormStage {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(due, "due");
        name = Map.copyOf(name);
    }
}
