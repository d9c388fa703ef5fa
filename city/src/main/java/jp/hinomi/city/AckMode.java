package jp.hinomi.city;

/** Whose answers a step of an escalation needs. */
public enum AckMode {
    /** One of those whom the step tells, or of their organisations, is enough. */
    ANY,

    /** Everybody that the step tells. */
    EACH,

    /** One of each organisation that the step tells. */
    PER_ORGANISATION;

    /** The word in files: {@code per-organisation}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException for another word */
    public static AckMode ofWord(String word) {
        for (AckMode mode : values()) {
            if (mode.word().equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("there is no acknowledgement '" + word + "'");
    }
}
