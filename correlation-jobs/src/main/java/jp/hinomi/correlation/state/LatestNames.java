package jp.hinomi.correlation.state;

import java.util.List;

/** Lists of rule names that were read lately, so that equal ones become one object, as in {@link LatestTexts}. */
final class LatestNames {
    private static final int SLOTS = 1 << 10;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static final List<String>[] LATEST = new List[SLOTS];

    private LatestNames() {}

    static List<String> of(List<String> names) {
        int slot = (names.hashCode() ^ names.hashCode() >>> 10) & SLOTS - 1;
        List<String> latest = LATEST[slot];
        if (latest == null || !latest.equals(names)) {
            latest = List.copyOf(names);
            LATEST[slot] = latest;
        }
        return latest;
    }
}
