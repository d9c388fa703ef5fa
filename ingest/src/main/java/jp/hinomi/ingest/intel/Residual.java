package jp.hinomi.ingest.intel;

import jp.hinomi.events.SecurityEvent;

/** What must hold for an event besides a key that was found in it. Immutable. */
interface Residual {
    boolean holds(SecurityEvent event);
}
