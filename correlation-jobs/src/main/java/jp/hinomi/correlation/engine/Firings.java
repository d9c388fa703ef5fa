package jp.hinomi.correlation.engine;

import java.util.LinkedHashSet;
import java.util.Set;
import jp.hinomi.events.SecurityEvent;

/** What becomes of firings: they open and extend alerts, and are matches of other correlations. Not thread-safe. */
final class Firings {
    private final Outlet outlet;
    private final Touching touching;
    private final Set<Cell> changed = new LinkedHashSet<>();
    private Correlations correlations;

    Firings(Correlations correlations, Outlet outlet, Touching touching) {
        this.correlations = correlations;
        this.outlet = outlet;
        this.touching = touching;
    }

    void change(Correlations next) {
        correlations = next;
    }

    void fire(Cell cell, Hit hit) {
        Correlation correlation = cell.correlation();
        if (cell.alert() == null || cell.alert().isOver(hit.time(), correlation.suppress())) {
            if (changed.remove(cell)) {
                send(cell);
            }
            cell.alert(OpenAlert.open(correlation, cell.key(), hit, touching));
            cell.rule().alerted();
        } else {
            cell.alert().extend(correlation, hit, touching);
        }
        changed.add(cell);
        for (Correlations.Route route : correlations.routesOfFirings(correlation)) {
            pass(cell, hit, route);
        }
    }

    private void pass(Cell cell, Hit hit, Correlations.Route route) {
        Correlation from = cell.correlation();
        Correlation to = route.correlation();
        SecurityEvent firing = from.asEvent(cell.key(), cell.alert().id(), hit.time());
        GroupKey group = to.group(Long.numberOfTrailingZeros(route.steps()), firing);
        String value = to.value(firing);
        if (group == null) {
            outlet.ungrouped(to);
        } else if (value != null) {
            outlet.match(to, group, cell.alert().asMatch(from, hit.time(), route.steps(), value));
        }
    }

    /** A match whose time had passed: it is added to an alert that covers it, or only counted. */
    void late(Cell cell, Match match, long due) {
        boolean amended = cell.alert() != null && cell.alert().amend(cell.correlation(), match, due, touching);
        if (amended) {
            changed.add(cell);
        }
        outlet.late(cell.correlation(), amended);
    }

    /** Sends every alert that changed since the last call, once. */
    void flush() {
        changed.forEach(this::send);
        changed.clear();
    }

    /** As {@link #flush}, for these correlations only, which are about to be forgotten. */
    void flush(Set<String> keys) {
        changed.removeIf(cell -> {
            boolean of = keys.contains(cell.key().correlation());
            if (of) {
                send(cell);
            }
            return of;
        });
    }

    private void send(Cell cell) {
        if (cell.correlation().alerts()) {
            outlet.alert(cell.correlation(), cell.key(), cell.alert());
        }
    }
}
