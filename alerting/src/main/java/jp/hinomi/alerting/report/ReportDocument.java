package jp.hinomi.alerting.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.incident.IncidentText;

/**
 * A report as it goes out, in JSON (see {@code docs/reports.md}): what the other outputs are made of, and of which the hash
 * is taken. Times are RFC 3339 in UTC.
 *
 * @param schema name and version of this layout
 * @param state {@code draft} or {@code submitted}: what became of it later stands beside it, not in it
 * @param seq 0 in a draft
 * @param submitted absent in a draft
 * @param due absent if there is no term
 * @param previous the report that this one is compared with; absent for the first
 */
public record ReportDocument(
        String schema,
        String state,
        Named city,
        About incident,
        Form form,
        String stage,
        @JsonProperty("stage_name") Map<String, String> stageName,
        int seq,
        To recipient,
        String language,
        String tlp,
        String author,
        String created,
        String submitted,
        String due,
        Previous previous,
        boolean correction,
        List<Section> sections) {
    public static final String SCHEMA = "hinomi-report/1";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public record Named(String id, Map<String, String> name) {}

    public record About(String number, String status, String aware) {}

    public record Form(String id, int version, Map<String, String> name, Map<String, String> basis) {}

    public record To(String kind, String id, Map<String, String> name) {}

    public record Previous(int seq, String stage, String submitted, String sha256) {}

    public record Section(Map<String, String> title, List<Field> fields) {}

    /**
     * @param known false where nothing is known yet
     * @param changed since {@code previous}; false in a first report
     * @param before what stood there then; empty if nothing did
     * @param filled whether nobody has touched what was filled in
     */
    public record Field(
            String id,
            Map<String, String> label,
            String value,
            boolean known,
            boolean changed,
            String before,
            boolean filled) {
        /** Whoever made it, no output carries what hides. */
        public Field {
            value = IncidentText.clean(value);
            before = IncidentText.clean(before);
        }

        FieldChange change() {
            return new FieldChange(before, value);
        }

        public List<FieldChange.Line> lines() {
            return changed
                    ? change().lines()
                    : value.lines()
                            .map(line -> new FieldChange.Line(line, false))
                            .toList();
        }

        public List<String> gone() {
            return changed ? change().gone() : List.of();
        }
    }

    /** UTF-8; the same document gives the same bytes. */
    public byte[] write() {
        try {
            return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is plain texts", e);
        }
    }

    public static ReportDocument read(byte[] bytes) {
        try {
            return JSON.readValue(new String(bytes, StandardCharsets.UTF_8), ReportDocument.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds a broken report: " + e.getOriginalMessage(), e);
        }
    }

    /** In hex. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @JsonIgnore
    public boolean isDraft() {
        return "draft".equals(state);
    }

    public List<Field> changed() {
        return sections.stream()
                .flatMap(section -> section.fields().stream())
                .filter(Field::changed)
                .toList();
    }
}
