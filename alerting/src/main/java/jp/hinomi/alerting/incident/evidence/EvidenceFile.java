package jp.hinomi.alerting.incident.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.events.Tlp;

/**
 * A file of an incident. Its bytes are never changed and never deleted.
 *
 * @param size in bytes
 * @param sha256 in hex, of the bytes as they came
 * @param givenTo ids of the stakeholders that may have it as far as their clearance goes; none = the promoter's own people
 */
public record EvidenceFile(
        long id,
        long incident,
        String name,
        long size,
        String sha256,
        Tlp tlp,
        List<String> givenTo,
        String note,
        String addedBy,
        Instant addedAt,
        Optional<Withdrawal> withdrawal) {
    public record Withdrawal(String by, Instant at, String reason) {}

    public EvidenceFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(tlp, "tlp");
        Objects.requireNonNull(withdrawal, "withdrawal");
        givenTo = List.copyOf(givenTo);
    }

    public boolean isWithdrawn() {
        return withdrawal.isPresent();
    }
}
