package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Alert.Evidence;

/** The newest distinct events of an alert, in order of (time, id). Not thread-safe. */
final class EvidenceList {
    private static final Comparator<Evidence> ORDER = Comparator.<Evidence>comparingLong(
                    evidence -> evidence.event().correlationMillis())
            .thenComparing(evidence -> evidence.event().id());

    private final List<Evidence> newest = new ArrayList<>();

    EvidenceList(List<Evidence> kept) {
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

    Added add(Evidence evidence) {
        for (int i = newest.size() - 1; i >= 0; i--) {
            Evidence kept = newest.get(i);
            if (kept.event().id().equals(evidence.event().id())) {
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

    private static Evidence united(Evidence kept, Evidence other) {
        if (kept.matched().containsAll(other.matched())) {
            return kept;
        }
        TreeSet<String> matched = new TreeSet<>(kept.matched());
        matched.addAll(other.matched());
        return new Evidence(kept.event(), List.copyOf(matched));
    }

    List<Evidence> list() {
        return List.copyOf(newest);
    }
}
