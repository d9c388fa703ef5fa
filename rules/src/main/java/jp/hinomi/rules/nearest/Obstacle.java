package jp.hinomi.rules.nearest;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing about an event that keeps a detection from holding.
 *
 * @param field whose value it is
 * @param actual the value; empty if the event does not have the field
 * @param wanted what the rule asks for, in words of Sigma
 * @param excepted true if the value is as the rule asks, and the rule excepts it
 */
public record Obstacle(String field, Optional<Object> actual, String wanted, boolean excepted) {
    public Obstacle {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(actual, "actual");
        Objects.requireNonNull(wanted, "wanted");
    }
}
