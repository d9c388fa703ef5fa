package jp.hinomi.alerting.suppress;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import jp.hinomi.alerting.routing.Bilingual;

/**
 * Why a notice waits.
 *
 * @param key what is held together, and told together when it is over
 * @param reason for people
 * @param until when what is held is told, if it is still open then
 */
public record Hold(Kind kind, String key, Bilingual reason, Instant until) {
    private static final String MARK = "hold:";

    public enum Kind {
        SILENCE,
        MAINTENANCE,
        INHIBITED,
        STORM,
        RATE,
        GROUPED,
        /** Told before, and to be told again. */
        REPEAT,
        /** Too many of one rule. */
        RULE;

        /** The word in records: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Hold {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(until, "until");
    }

    /** The inbox of what is held for that reason: unlike the id of any rule. */
    static String inbox(Kind kind, String what) {
        return MARK + kind.word() + ":" + what;
    }

    /** Where what was filed there is put together to be told again. */
    public static String inboxOfRepeated(String inbox) {
        return inbox(Kind.REPEAT, whatOf(inbox));
    }

    /** What an inbox collects, without its kind: the number of a silence, a group, a rule. */
    public static String whatOf(String inbox) {
        Kind kind = kindOf(inbox);
        String mark = MARK + kind.word() + ":";
        return inbox.startsWith(mark) ? inbox.substring(mark.length()) : inbox;
    }

    /** What may be said of an inbox to anybody: its kind, and the rule if it is one. A group's name holds values of logs. */
    public static String nameOf(String inbox) {
        Kind kind = kindOf(inbox);
        return kind == Kind.RULE ? kind.word() + ":" + whatOf(inbox) : kind.word();
    }

    /** Which kind an inbox is of. */
    public static Kind kindOf(String inbox) {
        for (Kind kind : Kind.values()) {
            if (inbox.startsWith(MARK + kind.word() + ":")) {
                return kind;
            }
        }
        return Kind.RULE;
    }
}
