package jp.hinomi.alerting.report;

import java.util.LinkedHashMap;
import java.util.Map;
import jp.hinomi.alerting.incident.IncidentText;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.city.report.FormField;
import jp.hinomi.city.report.ReportForm;
import jp.hinomi.city.report.Stage;

/** The values of a report by field. Stateless and thread-safe. */
public final class ReportFields {
    /** Characters of one field: some ten pages. */
    public static final int LIMIT = 20_000;

    private ReportFields() {}

    /** @throws Refused if no form has such a stage */
    public static Stage stage(String word) {
        try {
            return Stage.ofWord(word);
        } catch (IllegalArgumentException e) {
            throw new Refused(ReportReason.NO_STAGE, word);
        }
    }

    /**
     * What somebody wrote over what was there; fields that the form does not have are refused.
     *
     * @throws Refused naming the field and what is wrong with it
     */
    public static Map<String, String> edit(ReportForm form, Map<String, String> before, Map<String, String> written) {
        Map<String, String> after = new LinkedHashMap<>();
        form.fields().forEach(field -> after.put(field.id(), before.getOrDefault(field.id(), "")));
        written.forEach((id, text) -> {
            FormField field = form.fields()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new Refused(ReportReason.NO_FIELD, id));
            if (text != null && text.length() > LIMIT) {
                throw new Refused(ReportReason.FIELD_LONG, id, text.length(), LIMIT);
            }
            String kept = text == null ? "" : IncidentText.clean(text);
            after.put(id, field.kind() == FormField.Kind.LINE ? kept.replace('\n', ' ') : kept);
        });
        return after;
    }

    /**
     * How the next report begins: what somebody wrote goes on, what nobody touched is filled in anew.
     *
     * @param last of the report before
     * @param lastFilled what had been filled into it
     */
    public static Map<String, String> next(
            ReportForm form, Map<String, String> last, Map<String, String> lastFilled, Map<String, String> filled) {
        Map<String, String> fields = new LinkedHashMap<>();
        form.fields().forEach(field -> {
            String id = field.id();
            String before = last.getOrDefault(id, "");
            boolean touched = !before.equals(lastFilled.getOrDefault(id, ""));
            fields.put(id, touched ? before : filled.getOrDefault(id, ""));
        });
        return fields;
    }
}
