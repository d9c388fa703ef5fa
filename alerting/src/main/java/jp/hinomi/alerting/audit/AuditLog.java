package jp.hinomi.alerting.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The append-only, hash-chained log of who did what. Thread-safe.
 *
 * <p>Entries of a transaction are written when it commits, in one go: the chain's head is the last lock that any of our
 * transactions takes, so they queue up there for microseconds and cannot deadlock over it.
 */
public final class AuditLog {
    private final JdbcClient jdbc;

    public AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds an entry to the running transaction. {@code detail} becomes JSON. */
    public void record(Instant at, String actor, String action, String object, Map<String, ?> detail) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException("an audit entry belongs into the transaction of what it records");
        }
        pending().add(new AuditEntry(at, Columns.text(actor), action, Columns.text(object), Columns.json(detail)));
    }

    private Pending pending() {
        for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof Pending pending && pending.belongsTo(this)) {
                return pending;
            }
        }
        Pending pending = new Pending();
        TransactionSynchronizationManager.registerSynchronization(pending);
        return pending;
    }

    private final class Pending implements TransactionSynchronization {
        private final List<AuditEntry> entries = new ArrayList<>();

        void add(AuditEntry entry) {
            entries.add(entry);
        }

        boolean belongsTo(AuditLog log) {
            return AuditLog.this == log;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            append(entries);
        }
    }

    private record Head(long seq, byte[] hash) {}

    private void append(List<AuditEntry> entries) {
        Head head = jdbc.sql("select seq, hash from audit_head for update")
                .query((row, number) -> new Head(row.getLong("seq"), row.getBytes("hash")))
                .single();
        int count = entries.size();
        Long[] seqs = new Long[count];
        String[][] texts = new String[5][count];
        byte[][] previous = new byte[count][];
        byte[][] hashes = new byte[count][];
        for (int i = 0; i < count; i++) {
            AuditEntry entry = entries.get(i);
            seqs[i] = head.seq() + 1;
            texts[0][i] = Columns.time(entry.at()).toString();
            texts[1][i] = entry.actor();
            texts[2][i] = entry.action();
            texts[3][i] = entry.object();
            texts[4][i] = entry.detail();
            previous[i] = head.hash();
            hashes[i] = entry.hash(seqs[i], head.hash());
            head = new Head(seqs[i], hashes[i]);
        }
        // In one statement: a batch of alerts brings hundreds, and everybody else waits for the head meanwhile.
        jdbc.sql("""
                insert into audit_log (seq, at, actor, action, object, detail, prev_hash, hash)
                select seq, at::timestamptz, actor, action, object, detail, previous, hash
                from unnest(cast(:seqs as bigint[]), cast(:times as text[]), cast(:actors as text[]),
                    cast(:actions as text[]), cast(:objects as text[]), cast(:details as text[]),
                    cast(:previous as bytea[]), cast(:hashes as bytea[]))
                    as entry (seq, at, actor, action, object, detail, previous, hash)""")
                .param("seqs", seqs)
                .param("times", texts[0])
                .param("actors", texts[1])
                .param("actions", texts[2])
                .param("objects", texts[3])
                .param("details", texts[4])
                .param("previous", previous)
                .param("hashes", hashes)
                .update();
        jdbc.sql("update audit_head set seq = :seq, hash = :hash")
                .param("seq", head.seq())
                .param("hash", head.hash())
                .update();
    }

    /**
     * @param broken number of the first row that does not follow from the one before it; absent = the log is whole
     * @param rewritten number of the first row whose hash is not the expected one
     */
    public record Verification(long rows, Optional<Long> broken, Optional<Long> rewritten) {}

    private record Row(long seq, AuditEntry entry, byte[] previous, byte[] hash) {}

    /** Recomputes the whole chain, from the first row to the head. Reads in pages; safe while others write. */
    public Verification verify() {
        return verify(Map.of());
    }

    /** @param expected hashes that some rows must have, in hex */
    Verification verify(Map<Long, String> expected) {
        Long rewritten = null;
        Head end = jdbc.sql("select seq, hash from audit_head")
                .query((row, number) -> new Head(row.getLong("seq"), row.getBytes("hash")))
                .single();
        byte[] previous = new byte[32];
        for (long seq = 0; seq < end.seq(); ) {
            List<Row> page = page(seq);
            if (page.isEmpty()) {
                return new Verification(end.seq(), Optional.of(seq + 1), Optional.ofNullable(rewritten));
            }
            for (Row row : page) {
                seq++;
                boolean follows = row.seq() == seq
                        && Arrays.equals(row.previous(), previous)
                        && Arrays.equals(row.hash(), row.entry().hash(seq, previous));
                if (!follows) {
                    return new Verification(end.seq(), Optional.of(seq), Optional.ofNullable(rewritten));
                }
                previous = row.hash();
                if (rewritten == null
                        && expected.containsKey(seq)
                        && !expected.get(seq).equals(HexFormat.of().formatHex(previous))) {
                    rewritten = seq;
                }
                if (seq == end.seq()) {
                    break;
                }
            }
        }
        boolean whole = Arrays.equals(previous, end.hash());
        return new Verification(
                end.seq(), whole ? Optional.empty() : Optional.of(end.seq()), Optional.ofNullable(rewritten));
    }

    private List<Row> page(long after) {
        return jdbc.sql("""
                select seq, at, actor, action, object, detail, prev_hash, hash
                from audit_log where seq > :after order by seq limit 1000""")
                .param("after", after)
                .query((row, number) -> new Row(
                        row.getLong("seq"),
                        new AuditEntry(
                                Columns.instant(row, "at"),
                                row.getString("actor"),
                                row.getString("action"),
                                row.getString("object"),
                                row.getString("detail")),
                        row.getBytes("prev_hash"),
                        row.getBytes("hash")))
                .list();
    }

    /** What happened to one object, oldest first; not who looked at it. */
    public List<AuditEntry> of(String object) {
        return jdbc.sql("select at, actor, action, object, detail from audit_log"
                        + " where object = :object and action <> :looks order by seq")
                .param("object", object)
                .param("looks", EvidenceLooks.ACTION)
                .query((row, number) -> new AuditEntry(
                        Columns.instant(row, "at"),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("object"),
                        row.getString("detail")))
                .list();
    }
}
