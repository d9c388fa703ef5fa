package jp.hinomi.city;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * While an alert is open that {@code source} matches, notices of those that {@code target} matches are held back: they are
 * another's consequence. Labels of {@code equal} must be there on both, with the same values: what is missing on both is no reason.
 *
 * @param lasts how long after the source's notice, at most
 */
public record Inhibition(String id, Matchers source, Matchers target, List<String> equal, Duration lasts) {
    public Inhibition {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(lasts, "lasts");
        equal = List.copyOf(equal);
    }
}
