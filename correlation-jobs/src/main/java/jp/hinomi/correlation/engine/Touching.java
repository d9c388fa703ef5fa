package jp.hinomi.correlation.engine;

import java.util.Collection;
import java.util.List;
import jp.hinomi.events.Alert.AffectedResource;
import jp.hinomi.events.SecurityEvent;

/** Which of the city's resources an event touches. Thread-safe. */
@FunctionalInterface
public interface Touching {
    /** Without a city. */
    Touching NOTHING = event -> List.of();

    Collection<AffectedResource> of(SecurityEvent event);
}
