package jp.hinomi.alerting.escalation;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.routing.Bilingual;

/**
 * One contact of a step that was told, or would have been.
 *
 * @param step counts from 0
 * @param via the schedule that named the contact; absent if the step names it itself
 * @param reason why it was passed over, or cannot be reached
 * @param toldAt when the first of its messages is sent
 * @param answerBy absent = it has all the time there is
 */
public record Target(
        int step,
        String contact,
        String stakeholder,
        Optional<String> via,
        State state,
        Optional<Bilingual> reason,
        Instant toldAt,
        Optional<Instant> answerBy,
        Optional<Instant> answeredAt) {
    public enum State {
        /** Told, and to answer. */
        WAITING,
        ACKNOWLEDGED,
        /** It has seen it and cannot do it alone. */
        HELP,
        /** It said that somebody else is responsible. */
        NOT_OURS,
        /** It said so, and the map has nobody else: its part is open. */
        ORPHANED,
        /** Nothing that was sent to it can arrive. */
        UNREACHABLE,
        /** It was not to be told now: off call, gone from the map, without a channel, or of an organisation that said no. */
        PASSED;

        /** The word in the database and in JSON: {@code not-ours}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static State ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public Target {
        Objects.requireNonNull(contact, "contact");
        Objects.requireNonNull(stakeholder, "stakeholder");
        Objects.requireNonNull(via, "via");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(toldAt, "toldAt");
        Objects.requireNonNull(answerBy, "answerBy");
        Objects.requireNonNull(answeredAt, "answeredAt");
    }

    /** Whether an answer of it may still come. */
    boolean canAnswer() {
        return state == State.WAITING;
    }

    /** Whether it counts where everybody has to answer. */
    boolean isAsked() {
        return state != State.PASSED && state != State.NOT_OURS;
    }
}
