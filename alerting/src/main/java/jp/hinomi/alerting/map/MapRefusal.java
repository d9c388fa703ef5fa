package jp.hinomi.alerting.map;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Why a change of the map is not made; nothing was changed. */
public final class MapRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Each has its words in the texts under {@code map.refused.}. */
    public enum Why {
        /** There is no version of that number. */
        UNKNOWN,
        /** It is no draft any more: approved, or withdrawn. */
        NOT_A_DRAFT,
        /** Who made it wants to approve it. */
        OWN_DRAFT,
        /** Somebody else wants to change it. */
        NOT_YOURS,
        /** Another version came into force since it was begun. */
        OUTDATED,
        /** Another version came into force while the change was written. */
        OVERTAKEN,
        /** It is not what was looked at any more. */
        CHANGED,
        /** It says the same as the version in force. */
        SAME,
        /** A draft needs words on why. */
        NO_REASON;

        /** The word in texts and JSON: lower case. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private final Why why;
    private final transient List<Object> details;

    public MapRefusal(Why why, String message, Object... details) {
        super(message);
        this.why = Objects.requireNonNull(why, "why");
        this.details = Stream.of(details).<Object>map(String::valueOf).toList(); // 1234, never 1,234
    }

    public Why why() {
        return why;
    }

    /** For the texts: numbers of versions, names. */
    public Object[] details() {
        return details == null ? new Object[0] : details.toArray();
    }
}
