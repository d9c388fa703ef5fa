package jp.hinomi.ingest.decode;

/**
 * How a format is told from the others at sight; each decoder declares its own. Used by the format {@code auto} only.
 * Stateless and thread-safe, and cheap: it looks at the beginning of a record and decodes nothing.
 */
@FunctionalInterface
public interface Signature {
    /** How much a record looks like one of the format. */
    enum Likeness {
        NONE,
        /** Other formats look like this too. */
        POSSIBLE,
        /** Hardly another format looks like this. */
        LIKELY,
        /** No other format looks like this: at most one format may say so of a record. */
        CERTAIN
    }

    /** Of formats that only configuration can choose. */
    Signature NEVER = glance -> Likeness.NONE;

    Likeness of(Glance glance);

    /** The more certain of the two. */
    default Signature or(Signature other) {
        return glance -> {
            Likeness mine = of(glance);
            if (mine == Likeness.CERTAIN) {
                return mine;
            }
            Likeness theirs = other.of(glance);
            return theirs.compareTo(mine) > 0 ? theirs : mine;
        };
    }

    /** Certain if one of these programs wrote the message, as its syslog header says. */
    static Signature programs(String... names) {
        return glance -> glance.programIsOneOf(names) ? Likeness.CERTAIN : Likeness.NONE;
    }

    /** Certain if the message, after a syslog header, begins with one of these. */
    static Signature begins(String... beginnings) {
        return glance -> {
            for (String beginning : beginnings) {
                if (glance.begins(beginning)) {
                    return Likeness.CERTAIN;
                }
            }
            return Likeness.NONE;
        };
    }

    /** Certain if the message is a JSON object that has all these members; see {@link Glance#has}. */
    static Signature members(String... names) {
        return glance -> {
            for (String name : names) {
                if (!glance.has(name)) {
                    return Likeness.NONE;
                }
            }
            return Likeness.CERTAIN;
        };
    }
}
