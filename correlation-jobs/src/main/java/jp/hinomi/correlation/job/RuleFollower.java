package jp.hinomi.correlation.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import jp.hinomi.city.City;
import jp.hinomi.correlation.live.NeededSources;
import jp.hinomi.correlation.live.Printable;
import jp.hinomi.correlation.live.Publication;
import jp.hinomi.correlation.live.PublicationLog;
import jp.hinomi.correlation.live.RuleCheck;
import jp.hinomi.correlation.live.RuleEdits;
import jp.hinomi.correlation.live.RuleRecord;
import jp.hinomi.correlation.live.RuleTopic;
import jp.hinomi.correlation.live.TrustedKeys;
import jp.hinomi.correlation.live.TrustedRecords;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.RuleInfo;
import jp.hinomi.rules.RuleSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic {@code rules} in a thread of its own: reads, checks and compiles each change there, so that no event
 * waits for it, and only then lets the operators see it. What cannot run is logged, and its old version stays in force.
 */
final class RuleFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleFollower.class);

    private static final Duration CATCH_UP = Duration.ofSeconds(50);
    private static final Duration POLL = Duration.ofMillis(500);

    /** Records of one publication come together: they are taken over when none has come for so long. */
    private static final Duration QUIET = Duration.ofMillis(200);

    private static final Duration LONGEST_BATCH = Duration.ofSeconds(5);
    private static final long RETRY_MILLIS = 2_000;

    private final String bootstrapServers;
    private final City city;
    private final Map<String, RuleRecord> base = new LinkedHashMap<>();
    private final int levels;
    private final TrustedKeys trust;
    private final CompletableFuture<Workspace> first = new CompletableFuture<>();
    private final Thread thread;
    private volatile Workspace newest;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile RuleTopic reading;
    private Map<String, RuleRecord> inForce = Map.of();
    private Set<Problem> told = Set.of();
    private Set<Problem> warned = Set.of();
    private Set<String> distrusted = Set.of();
    private Map<String, Publication> counted = Map.of();

    RuleFollower(String bootstrapServers, City city, List<RuleRecord> base, int levels, TrustedKeys trust) {
        this.bootstrapServers = bootstrapServers;
        this.city = city;
        this.trust = trust;
        base.forEach(record -> this.base.putIfAbsent(record.key(), record));
        this.levels = levels;
        this.thread = new Thread(this::run, "hinomi-rules");
        thread.setDaemon(true);
        // Kafka and Esper find their classes where the job's are, also on a cluster that loads those apart.
        thread.setContextClassLoader(RuleFollower.class.getClassLoader());
        thread.start();
    }

    /**
     * Waits until the topic has been read up to its end for the first time.
     *
     * @throws IllegalStateException if that fails or takes too long; the message says what to look at
     */
    void await(Duration atMost) {
        try {
            first.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("no rules: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "no rules within " + atMost.toSeconds() + " s: does Kafka at " + bootstrapServers + " answer?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the rules", e);
        }
    }

    Workspace newest() {
        return newest;
    }

    private void run() {
        if (!trust.isRequired()) {
            LOG.warn(
                    "The city trusts no keys (rule-keys in city.yaml): who may write to the topic 'rules' decides what is"
                            + " detected.");
        }
        boolean failing = false;
        while (!isClosed()) {
            try (RuleTopic topic = new RuleTopic(bootstrapServers, trust)) {
                reading = topic;
                topic.publications().remember(counted);
                topic.catchUp(CATCH_UP);
                failing = false;
                apply(topic);
                follow(topic);
            } catch (RuntimeException e) {
                if (!first.isDone()) {
                    first.completeExceptionally(e);
                    return; // the operators fail, and the next ones make a new follower
                }
                if (!failing && !isClosed()) {
                    failing = true;
                    LOG.warn("Cannot follow the rules; those in force stay so, and it is tried again.", e);
                }
                pause();
            }
        }
    }

    private void follow(RuleTopic topic) {
        while (!isClosed()) {
            if (topic.poll(POLL)) {
                long deadline = System.nanoTime() + LONGEST_BATCH.toNanos();
                while (!isClosed() && (topic.poll(QUIET) || !topic.isAtEnd()) && System.nanoTime() < deadline) {
                    // more of the same publication
                }
                apply(topic);
            }
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void apply(RuleTopic topic) {
        TrustedRecords.Decision trusted = TrustedRecords.decide(topic.records(), topic.publications(), inForce);
        counted = topic.publications().newest();
        Map<String, RuleRecord> wanted = new LinkedHashMap<>(base);
        wanted.putAll(trusted.records());
        List<RefusedRule> packs = new ArrayList<>();
        topic.publications().refusals().forEach((pack, reason) -> packs.add(RefusedRule.ofPack(pack, reason)));
        RuleEdits.Decision decision = RuleEdits.decide(
                inForce, wanted, records -> RuleCheck.of(records, levels).errors());
        Workspace before = newest;
        if (before == null || !decision.inForce().equals(inForce)) {
            RuleCheck check = RuleCheck.of(decision.inForce().values(), levels);
            Workspace next = new Workspace(
                    Optional.of(city),
                    check.rules(),
                    check.correlations(),
                    refused(wanted, decision, trusted.refusals(), packs, check.rules()));
            next.compile();
            inForce = decision.inForce();
            newest = next;
            first.complete(next);
            LOG.info(
                    "{}",
                    before == null
                            ? "Rules in force: " + next.rules().byName().size()
                            : changes(before.rules(), next.rules()));
        } else {
            List<RefusedRule> refused = refused(wanted, decision, trusted.refusals(), packs, before.rules());
            if (!refused.equals(before.refused())) {
                newest = before.withRefused(refused);
            }
        }
        tell(decision.errors());
        distrust(trusted, topic.publications());
        warn(NeededSources.check(newest.rules(), city));
    }

    /** Whose newest text, or any, is not in force, and why. */
    private static List<RefusedRule> refused(
            Map<String, RuleRecord> wanted,
            RuleEdits.Decision decision,
            List<TrustedRecords.Refusal> distrusted,
            List<RefusedRule> packs,
            RuleSet inForce) {
        Map<String, RuleInfo> byId = new HashMap<>();
        inForce.byName().values().forEach(rule -> byId.put(rule.info().id(), rule.info()));
        List<RefusedRule> refused = new ArrayList<>();
        wanted.forEach((key, record) -> {
            String reason = decision.errors().stream()
                    .filter(record::isPlaceOf)
                    .map(Problem::toString)
                    .collect(Collectors.joining("\n"));
            if (!reason.isEmpty()) {
                refused.add(refused(byId.get(key), key, record.name(), reason));
            }
        });
        distrusted.forEach(each -> refused.add(refused(byId.get(each.key()), each.key(), each.name(), each.reason())));
        refused.addAll(packs);
        return refused;
    }

    private static RefusedRule refused(RuleInfo running, String key, String name, String reason) {
        return running == null
                ? new RefusedRule(name, Printable.name(key), "", reason)
                : new RefusedRule(running.name(), key, running.version(), reason);
    }

    /** Says each once: somebody may be at work who should not be. */
    private void distrust(TrustedRecords.Decision trusted, PublicationLog publications) {
        Set<String> now = new LinkedHashSet<>();
        trusted.refusals().forEach(each -> now.add(each.name() + ": " + each.reason()));
        now.addAll(publications.refusals().values());
        now.stream()
                .filter(each -> !distrusted.contains(each))
                .forEach(each -> LOG.error("Not taken over; what was in force stays so: {}", each));
        distrusted = now;
    }

    private void tell(List<Problem> errors) {
        errors.stream()
                .filter(problem -> !told.contains(problem))
                .forEach(problem -> LOG.error("Not taken over; what was in force stays so: {}", problem));
        told = new HashSet<>(errors);
    }

    private void warn(List<Problem> warnings) {
        warnings.stream().filter(problem -> !warned.contains(problem)).forEach(problem -> LOG.warn("{}", problem));
        warned = new HashSet<>(warnings);
    }

    private static String changes(RuleSet before, RuleSet after) {
        Set<String> added = new HashSet<>(after.byName().keySet());
        added.removeAll(before.byName().keySet());
        Set<String> removed = new HashSet<>(before.byName().keySet());
        removed.removeAll(after.byName().keySet());
        List<String> changed = after.byName().entrySet().stream()
                .filter(rule -> before.byName().containsKey(rule.getKey())
                        && !before.byName()
                                .get(rule.getKey())
                                .info()
                                .version()
                                .equals(rule.getValue().info().version()))
                .map(Map.Entry::getKey)
                .toList();
        return "Rules in force: " + after.byName().size() + "; added " + added + ", changed " + changed + ", removed "
                + removed;
    }

    @Override
    public void close() {
        closing.countDown();
        RuleTopic topic = reading;
        if (topic != null) {
            topic.wakeUp();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
