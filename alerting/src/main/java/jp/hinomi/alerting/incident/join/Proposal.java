package jp.hinomi.alerting.incident.join;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * That an alert belongs to a story, and by what.
 *
 * @param hold why a person has to decide
 * @param links strongest first, never none
 */
public record Proposal(long incident, Hold hold, List<Link> links) {
    /** Why an alert does not join by itself. */
    public enum Hold {
        /** Nothing holds it: it joins. */
        NONE,
        /** They have only something in common that proves little. */
        WEAK,
        /** It joins another story that it has more in common with. */
        ANOTHER,
        /** It is more restricted than the story: who has a part could see less of it from then on. */
        RESTRICTED,
        /** Somebody would get a part who could then read what was written for those who had one before. */
        NEW_PARTY,
        /** The story has so many alerts that one more says nothing. */
        FULL,
        /** It came before the incident was opened: whoever opened it may have left it out on purpose. */
        EARLIER;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Proposal {
        Objects.requireNonNull(hold, "hold");
        links = List.copyOf(links);
        if (links.isEmpty()) {
            throw new IllegalArgumentException("nothing in common is no reason to belong together");
        }
    }

    public boolean joins() {
        return hold == Hold.NONE;
    }
}
