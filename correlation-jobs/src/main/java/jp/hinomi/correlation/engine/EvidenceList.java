package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import jp.hinomi.events.Alert;

/** The newest distinct events of an alert, in order of (time, id). Not thread-safe. */
final class EvidenceList {
    private static final Comparator<Sighting> ORDER = Comparator.<Sighting>comparingLong(
                    evidence -> evidence.event().time())
            .thenComparing(evidence -> evidence.event().id());

    private final List<Sighting> newest = new ArrayList<>();

    EvidenceList(List<Sighting> kept) {
        newest.addAll(kept);
    }

    /** What became of evidence that was added. */
    enum Added {
        /** It was not there. */
        NEW,
        /** It was there, and learned what else it matched. */
        KNOWN,
        /** Everything kept is newer: whether it was there once cannot be told. */
        TOO_OLD
    }

    Added add(Sighting evidence) {
        String id = evidence.event().id();
        int hash = id.hashCode();
        for (int i = newest.size() - 1; i >= 0; i--) {
            Sighting kept = newest.get(i);
            // Ids differ in their last characters: their hashes tell most of them apart without a look at the text.
            if (kept.event().id().hashCode() == hash && kept.event().id().equals(id)) {
                newest.set(i, united(kept, evidence));
                return Added.KNOWN;
            }
        }
        int at = newest.size();
        while (at > 0 && ORDER.compare(newest.get(at - 1), evidence) > 0) {
            at--;
        }
        if (at == 0 && newest.size() == Alert.MAX_EVIDENCE) {
            return Added.TOO_OLD;
        }
        newest.add(at, evidence);
        if (newest.size() > Alert.MAX_EVIDENCE) {
            newest.remove(0);
        }
        return Added.NEW;
    }

    private static Sighting united(Sighting kept, Sighting other) {
        if (kept.matched().containsAll(other.matched())) {
            return kept;
        }
        TreeSet<String> matched = new TreeSet<>(kept.matched());
        matched.addAll(other.matched());
        return new Sighting(kept.event(), List.copyOf(matched));
    }

    List<Sighting> list() {
        return List.copyOf(newest);
    }
}
