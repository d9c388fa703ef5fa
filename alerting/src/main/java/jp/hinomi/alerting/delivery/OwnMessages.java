package jp.hinomi.alerting.delivery;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts messages into the outbox that are not the notice of an alert: tests of channels, reminders of reports, hand-overs of duty.
 * Thread-safe.
 */
public final class OwnMessages {
    private final JdbcClient jdbc;

    public OwnMessages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param kind the word in records
     * @param cause why it is sent, as a word in records
     * @param about the word in records for what it is about; may be empty
     * @param key what has it already is not sent again
     * @param tlp the label of what it carries
     * @param reasons why this contact gets it
     * @param patience how long it is tried
     */
    public record Draft(
            String kind,
            String cause,
            String about,
            String key,
            City.ContactOf to,
            Channel channel,
            Tlp tlp,
            List<Bilingual> reasons,
            Duration patience) {
        public Draft {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(channel, "channel");
            reasons = List.copyOf(reasons);
        }

        /** {@code ja} or {@code en}. */
        public String language() {
            return "ja".equals(to.stakeholder().locale()) ? "ja" : "en";
        }
    }

    /** Writes the message of a delivery, whose number it may name. */
    @FunctionalInterface
    public interface Words {
        String write(long delivery);
    }

    /** Its number; empty if there is one of that key. Belongs into a transaction of the caller: no half message is sent. */
    public Optional<Long> add(Draft draft, Instant now, Words words) {
        Optional<Long> added = jdbc.sql("""
                insert into delivery (idempotency_key, kind, cause, rule_id, stakeholder_id, contact_id,
                    channel_type, address, secret_ref, language, zone, tlp_applied, disclosure, reasons, state,
                    next_attempt_at, deadline, created_at)
                values (:key, :kind, :cause, :about, :stakeholder, :contact, :type, :address, :secret, :language,
                    :zone, :tlp, 'notice-only', cast(:reasons as json), 'pending', :now, :deadline, :now)
                on conflict do nothing returning id""")
                .param("key", Columns.text(draft.key()))
                .param("kind", draft.kind())
                .param("cause", draft.cause())
                .param("about", draft.about())
                .param(
                        "reasons",
                        Columns.json(
                                draft.reasons().stream().map(Decisions::json).toList()))
                .param("stakeholder", draft.to().stakeholder().id())
                .param("contact", draft.to().contact().id())
                .param("type", draft.channel().type())
                .param("address", draft.channel().address())
                .param(
                        "secret",
                        draft.channel() instanceof Channel.Webhook webhook
                                ? webhook.secret().orElse(null)
                                : null,
                        Types.VARCHAR)
                .param("language", draft.language())
                .param("zone", draft.to().contact().zone().getId())
                .param("tlp", draft.tlp().ordinal())
                .param("deadline", Columns.time(now.plus(draft.patience())))
                .param("now", Columns.time(now))
                .query(Long.class)
                .optional();
        added.ifPresent(id -> jdbc.sql("update delivery set message = cast(:message as json) where id = :id")
                .param("message", words.write(id))
                .param("id", id)
                .update());
        return added;
    }
}
