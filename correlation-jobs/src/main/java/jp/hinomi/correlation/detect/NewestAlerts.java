package jp.hinomi.correlation.detect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jp.hinomi.events.Alert;

/** Keeps each alert at its last revision. Thread-safe. */
public final class NewestAlerts implements Consumer<Alert> {
    private final Map<String, Alert> byId = new HashMap<>();

    /** Keeps the highest revision; between equal ones, which two events of one id may give, the earlier. */
    @Override
    public synchronized void accept(Alert alert) {
        byId.merge(alert.id(), alert, (kept, next) -> next.replaces(kept) ? next : kept);
    }

    /** In order of time, rule, group. */
    public synchronized List<Alert> inOrder() {
        return byId.values().stream().sorted(AlertOrder.BY_TIME_RULE_GROUP).toList();
    }
}
