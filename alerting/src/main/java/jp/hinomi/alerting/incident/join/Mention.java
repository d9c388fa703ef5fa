package jp.hinomi.alerting.incident.join;

import java.util.Objects;

/**
 * That an alert names an entity.
 *
 * @param central the rule grouped by it, or every event of the evidence has it; otherwise it came along
 */
public record Mention(Entity entity, boolean central) {
    public Mention {
        Objects.requireNonNull(entity, "entity");
    }
}
