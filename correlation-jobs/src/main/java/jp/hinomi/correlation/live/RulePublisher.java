package jp.hinomi.correlation.live;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.RuleInfo;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import org.apache.kafka.common.KafkaException;

/**
 * Makes the topic {@code rules} say of a pack what files say: writes the documents that differ, a tombstone for each that is
 * gone, and who published that. Stateless and thread-safe; of two at the same time for one pack, one is told to do it again.
 */
public final class RulePublisher {
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private RulePublisher() {}

    /** What to do about documents with errors. */
    public enum Mode {
        /** Nothing is written as long as there is an error. */
        ALL_OR_NOTHING,
        /** A document with an error keeps the version that the topic has; the others are written. */
        KEEP_OLD,
        /** As {@link #ALL_OR_NOTHING}, but nothing is written at all. */
        COMPARE
    }

    /**
     * @param written keys of documents that were, or with {@link Mode#COMPARE} would be, written
     * @param removed keys of documents for which a tombstone was, or would be, written
     * @param unchanged how many documents of the pack were not written because the topic has them
     * @param problems of the files: errors and warnings
     * @param publication that was, or would be, written; empty if the topic says all that already, or nothing may be written
     */
    public record Outcome(
            List<String> written,
            List<String> removed,
            int unchanged,
            List<Problem> problems,
            Optional<Publication> publication) {
        public boolean hasErrors() {
            return problems.stream().anyMatch(Problem::isError);
        }

        /** True if the pack then has no document at all. */
        public boolean isNothingLeft() {
            return written.isEmpty() && unchanged == 0;
        }
    }

    /** What has to be found in order before anything is published, beside the rules being readable. */
    @FunctionalInterface
    public interface Gate {
        Gate OPEN = rules -> new Checked(List.of(), Publication.Tested.NOT);

        /** @param rules all that would be in force, those of other packs included */
        Checked check(RuleSet rules);
    }

