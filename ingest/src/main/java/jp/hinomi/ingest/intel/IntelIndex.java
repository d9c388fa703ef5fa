package jp.hinomi.ingest.intel;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Observable;

/**
 * All indicators of a process, found by what events hold. Exact: what a hash finds is compared. Kept as bytes, because a
 * million indicators as objects would take gigabytes.
 *
 * <p>Any number of readers, each with its own {@link IntelMatcher}, while one thread at a time changes the index (further
 * ones wait). A reader sees each indicator whole or not at all, and what {@link #put} or {@link #remove} did at its next
 * event at the latest.
 */
public final class IntelIndex {
    /** Fewer dead records than these are not worth making the index anew. */
    private static final int FEW = 10_000;

    private volatile Contents contents = new Contents(new Hashing(new SecureRandom().nextLong()));

    /**
     * Adds an indicator, or replaces the one with its id. One that is revoked is taken out.
     *
     * @return whether that changed anything
     * @throws IllegalArgumentException if it cannot be looked for; the message says why and what to do. The index is then
     *     as it was
     */
    public synchronized boolean put(Indicator indicator) {
        if (indicator.revoked()) {
            return remove(indicator.id());
        }
        Ways ways = Ways.of(indicator);
        Contents now = contents;
        int before = now.find(indicator.id());
        if (before >= 0 && now.read(before).equals(ways.indicator())) {
            return false;
        }
        // The new one first: no event may fall between the two. Matches with one id are given once.
        now.add(ways);
        if (before >= 0) {
            now.kill(before);
        }
        publish(now);
        return true;
    }

    /** @return whether there was such an indicator */
    public synchronized boolean remove(String id) {
        Contents now = contents;
        int record = now.find(id);
        if (record < 0) {
            return false;
        }
        now.kill(record);
        publish(now);
        return true;
    }

    public synchronized void clear() {
        contents = new Contents(contents.hashing);
    }

    /** Writing the volatile field again makes what was changed behind it visible to whoever reads it from now on. */
    private void publish(Contents now) {
        contents = now.dead() > FEW && now.dead() > now.live() / 2 ? now.compacted() : now;
    }

    /** How many indicators there are, expired ones included: they still say something about the past. */
    public int size() {
        return contents.live();
    }

    public synchronized Optional<Indicator> get(String id) {
        int record = contents.find(id);
        return record < 0 ? Optional.empty() : Optional.of(contents.read(record));
    }

    /** Calls the visitor with every indicator, values in canonical form. Changes wait until it has returned. */
    public synchronized void forEach(Consumer<Indicator> visitor) {
        contents.forEach(visitor);
    }

    /** A new reader, for one thread. */
    public IntelMatcher matcher() {
        return new IntelMatcher(this);
    }

    Contents contents() {
        return contents;
    }

    /**
     * How an indicator is found.
     *
     * @param indicator with its values in canonical form
     * @param residual null if any one of the keys is enough
     * @param keys first the id, then what leads to it
     * @param form how the record tells its pattern and its observables
     */
    record Ways(Indicator indicator, Residual residual, List<Key> keys, Record.Form form) {
        static Ways of(Indicator indicator) {
            List<Key> keys = new ArrayList<>(1 + indicator.observables().size());
            keys.add(new Key(Kinds.ID, indicator.id()));
            if (!indicator.pattern().isBlank()) {
                StixPattern pattern = StixPattern.of(indicator.pattern());
                keys.addAll(pattern.keys());
                List<Observable> named = pattern.observables();
                boolean usual = pattern.residual() == null
                        && named.size() == 1
                        && StixPattern.of(named.get(0)).equals(indicator.pattern());
                return new Ways(
                        indicator.toBuilder().observables(named).build(),
                        pattern.residual(),
                        keys,
                        usual ? Record.Form.USUAL_PATTERN : Record.Form.PATTERN);
            }
            List<Observable> canonical = new ArrayList<>(indicator.observables().size());
            for (Observable observable : indicator.observables()) {
                Key key = Key.of(observable);
                keys.add(key);
                canonical.add(key.observable());
            }
            return new Ways(
                    indicator.toBuilder().pattern("").observables(canonical).build(),
                    null,
                    keys,
                    Record.Form.OBSERVABLES);
        }
    }

    /**
     * The indicator with its values in the form in which they are compared.
     *
     * @throws IllegalArgumentException if the index would refuse it; the message says why and what to do
     */
    public static Indicator canonical(Indicator indicator) {
        return Ways.of(indicator).indicator();
    }
}
