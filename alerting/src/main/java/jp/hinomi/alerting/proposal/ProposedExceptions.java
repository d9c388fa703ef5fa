package jp.hinomi.alerting.proposal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.exception.Condition;
import jp.hinomi.alerting.exception.ExceptionWish;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Proposed exceptions and what was decided of them. What the database itself refuses (the maker's own approval, a change of what
 * was made) is refused here first, with words. Thread-safe.
 */
public final class ProposedExceptions {
    private static final int MOST = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final boolean second;

    /** @param second whether somebody other than the author has to approve */
    public ProposedExceptions(JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit, boolean second) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.second = second;
    }

    /** A number for one that will be added; it is given once, used or not. */
    long next() {
        return jdbc.sql("select nextval(pg_get_serial_sequence('rule_proposal', 'id'))")
                .query(Long.class)
                .single();
    }

    ProposedException add(
            long id,
            ExceptionDraft draft,
            String text,
            ExceptionWish wish,
            ProposedException.Seen seen,
            String account,
            Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("""
                    insert into rule_proposal (id, rule_id, rule_name, alert_id, name, body, sha256, conditions, owner, reason_ja,
                        reason_en, expires, hides, worthwhile, looked, made_by, made_at, needs_second, state)
                    overriding system value
                    values (:id, :rule, :ruleName, :alert, :name, :body, :sha256, cast(:conditions as json), :owner, :ja, :en,
                        :expires, :hides, :worthwhile, :looked, :by, :now, :second, 'proposed')""")
                    .param("id", id)
                    .param("rule", draft.ruleId())
                    .param("ruleName", draft.ruleName())
                    .param("alert", draft.alert())
                    .param("name", wish.name())
                    .param("body", text)
                    .param("sha256", sha256(text))
                    .param("conditions", Columns.text(Columns.json(wish.conditions())))
                    .param("owner", Columns.text(wish.owner()))
                    .param("ja", Columns.text(wish.reason().getOrDefault("ja", "")))
                    .param("en", Columns.text(wish.reason().getOrDefault("en", "")))
                    .param("expires", wish.until())
                    .param("hides", seen.hides())
                    .param("worthwhile", seen.worthwhile())
                    .param("looked", seen.looked())
                    .param("by", account)
                    .param("now", Columns.time(now))
                    .param("second", second)
                    .update();
            record(now, account, "rule.proposed", get(id), Map.of());
            return get(id);
        }));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What waits for somebody first, then the newest: so many as a page shows. */
    public List<ProposedException> newest() {
        return newest(0, MOST);
    }

    /** In that order. @param skip those before */
    public List<ProposedException> newest(long skip, int limit) {
        return jdbc.sql("select * from rule_proposal order by state not in ('proposed', 'approved'), id desc"
                        + " limit :limit offset :skip")
                .param("limit", limit)
                .param("skip", skip)
                .query((row, number) -> row(row))
                .list();
    }

    public Optional<ProposedException> find(long id) {
        return jdbc.sql("select * from rule_proposal where id = :id")
                .param("id", id)
                .query((row, number) -> row(row))
                .optional();
    }

    /** @throws ProposalRefusal if there is none */
    public ProposedException get(long id) {
        return find(id).orElseThrow(() -> new ProposalRefusal(ProposalRefusal.Why.UNKNOWN, id));
    }

    /**
     * @param sha256 of the text that was looked at
     * @throws ProposalRefusal if it was decided before, is another text, or is the approver's own and a second person is asked for
     */
    public ProposedException approve(long id, String sha256, String note, String account, Instant now) {
        return decide(id, ProposedException.State.APPROVED, note, account, now, proposal -> {
            if (proposal.needsSecond() && proposal.madeBy().equals(account)) {
                throw new ProposalRefusal(ProposalRefusal.Why.OWN, id);
            }
            if (!proposal.sha256().equals(sha256)) {
                throw new ProposalRefusal(ProposalRefusal.Why.NOT_SEEN, id);
            }
            return proposal.state() == ProposedException.State.PROPOSED;
        });
    }

    /** Also what was approved and is not among the rules yet. @throws ProposalRefusal if it was decided before */
    public ProposedException refuse(long id, String note, String account, Instant now) {
        return decide(id, ProposedException.State.REFUSED, note, account, now, ProposedExceptions::isOpen);
    }

    /** @throws ProposalRefusal if it was decided before, or is somebody else's */
    public ProposedException withdraw(long id, String note, String account, Instant now) {
        return decide(id, ProposedException.State.WITHDRAWN, note, account, now, proposal -> {
            if (!proposal.madeBy().equals(account)) {
                throw new ProposalRefusal(ProposalRefusal.Why.NOT_YOURS, proposal.madeBy());
            }
            return isOpen(proposal);
        });
    }

    private static boolean isOpen(ProposedException proposal) {
        return proposal.state() == ProposedException.State.PROPOSED
                || proposal.state() == ProposedException.State.APPROVED;
    }

    @FunctionalInterface
    private interface Fitting {
        boolean test(ProposedException proposal);
    }

    private ProposedException decide(
            long id, ProposedException.State state, String note, String account, Instant now, Fitting fitting) {
        return Objects.requireNonNull(transaction.execute(status -> {
            ProposedException proposal = lock(id);
            if (!fitting.test(proposal)) {
                throw new ProposalRefusal(ProposalRefusal.Why.DECIDED, id);
            }
            jdbc.sql("""
                    update rule_proposal set state = :state, decided_by = :by, decided_at = :now, decision = :note
                    where id = :id""")
                    .param("state", state.word())
                    .param("by", account)
                    .param("now", Columns.time(now))
                    .param("note", Columns.text(note))
                    .param("id", id)
                    .update();
            record(now, account, "rule." + state.word(), get(id), Map.of("note", note));
            return get(id);
        }));
    }

    /**
     * Writes down that it was put among the rules; again by the same words is the same.
     *
     * @param publication label of the publication that brought it; empty if a file was written only
     * @throws ProposalRefusal if it was not approved, or the text is another
     */
    public ProposedException accept(long id, String sha256, String publication, String account, Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            ProposedException proposal = lock(id);
            if (proposal.state() == ProposedException.State.ACCEPTED) {
                return proposal;
            }
            if (proposal.state() != ProposedException.State.APPROVED) {
                throw new ProposalRefusal(ProposalRefusal.Why.NOT_APPROVED, id);
            }
            if (!proposal.sha256().equals(sha256)) {
                throw new ProposalRefusal(ProposalRefusal.Why.NOT_SEEN, id);
            }
            jdbc.sql("""
                    update rule_proposal set state = 'accepted', accepted_by = :by, accepted_at = :now,
                        publication = :publication where id = :id""")
                    .param("by", account)
                    .param("now", Columns.time(now))
                    .param("publication", Columns.text(publication))
                    .param("id", id)
                    .update();
            record(now, account, "rule.accepted", get(id), Map.of("publication", publication));
            return get(id);
        }));
    }

    private ProposedException lock(long id) {
        jdbc.sql("select id from rule_proposal where id = :id for update")
                .param("id", id)
                .query(Long.class)
                .optional();
        return get(id);
    }

    private void record(
            Instant now, String account, String action, ProposedException proposal, Map<String, String> more) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("rule", proposal.ruleName());
        facts.put("name", proposal.name());
        facts.put("sha256", proposal.sha256());
        facts.putAll(more);
        audit.record(now, "account:" + account, action, "rule-proposal:" + proposal.id(), facts);
    }

    private static ProposedException row(ResultSet row) throws SQLException {
        Map<String, String> reason = new LinkedHashMap<>();
        for (String language : List.of("ja", "en")) {
            if (!row.getString("reason_" + language).isEmpty()) {
                reason.put(language, row.getString("reason_" + language));
            }
        }
        Optional<ProposedException.Decision> decision = Optional.empty();
        if (row.getString("decided_by") != null) {
            decision = Optional.of(new ProposedException.Decision(
                    row.getString("decided_by"), Columns.instant(row, "decided_at"), row.getString("decision")));
        }
        Optional<ProposedException.Acceptance> acceptance = Optional.empty();
        if (row.getString("accepted_by") != null) {
            acceptance = Optional.of(new ProposedException.Acceptance(
                    row.getString("accepted_by"), Columns.instant(row, "accepted_at"), row.getString("publication")));
        }
        return new ProposedException(
                row.getLong("id"),
                row.getString("rule_id"),
                row.getString("rule_name"),
                row.getString("alert_id"),
                row.getString("name"),
                row.getString("body"),
                row.getString("sha256"),
                Columns.read(row.getString("conditions"), new TypeReference<List<Condition>>() {}),
                row.getString("owner"),
                reason,
                row.getObject("expires", LocalDate.class),
                new ProposedException.Seen(row.getInt("hides"), row.getInt("worthwhile"), row.getInt("looked")),
                row.getString("made_by"),
                Columns.instant(row, "made_at"),
                row.getBoolean("needs_second"),
                ProposedException.State.ofWord(row.getString("state")),
                decision,
                acceptance);
    }
}