    /** @param problems an error keeps the pack from being published */
    public record Checked(List<Problem> problems, Publication.Tested tested) {
        public Checked {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Documents and publication are written as one or not at all.
     *
     * @param levels how many levels of chained correlations the job can run
     * @throws KafkaException if the broker does not answer or refuses, or somebody else published the pack meanwhile
     */
    public static Outcome publish(String bootstrapServers, Pack pack, int levels, Mode mode, Author author, Gate gate) {
        List<Problem> problems = new ArrayList<>();
        try (RuleTopic topic = new RuleTopic(bootstrapServers, author.trust())) {
            topic.catchUp(TIMEOUT);
            Map<String, RuleRecord> raw = topic.records();
            // What nobody who is trusted signed stands for nothing here, whatever pack it says it is of.
            Map<String, RuleRecord> trusted =
                    TrustedRecords.decide(raw, topic.publications(), Map.of()).records();
            Map<String, RuleRecord> present = vouchedFor(pack, trusted);
            Map<String, RuleRecord> own = wanted(pack, present, problems);
            Map<String, RuleRecord> others = others(pack, trusted, own, problems);
            RuleCheck check = check(others, own, levels);
            problems.addAll(news(check, trusted, own, levels));
            boolean errors = problems.stream().anyMatch(Problem::isError);
            if (errors && mode == Mode.KEEP_OLD) {
                Map<String, RuleRecord> before = new LinkedHashMap<>(others);
                before.putAll(present);
                Map<String, RuleRecord> together = new LinkedHashMap<>(others);
                together.putAll(own);
                own = new LinkedHashMap<>(RuleEdits.decide(
                                before,
                                together,
                                records -> RuleCheck.of(records, levels).errors())
                        .inForce());
                own.keySet().removeAll(others.keySet());
                check = check(others, own, levels);
            }
            Map<String, RuleRecord> changes = changes(pack, raw, own);
            Optional<Publication> publication =
                    publication(pack, own, check.rules(), changes, topic.publications(), author);
            if (!errors && publication.isPresent()) {
                Checked checked = gate.check(check.rules());
                problems.addAll(checked.problems());
                errors = checked.problems().stream().anyMatch(Problem::isError);
                publication = publication.map(each -> each.withTested(checked.tested()));
            }
            if (errors && mode != Mode.KEEP_OLD) {
                publication = Optional.empty();
            } else if (mode != Mode.COMPARE && publication.isPresent()) {
                Optional<Publication> before =
                        Optional.ofNullable(topic.publications().newest().get(pack.name()));
                RuleWriter.write(
                        bootstrapServers,
                        changes,
                        publication.get(),
                        author.key(),
                        () -> lookAgain(topic, pack, before, raw, changes.keySet()));
                confirm(topic, publication.get());
            }
            List<String> written = new ArrayList<>();
            List<String> removed = new ArrayList<>();
            changes.forEach((key, record) -> (record == null ? removed : written).add(key));
            return new Outcome(written, removed, own.size() - written.size(), problems, publication);
        }
    }

    private static RuleCheck check(Map<String, RuleRecord> others, Map<String, RuleRecord> own, int levels) {
        List<RuleRecord> together = new ArrayList<>(others.values());
        together.addAll(own.values());
        return RuleCheck.of(together, levels);
    }

    /** Of the pack, what the newest publication stands for: what anybody else wrote must not be signed along. */
    private static Map<String, RuleRecord> vouchedFor(Pack pack, Map<String, RuleRecord> trusted) {
        Map<String, RuleRecord> vouched = new LinkedHashMap<>();
        trusted.forEach((key, record) -> {
            if (isOf(pack, record)) {
                vouched.put(key, record.inPack(pack.name()));
            }
        });
        return vouched;
    }

    private static boolean isOf(Pack pack, RuleRecord record) {
        return record.pack().equals(pack.name())
                || (pack.alone() && record.pack().isEmpty());
    }

    /** What other packs have in the topic. Documents of no pack give way to the pack's own. */
    static Map<String, RuleRecord> others(
            Pack pack, Map<String, RuleRecord> trusted, Map<String, RuleRecord> own, List<Problem> problems) {
        Map<String, RuleRecord> others = new LinkedHashMap<>();
        trusted.forEach((key, record) -> {
            RuleRecord mine = own.get(key);
            if (!isOf(pack, record) && (mine == null || !record.pack().isEmpty())) {
                others.put(key, record);
                if (mine != null) {
                    own.remove(key);
                    problems.add(Problem.error(
                            new Location(mine.file(), mine.line(), 1),
                            "duplicate-id",
                            "the id '" + key + "' is one of the pack '" + record.pack() + "'",
                            "give one of the two another, or publish them as one pack"));
                }
            }
        });
        return others;
    }

    /** Without the errors that other packs had before, for which nobody can do anything here. */
    private static List<Problem> news(
            RuleCheck check, Map<String, RuleRecord> trusted, Map<String, RuleRecord> own, int levels) {
        List<Problem> problems = check.problems();
        if (problems.stream().allMatch(problem -> isPlaceOfAny(own, problem))) {
            return problems;
        }
        Set<String> known = RuleCheck.of(trusted.values(), levels).problems().stream()
                .map(RuleEdits::what)
                .collect(Collectors.toSet());
        return problems.stream()
                .filter(problem -> isPlaceOfAny(own, problem) || !known.contains(RuleEdits.what(problem)))
                .toList();
    }

    private static boolean isPlaceOfAny(Map<String, RuleRecord> records, Problem problem) {
        return records.values().stream().anyMatch(record -> record.isPlaceOf(problem));
    }

    /** Empty if the newest one that counts says just this. */
    private static Optional<Publication> publication(
            Pack pack,
            Map<String, RuleRecord> own,
            RuleSet rules,
            Map<String, RuleRecord> changes,
            PublicationLog publications,
            Author author) {
        Map<String, RuleInfo> byId = new HashMap<>();
        rules.byName().values().forEach(rule -> byId.put(rule.info().id(), rule.info()));
        List<Publication.Document> documents = new ArrayList<>();
        own.forEach((key, record) -> {
            RuleInfo rule = byId.get(key);
            documents.add(new Publication.Document(
                    key,
                    Publication.sha256(record.text()),
                    rule == null ? record.name() : rule.name(),
                    rule == null ? "" : rule.version(),
                    rule == null ? "" : rule.status()));
        });
        Publication newest = publications.newest().get(pack.name());
        boolean same = newest == null
                ? documents.isEmpty() && changes.isEmpty()
                : changes.isEmpty()
                        && !publications.refusals().containsKey(pack.name())
                        && isSignedBy(author, publications.signer(pack.name()))
                        && Set.copyOf(documents).equals(Set.copyOf(newest.documents()));
        if (same) {
            return Optional.empty();
        }
        long number = publications.next(pack.name());
        if (number > Publication.LAST_NUMBER) {
            throw new KafkaException("the pack '" + pack.name()
                    + "' has been published with the last number that there is, " + Publication.LAST_NUMBER
                    + ": publish it under another name ('hinomi rules published' says by whom)");
        }
        return Optional.of(new Publication(
                pack.name(),
                number,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                author.name(),
                author.product(),
                author.comment(),
                Publication.Tested.NOT,
                documents));
    }

    /** Otherwise the same is published again, so that a key that is going to be removed vouches for nothing any more. */
    private static boolean isSignedBy(Author author, String keyId) {
        return author.key().map(key -> key.verifying().id().equals(keyId)).orElse(true);
    }

    /** Checking and testing a pack takes a while, in which somebody else may have published it. */
    private static void lookAgain(
            RuleTopic topic,
            Pack pack,
            Optional<Publication> before,
            Map<String, RuleRecord> raw,
            Set<String> changed) {
        topic.catchUp(TIMEOUT);
        Optional<Publication> now =
                Optional.ofNullable(topic.publications().newest().get(pack.name()));
        if (!now.equals(before)) {
            throw new PublishedMeanwhileException(
                    "'" + now.map(Publication::by).orElse("?") + "' published the pack '"
                            + pack.name() + "' (" + now.map(Publication::label).orElse("nothing")
                            + ") while this was being checked; nothing was written: look at 'hinomi rules published', then publish again");
        }
        Map<String, RuleRecord> present = topic.records();
        for (String key : changed) {
            if (!Objects.equals(present.get(key), raw.get(key))) {
                throw new PublishedMeanwhileException("somebody wrote the rule '" + key + "' of the pack '"
                        + pack.name() + "' while this was being checked; nothing was written: publish again");
            }
        }
    }

    /** Reads what was written, as the job will: of two who publish at the same time one is told so. */
    static void confirm(RuleTopic topic, Publication publication) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        topic.catchUp(TIMEOUT);
        // The broker lets a transaction be read a moment after it was committed.
        while (true) {
            Publication newest = topic.publications().newest().get(publication.pack());
            if (publication.equals(newest)) {
                return;
            }
            if (newest != null && newest.number() >= publication.number()) {
                throw new KafkaException("somebody else published the pack '" + publication.pack()
                        + "' at the same time, and " + newest.label() + " of '" + newest.by()
                        + "' counts: look at 'hinomi rules published', then publish again");
            }
            if (System.nanoTime() > deadline) {
                throw new KafkaException(
                        "the publication " + publication.label() + " was written, but cannot be read within "
                                + TIMEOUT.toSeconds() + " s: look at 'hinomi rules published'");
            }
            topic.poll(Duration.ofMillis(100));
        }
    }

