package jp.hinomi.correlation.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides what of the topic may take force. A document may if the newest publication of its pack names it with the hash of just
 * this text. A pack of which something is missing or other than published stays as it was, as a whole; at a start, when there is
 * nothing that was, what fits is taken and the rest named. Without trusted keys everything may. Stateless
 * and thread-safe.
 */
public final class TrustedRecords {
    private TrustedRecords() {}

    /** @param key of a document that does not take force as it stands in the topic @param name of the rule */
    public record Refusal(String key, String name, String reason) {
        public Refusal {
            name = Printable.name(name);
            reason = Printable.reason(reason);
        }
    }

    /** @param records that may take force, by key */
    public record Decision(Map<String, RuleRecord> records, List<Refusal> refusals) {
        public Decision {
            refusals = List.copyOf(refusals);
        }
    }

    /**
     * @param topic what stands there, by key
     * @param inForce what is in force now, by key
     */
    public static Decision decide(
            Map<String, RuleRecord> topic, PublicationLog publications, Map<String, RuleRecord> inForce) {
        if (!publications.isTrustRequired()) {
            return new Decision(topic, List.of());
        }
        Map<String, Publication> newest = publications.newest();
        Map<String, RuleRecord> records = new LinkedHashMap<>();
        List<Publication> damaged = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (Publication publication : newest.values()) {
            List<Refusal> found = differences(publication, topic);
            if (found.isEmpty()) {
                publication.documents().forEach(each -> records.put(each.key(), topic.get(each.key())));
            } else {
                damaged.add(publication);
                refusals.addAll(found);
            }
        }
        damaged.forEach(publication -> asItWas(publication, topic, inForce).forEach(records::putIfAbsent));
        Set<String> refused = refusals.stream().map(Refusal::key).collect(Collectors.toSet());
        topic.forEach((key, record) -> {
            if (!record.equals(records.get(key)) && !refused.contains(key)) {
                refusals.add(new Refusal(key, record.name(), unvouched(record, newest.get(record.pack()))));
            }
        });
        return new Decision(records, refusals);
    }

    /** Of what was published to what stands in the topic, whoever signed it. */
    public static List<Refusal> differences(Publication publication, Map<String, RuleRecord> topic) {
        List<Refusal> found = new ArrayList<>();
        for (Publication.Document document : publication.documents()) {
            difference(document, topic.get(document.key()), publication)
                    .ifPresent(reason -> found.add(new Refusal(document.key(), document.name(), reason)));
        }
        return found;
    }

    private static Optional<String> difference(
            Publication.Document document, RuleRecord record, Publication publication) {
        if (record == null) {
            return Optional.of("the publication " + publication.label()
                    + " names this document, but the topic does not have it: publish the pack again");
        }
        if (!record.pack().equals(publication.pack())) {
            return Optional.of("somebody wrote over this document of the publication " + publication.label()
                    + (record.pack().isEmpty() ? "" : " as one of the pack '" + record.pack() + "'")
                    + ": publish the pack again");
        }
        return document.sha256().equals(Publication.sha256(record.text()))
                ? Optional.empty()
                : Optional.of("the text is not that of the publication " + publication.label()
                        + ": somebody changed it since; publish the pack again");
    }

    private static Map<String, RuleRecord> asItWas(
            Publication publication, Map<String, RuleRecord> topic, Map<String, RuleRecord> inForce) {
        Map<String, RuleRecord> was = new LinkedHashMap<>();
        inForce.forEach((key, record) -> {
            if (record.pack().equals(publication.pack())) {
                was.put(key, record);
            }
        });
        if (was.isEmpty()) {
            for (Publication.Document document : publication.documents()) {
                RuleRecord record = topic.get(document.key());
                if (difference(document, record, publication).isEmpty()) {
                    was.put(document.key(), record);
                }
            }
        }
        return was;
    }

    /** Why a document that differs from no publication does not take force. */
    private static String unvouched(RuleRecord record, Publication publication) {
        if (record.pack().isEmpty()) {
            return "nobody signed this document: publish it with 'hinomi rules publish --key'";
        }
        if (publication == null) {
            return "the pack '" + record.pack() + "' has no publication that counts";
        }
        return publication.byKey().containsKey(record.key())
                ? "it waits for the other documents of the publication " + publication.label()
                        + ", which are not in the topic as published"
                : "the publication " + publication.label() + " does not name this document";
    }
}
