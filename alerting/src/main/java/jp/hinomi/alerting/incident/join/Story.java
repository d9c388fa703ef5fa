package jp.hinomi.alerting.incident.join;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import jp.hinomi.events.Tlp;

/**
 * A live incident as far as joining needs to know it.
 *
 * @param opened when somebody opened it
 * @param parties who has a part in it
 * @param hasWordsForAll whether somebody wrote an entry that everybody with a part may read
 * @param alerts how many it has
 * @param wasThere whether the newcomer was a part of it once and somebody took it out, or said that it does not belong
 */
public record Story(
        long incident,
        Instant opened,
        Tlp tlp,
        Set<String> parties,
        boolean hasWordsForAll,
        int alerts,
        boolean wasThere) {
    public Story {
        Objects.requireNonNull(opened, "opened");
        Objects.requireNonNull(tlp, "tlp");
        parties = Set.copyOf(parties);
    }
}
