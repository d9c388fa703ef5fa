package jp.hinomi.alerting.triage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an alert was judged: the names and numbers of {@code verdict_id} in OCSF's Detection Finding and Incident Finding. */
public enum Verdict {
    TRUE_POSITIVE(2),
    FALSE_POSITIVE(1),
    BENIGN(5),
    SUSPICIOUS(4),
    SECURITY_RISK(8),
    DISREGARD(3),
    TEST(6),
    INSUFFICIENT_DATA(7),
    MANAGED_EXTERNALLY(9),
    DUPLICATE(10);

    private final int ocsf;

    Verdict(int ocsf) {
        this.ocsf = ocsf;
    }

    public int ocsf() {
        return ocsf;
    }

    /** {@code false-positive}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Verdict> ofWord(String word) {
        return Arrays.stream(values())
                .filter(verdict -> verdict.word().equals(word))
                .findFirst();
    }
}
