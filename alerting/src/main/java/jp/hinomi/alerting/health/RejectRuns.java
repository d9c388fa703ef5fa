package jp.hinomi.alerting.health;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.store.Columns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has rejected records sent again from the console: what exactly is shown before, who asked for it is audited, and what became of
 * each is known. Sending happens beside the request, one run at a time in this process; others are kept off by a note in Kafka.
 * Thread-safe.
 */
public final class RejectRuns implements AutoCloseable {
    /** Records of one run; the rest in the next. */
    public static final int MOST = 10_000;

    /** A run of which nothing was heard for so long was broken off. */
    private static final Duration SILENT = Duration.ofMinutes(3);

    private static final Logger LOG = LoggerFactory.getLogger(RejectRuns.class);

    private final Optional<RejectSender> sender;
    private final String kafka;
    private final CityInForce city;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final InstantSource clock;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "alerting-rejects");
        thread.setDaemon(true);
        return thread;
    });

    /** @param sender absent = records can be sent again by command only */
    public RejectRuns(
            Optional<RejectSender> sender,
            String kafka,
            CityInForce city,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            InstantSource clock) {
        this.sender = sender;
        this.kafka = kafka;
        this.city = city;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One time that records were sent again.
     *
     * @param state {@code running}, {@code done}, {@code failed}, {@code overtaken} or {@code broken-off}
     * @param again of those that were sent, how many were rejected anew
     */
    public record Run(
            long id,
            String by,
            Instant at,
            String source,
            String kind,
            int planned,
            int sent,
            int again,
            String state,
            Optional<String> failure,
            Optional<Instant> finished) {
        public boolean isRunning() {
            return state.equals("running");
        }
    }

    public boolean isPossible() {
        return sender.isPresent();
    }

    /** @throws RuntimeException see {@link RejectSender#plan} */
    public RejectSender.Plan plan(RejectSender.Choice choice) {
        return sender.orElseThrow().plan(kafka, city.get(), choice, MOST);
    }

    /**
     * Begins to send what the preview showed; its number. Empty, and nothing is sent, if something else would be sent by now.
     *
     * @throws RuntimeException see {@link RejectSender#plan}
     */
    public Optional<Long> start(RejectSender.Choice choice, int count, String last, String actor) {
        RejectSender.Plan plan = plan(choice);
        if (plan.places().isEmpty()
                || plan.places().size() != count
                || !last(plan).equals(last)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Long id = transaction.execute(status -> {
            Long made = jdbc.sql("""
                    insert into reject_run (by_actor, at, source, kind, planned, state, heard_at)
                    values (:actor, :now, :source, :kind, :planned, 'running', :now) returning id""")
                    .param("actor", actor)
                    .param("now", Columns.time(now))
                    .param("source", Columns.text(choice.source()))
                    .param("kind", Columns.text(choice.kind()))
                    .param("planned", count)
                    .query(Long.class)
                    .single();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("source", choice.source());
            facts.put("kind", choice.kind());
            facts.put("records", count);
            facts.put("topics", plan.topics());
            audit.record(now, actor, "rejects.sent-again", "reject-run:" + made, facts);
            return made;
        });
        worker.execute(() -> run(id, choice, plan.places()));
        return Optional.of(id);
    }

    /** With the size of a plan and the time up to which it looked it stands for the whole: what is in the topic does not change. */
    public static String last(RejectSender.Plan plan) {
        RejectSender.Place place = plan.places().get(plan.places().size() - 1);
        return place.partition() + "-" + place.offset();
    }

    private void run(long id, RejectSender.Choice choice, List<RejectSender.Place> places) {
        int[] noted = {0};
        try {
            boolean sent = sender.orElseThrow().send(kafka, city.get(), choice, places, done -> {
                note(id, places.subList(noted[0], done), done);
                noted[0] = done;
            });
            end(id, sent ? "done" : "overtaken", null);
        } catch (RuntimeException e) {
            LOG.warn("Rejected records could not all be sent again (run {})", id, e);
            end(id, "failed", e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void note(long id, List<RejectSender.Place> stored, int done) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    insert into reject_again (partition, record_offset, run_id)
                    select p, o, :id from unnest(cast(:partitions as integer[]), cast(:offsets as bigint[])) as sent (p, o)
                    on conflict do nothing""")
                    .param("id", id)
                    .param(
                            "partitions",
                            stored.stream().map(RejectSender.Place::partition).toArray(Integer[]::new))
                    .param(
                            "offsets",
                            stored.stream().map(RejectSender.Place::offset).toArray(Long[]::new))
                    .update();
            jdbc.sql("update reject_run set sent = :done, heard_at = :now where id = :id")
                    .param("done", done)
                    .param("now", Columns.time(clock.instant()))
                    .param("id", id)
                    .update();
        });
    }

    private void end(long id, String state, String failure) {
        jdbc.sql("update reject_run set state = :state, failure = :failure, finished_at = :now where id = :id")
                .param("state", state)
                .param("failure", failure == null ? null : Columns.text(failure), java.sql.Types.VARCHAR)
                .param("now", Columns.time(clock.instant()))
                .param("id", id)
                .update();
    }

    private static final String RUNS = """
            select r.*, (select count(*) from reject_again s join reject n
                on n.replayed_from = 'rejects-' || s.partition || '-' || s.record_offset where s.run_id = r.id) as again
            from reject_run r
            """;

    public Optional<Run> find(long id) {
        return jdbc.sql(RUNS + "where r.id = :id")
                .param("id", id)
                .query((row, n) -> run(row))
                .optional();
    }

    /** Newest first. */
    public List<Run> newest(int limit) {
        return jdbc.sql(RUNS + "order by r.id desc limit :limit")
                .param("limit", limit)
                .query((row, n) -> run(row))
                .list();
    }

    /** A record of a run that was rejected anew. */
    public record Anew(String first, String reason, Instant at) {}

    /** Newest first. */
    public List<Anew> anew(long id, int limit) {
        return jdbc.sql("""
                select n.replayed_from, n.reason, n.at from reject_again s join reject n
                    on n.replayed_from = 'rejects-' || s.partition || '-' || s.record_offset
                where s.run_id = :id order by n.at desc, n.partition, n.record_offset limit :limit""")
                .param("id", id)
                .param("limit", limit)
                .query((row, n) ->
                        new Anew(row.getString("replayed_from"), row.getString("reason"), Columns.instant(row, "at")))
                .list();
    }

    private Run run(ResultSet row) throws SQLException {
        String state = row.getString("state");
        boolean silent = state.equals("running")
                && Columns.instant(row, "heard_at").plus(SILENT).isBefore(clock.instant());
        return new Run(
                row.getLong("id"),
                row.getString("by_actor"),
                Columns.instant(row, "at"),
                row.getString("source"),
                row.getString("kind"),
                row.getInt("planned"),
                row.getInt("sent"),
                row.getInt("again"),
                silent ? "broken-off" : state,
                Optional.ofNullable(row.getString("failure")),
                Columns.optionalInstant(row, "finished_at"));
    }

    @Override
    public void close() {
        worker.shutdown();
    }
}
