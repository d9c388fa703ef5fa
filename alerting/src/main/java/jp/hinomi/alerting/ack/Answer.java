package jp.hinomi.alerting.ack;

import java.util.Locale;
import java.util.Optional;

/** What somebody who was told can answer. */
public enum Answer {
    /** They have seen it and act. */
    ACK,
    /** Somebody else is responsible. */
    NOT_OURS,
    /** They have seen it and cannot do it alone: the next step is told at once. */
    HELP,
    /** The city's own take it: nobody else is asked any more. Of an account that may. */
    TAKE_OVER;

    /** The word in forms, in the database and in JSON: {@code not-ours}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Answer> ofWord(String word) {
        for (Answer answer : values()) {
            if (answer.word().equals(word)) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }
}
