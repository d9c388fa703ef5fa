package jp.hinomi.correlation.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Follows the publications in the topic, in its order: the newest of each pack that counts, and what was refused since. A
 * publication that is not newer than that is refused, also after a restart: compaction keeps the order. Not thread-safe.
 */
public final class PublicationLog {
    /** Anybody who may write can invent packs; of more than these nobody is told. */
    private static final int MOST_REFUSALS = 100;

    private final TrustedKeys trust;
    private final Consumer<Entry> onlooker;
    private final Map<String, Publication> newest = new LinkedHashMap<>();
    private final Map<String, String> signers = new LinkedHashMap<>();
    private final Map<String, Set<Long>> seen = new HashMap<>();
    private final Map<String, String> refusals = new LinkedHashMap<>();
    /** Packs whose newest publication has not been seen again since this began anew. */
    private final Set<String> remembered = new HashSet<>();

    /**
     * A record of a publication as it was read.
     *
     * @param key of the record
     * @param publication empty if it cannot be read or the record takes it back
     * @param keyId of the key that signed it, as the record says; empty if none
     * @param refusal why it does not count; empty if it does, or did until a newer one came
     */
    public record Entry(String key, Optional<Publication> publication, String keyId, Optional<String> refusal) {}

    /** @param onlooker is told of every record */
    PublicationLog(TrustedKeys trust, Consumer<Entry> onlooker) {
        this.trust = trust;
        this.onlooker = onlooker;
    }

    /** Begins with what counted when the topic was read before, so that nobody goes back behind it meanwhile. */
    public void remember(Map<String, Publication> counted) {
        newest.putAll(counted);
        remembered.addAll(counted.keySet());
    }

    /**
     * @param value null if the record takes the key back
     * @param signature null if there is none
     * @param keyId null if none is named
     */
    void take(String key, byte[] value, byte[] signature, String keyId) {
        Publication.Claim claim = Publication.claim(key);
        String pack = claim == null ? "" : claim.pack();
        if (claim != null) {
            seen.computeIfAbsent(pack, any -> new HashSet<>()).add(claim.number());
        }
        if (value == null) {
            deleted(key, pack);
            return;
        }
        Publication publication;
        try {
            publication = PublicationJson.read(value);
        } catch (IllegalArgumentException e) {
            refuse(key, Optional.empty(), keyId, pack, e.getMessage());
            return;
        }
        Optional<String> doubt = publication.key().equals(key)
                ? trust.doubt(publication, value, signature, keyId)
                : Optional.of("it stands under the key of another publication");
        Publication before = newest.get(publication.pack());
        if (doubt.isEmpty() && before != null && publication.number() <= before.number()) {
            if (publication.equals(before)) {
                signers.put(publication.pack(), or(keyId));
                if (remembered.remove(publication.pack())) {
                    refusals.remove(publication.pack()); // what stands before it in the topic is its past
                }
                onlooker.accept(new Entry(key, Optional.of(publication), or(keyId), Optional.empty()));
                return; // the same again changes nothing
            }
            doubt = Optional.of("it is not newer than " + before.label()
                    + ", which counts: to go back, publish the older content as a new version");
        }
        if (doubt.isEmpty()) {
            doubt = foreign(publication, keyId);
        }
        if (doubt.isPresent()) {
            refuse(key, Optional.of(publication), keyId, pack, doubt.get());
            return;
        }
        newest.put(publication.pack(), publication);
        signers.put(publication.pack(), or(keyId));
        refusals.remove(publication.pack());
        onlooker.accept(new Entry(key, Optional.of(publication), or(keyId), Optional.empty()));
    }

    /** A key that is bound to some packs must not take the rules of others by naming their keys in its own. */
    private Optional<String> foreign(Publication publication, String keyId) {
        for (Publication other : newest.values()) {
            if (other.pack().equals(publication.pack()) || trust.mayPublish(keyId, other.pack())) {
                continue;
            }
            Map<String, Publication.Document> theirs = other.byKey();
            for (Publication.Document document : publication.documents()) {
                if (theirs.containsKey(document.key())) {
                    return Optional.of(
                            "the document '" + document.key() + "' belongs to " + other.label()
                                    + ", which its key may not publish: give the rule another name, or let the other pack give it up first");
                }
            }
        }
        return Optional.empty();
    }

    private void deleted(String key, String pack) {
        Publication last = newest.get(pack);
        if (last != null && last.key().equals(key)) {
            refuse(
                    key,
                    Optional.empty(),
                    null,
                    pack,
                    "somebody deleted the record of what counts; it counts until the job starts anew");
        }
    }

    private void refuse(String key, Optional<Publication> publication, String keyId, String pack, String why) {
        String reason = Printable.reason(why);
        if (refusals.size() < MOST_REFUSALS || refusals.containsKey(pack)) {
            refusals.put(pack, "the publication " + label(key) + " was refused: " + reason);
        }
        onlooker.accept(new Entry(key, publication, or(keyId), Optional.of(reason)));
    }

    private static String label(String key) {
        Publication.Claim claim = Publication.claim(key);
        return claim == null ? "under a key that is none" : claim.pack() + '/' + claim.number();
    }

    private static String or(String keyId) {
        return keyId == null ? "" : keyId;
    }

    boolean isTrustRequired() {
        return trust.isRequired();
    }

    /** By pack. */
    public Map<String, Publication> newest() {
        return Map.copyOf(newest);
    }

    /** By pack: what was refused last, since one that counts. */
    public Map<String, String> refusals() {
        return new LinkedHashMap<>(refusals);
    }

    /** Id of the key that signed the newest publication that counts; empty if there is none. */
    String signer(String pack) {
        return signers.getOrDefault(pack, "");
    }

    /**
     * The smallest number above the newest that counts which no record has. So nobody without a key can use the numbers up, and
     * what this reader refuses, but another may trust, is not written over.
     *
     * @return at most one more than {@link Publication#LAST_NUMBER}
     */
    long next(String pack) {
        Publication counts = newest.get(pack);
        Set<Long> used = seen.getOrDefault(pack, Set.of());
        long next = counts == null ? 1 : counts.number() + 1;
        while (used.contains(next)) {
            next++;
        }
        return next;
    }
}
