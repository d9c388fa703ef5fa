package jp.hinomi.alerting.incident;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.city.report.Circumstance;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/**
 * Alerts that belong to one story, with somebody who leads.
 *
 * @param number as people say it: {@code INC-2026-0007}
 * @param impact what it means for the city, in words
 * @param lead an account, or a contact of the city, who is reminded of deadlines
 * @param aware when the city came to know of it: deadlines count from there
 */
public record Incident(
        long id,
        String number,
        String title,
        Status status,
        Severity severity,
        Tlp tlp,
        String impact,
        Optional<String> lead,
        Set<Circumstance> circumstances,
        Instant aware,
        String openedBy,
        Instant openedAt,
        Instant updatedAt) {
    public enum Status {
        OPEN,
        CONTAINED,
        CLOSED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if it is none of them */
        public static Status ofWord(String word) {
            for (Status status : values()) {
                if (status.word().equals(word)) {
                    return status;
                }
            }
            throw new CaseworkRefusal(CaseworkRefusal.Why.NO_STATUS, word);
        }
    }

    public Incident {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(tlp, "tlp");
        Objects.requireNonNull(impact, "impact");
        Objects.requireNonNull(lead, "lead");
        Objects.requireNonNull(aware, "aware");
        circumstances = Set.copyOf(circumstances);
    }

    /** How the audit log calls it. */
    public String object() {
        return "incident:" + number;
    }
}
