package jp.hinomi.alerting.incident.join;

import java.time.Duration;
import java.util.Objects;

/**
 * What an alert and a story have in common, and so why they belong together.
 *
 * @param apart how much time lies between the alert and the nearest alert of the story that names it; 0 if they overlap
 * @param central whether it is central to both
 * @param strangers how many other alerts name it, within a day, that are no part of the story; counted up to a bound
 */
public record Link(Entity entity, Duration apart, boolean central, int strangers) {
    /** What so many alerts of other stories name ties none of them together: a gateway, a scanner, a shared account. */
    public static final int TOO_COMMON = 20;

    public Link {
        Objects.requireNonNull(entity, "entity");
        if (apart.isNegative()) {
            throw new IllegalArgumentException("alerts cannot be " + apart + " apart");
        }
    }

    public boolean isTooCommon() {
        return strangers > TOO_COMMON;
    }

    /** A resource is never enough: too much happens to each. */
    public boolean isStrong() {
        return central && entity.kind() != Entity.Kind.RESOURCE;
    }
}