    /** The documents of the files by key; of what cannot be read, what the topic has. */
    private static Map<String, RuleRecord> wanted(Pack pack, Map<String, RuleRecord> present, List<Problem> problems) {
        Map<String, RuleRecord> wanted = new LinkedHashMap<>();
        TreeSet<String> unreadable = new TreeSet<>();
        for (Path path : pack.paths()) {
            List<Problem> found = new ArrayList<>();
            List<Path> files = RuleReader.files(List.of(path), found::add);
            if (files.isEmpty()) {
                // An empty folder is rather one that is not mounted than a wish to go without rules.
                unreadable.add(path.toString());
                problems.addAll(found);
            }
            for (Path file : files) {
                for (RuleRecord record : RuleFiles.documents(file, problem -> {
                    unreadable.add(problem.file());
                    problems.add(problem);
                })) {
                    add(record.inPack(pack.name()), wanted, problems);
                }
            }
        }
        present.forEach((key, record) -> {
            if (!wanted.containsKey(key)
                    && unreadable.stream()
                            .anyMatch(place -> record.file().equals(place)
                                    || record.file().startsWith(place + java.io.File.separator))) {
                wanted.put(key, record);
            }
        });
        return wanted;
    }

    private static void add(RuleRecord record, Map<String, RuleRecord> wanted, List<Problem> problems) {
        if (Publication.isKey(record.key())) {
            problems.add(Problem.error(
                    new Location(record.file(), record.line(), 1),
                    "bad-id",
                    "the id '" + record.key() + "' begins as those of publications do",
                    "give it another"));
            return;
        }
        RuleRecord first = wanted.putIfAbsent(record.key(), record);
        if (first != null) {
            problems.add(Problem.error(
                    new Location(record.file(), record.line(), 1),
                    "duplicate-id",
                    "the id '" + record.key() + "' is taken by " + first.file() + ":" + first.line(),
                    "give one of the two another; until then only the first is used"));
        }
    }

    /** What has to be written, by key; null for a tombstone. Removals last, so that nothing refers to them by then. */
    private static Map<String, RuleRecord> changes(
            Pack pack, Map<String, RuleRecord> raw, Map<String, RuleRecord> own) {
        Map<String, RuleRecord> changes = new LinkedHashMap<>();
        own.forEach((key, record) -> {
            if (!record.equals(raw.get(key))) {
                changes.put(key, record);
            }
        });
        raw.forEach((key, record) -> {
            if (isOf(pack, record) && !own.containsKey(key)) {
                changes.put(key, null);
            }
        });
        return changes;
    }
}
