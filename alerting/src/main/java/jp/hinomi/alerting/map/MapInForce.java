package jp.hinomi.alerting.map;

import java.util.Objects;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Holds the map in force, and holds it still for whoever is in the middle of a transaction. Thread-safe. */
public final class MapInForce implements CityInForce {
    private volatile CityMap current;

    public MapInForce(CityMap first) {
        this.current = Objects.requireNonNull(first, "first");
    }

    @Override
    public CityMap map() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return current;
        }
        CityMap held = (CityMap) TransactionSynchronizationManager.getResource(this);
        if (held != null) {
            return held;
        }
        CityMap now = current;
        TransactionSynchronizationManager.bindResource(this, now);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                TransactionSynchronizationManager.unbindResourceIfPossible(MapInForce.this);
            }
        });
        return now;
    }

    /** The latest, whatever a transaction holds. */
    CityMap current() {
        return current;
    }

    /** Counts for every decision that begins from now on; those under way end with the map that they began with. */
    public void replace(CityMap next) {
        current = Objects.requireNonNull(next, "next");
    }
}
