package jp.hinomi.alerting.report;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import jp.hinomi.city.report.ReportForm;
import jp.hinomi.city.report.Stage;

/**
 * A report as it is kept.
 *
 * @param recipient see {@link Recipient#id}
 * @param seq counts what was submitted on this form to this recipient, from 1; absent before
 * @param revision grows with every edit, so that two people do not overwrite each other
 * @param fields by id, in the order of the form
 * @param filled what had been filled into them
 * @param diffFrom the report that this one is compared with
 * @param corrects the report that this one takes the place of
 * @param sha256 of the document, which is what was submitted
 */
public record Report(
        long id,
        long incident,
        ReportForm form,
        String recipient,
        String language,
        Stage stage,
        OptionalInt seq,
        State state,
        int revision,
        Map<String, String> fields,
        Map<String, String> filled,
        Optional<Long> diffFrom,
        Optional<Long> corrects,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        Optional<Submission> submission,
        Optional<Ending> ending) {
    public enum State {
        DRAFT,
        DISCARDED,
        SUBMITTED,
        /** Another took its place. */
        CORRECTED,
        WITHDRAWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public record Submission(String by, Instant at, String sha256) {}

    /** Why it counts no more. */
    public record Ending(String by, Instant at, String reason) {}

    public Report {
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(recipient, "recipient");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(state, "state");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        filled = Collections.unmodifiableMap(new LinkedHashMap<>(filled));
    }

    public boolean isDraft() {
        return state == State.DRAFT;
    }

    String object() {
        return "report:" + id;
    }
}
