package jp.hinomi.alerting.routing;

import java.util.Locale;
import jp.hinomi.events.Tlp;

/** How much of an alert a recipient may see. */
public enum Disclosure {
    /** Everything, evidence included. */
    FULL,
    /**
     * That something happened to what they answer for, how bad it is and what to do first; no evidence, no values from
     * logs, nobody else's resources.
     */
    NOTICE_ONLY;

    /** What somebody cleared up to {@code maxTlp} may see of an alert labelled {@code label} (TLP 2.0, FIRST). */
    public static Disclosure of(Tlp label, Tlp maxTlp) {
        return label.compareTo(maxTlp) <= 0 ? FULL : NOTICE_ONLY;
    }

    /** The word in the database and in JSON: {@code notice-only}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Disclosure ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
