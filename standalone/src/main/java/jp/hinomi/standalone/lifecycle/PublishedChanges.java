package jp.hinomi.standalone.lifecycle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.correlation.live.Publication;
import jp.hinomi.correlation.live.PublicationLog;

/** What each publication changed of the one before it. Stateless and thread-safe. */
public final class PublishedChanges {
    private PublishedChanges() {}

    /** One document that a publication brought, took away or changed. @param key of the document */
    public record Change(
            Publication publication,
            String key,
            Optional<Publication.Document> before,
            Optional<Publication.Document> after) {
        public String rule() {
            return after.or(() -> before).orElseThrow().name();
        }
    }

    /** @param entries of the topic, in its order; those that were refused changed nothing */
    public static List<Change> of(List<PublicationLog.Entry> entries) {
        Map<String, Map<String, Publication.Document>> packs = new HashMap<>();
        List<Change> changes = new ArrayList<>();
        for (PublicationLog.Entry entry : entries) {
            if (entry.refusal().isPresent() || entry.publication().isEmpty()) {
                continue;
            }
            Publication publication = entry.publication().get();
            Map<String, Publication.Document> after = new LinkedHashMap<>();
            publication.documents().forEach(document -> after.put(document.key(), document));
            Map<String, Publication.Document> before = packs.getOrDefault(publication.pack(), Map.of());
            Set<String> keys = new LinkedHashSet<>(after.keySet());
            keys.addAll(before.keySet());
            for (String key : keys) {
                if (!after.getOrDefault(key, none(key)).equals(before.getOrDefault(key, none(key)))) {
                    changes.add(new Change(
                            publication,
                            key,
                            Optional.ofNullable(before.get(key)),
                            Optional.ofNullable(after.get(key))));
                }
            }
            packs.put(publication.pack(), after);
        }
        return changes;
    }

    private static Publication.Document none(String key) {
        return new Publication.Document(key, "", "", "", "");
    }
}
