package jp.hinomi.alerting.incident.work;

import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.incident.Fingerprint;
import jp.hinomi.alerting.triage.Verdict;

/**
 * What people found out about an incident as a whole.
 *
 * @param verdict as in OCSF's Incident Finding
 * @param entryPath how whoever did it came in
 * @param mergedInto number of the incident that its alerts went to
 */
public record Judgement(Optional<Verdict> verdict, String entryPath, Optional<String> mergedInto) {
    public static final int ENTRY_PATH = 4000;

    public Judgement {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(mergedInto, "mergedInto");
        if (entryPath.length() > ENTRY_PATH) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.ENTRY_PATH_LONG, ENTRY_PATH);
        }
    }

    /** Tells one from another, for whoever asks whether it is still the one that was read. */
    public String fingerprint() {
        return Fingerprint.of(verdict.map(Verdict::word).orElse(""), entryPath);
    }
}
