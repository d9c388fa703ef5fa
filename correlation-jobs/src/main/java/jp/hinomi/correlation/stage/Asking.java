package jp.hinomi.correlation.stage;

import java.util.List;
import java.util.Objects;
import jp.hinomi.events.Alert;

/**
 * An alert whose rule asks which of some sources were silent.
 *
 * @param alert says nothing of them yet
 * @param sources ids; at least one
 */
public record Asking(Alert alert, List<String> sources) {
    public Asking {
        Objects.requireNonNull(alert, "alert");
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("alert " + alert.id() + " asks for no source");
        }
    }

    /** From when on the sources matter: milliseconds since the epoch. */
    long from() {
        return Math.min(alert.first(), alert.time());
    }

    /** Up to when: an absence is found out when nothing came, after its last evidence. */
    long to() {
        return Math.max(alert.last(), alert.time());
    }

    Alert answered(List<String> silent) {
        return new Alert(
                alert.id(),
                alert.revision(),
                alert.time(),
                alert.first(),
                alert.last(),
                alert.count(),
                alert.rule(),
                alert.severity(),
                alert.tlp(),
                alert.group(),
                alert.evidence(),
                alert.resources(),
                alert.indicators(),
                silent);
    }
}
