package jp.hinomi.correlation.detect;

import java.util.Comparator;
import jp.hinomi.events.Alert;

/** The order in which alerts are printed: time, rule, group; then id, so that it never depends on threads. */
final class AlertOrder {
    static final Comparator<Alert> BY_TIME_RULE_GROUP = Comparator.comparingLong(Alert::time)
            .thenComparing(alert -> alert.rule().name())
            .thenComparing(alert -> String.join("\u0000", alert.group().values()))
            .thenComparing(Alert::id);

    private AlertOrder() {}
}
