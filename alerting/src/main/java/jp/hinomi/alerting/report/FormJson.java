package jp.hinomi.alerting.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.report.FormField;
import jp.hinomi.city.report.FormSection;
import jp.hinomi.city.report.FormStage;
import jp.hinomi.city.report.Prefill;
import jp.hinomi.city.report.ReportForm;
import jp.hinomi.city.report.Stage;
import jp.hinomi.events.Tlp;

/** A form as it is kept with each report: a later version of it changes nothing that was written on an earlier one. */
final class FormJson {
    private FormJson() {}

    static String write(ReportForm form) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", form.id());
        json.put("version", form.version());
        json.put("name", form.name());
        json.put("basis", form.basis());
        json.put("recipient", form.recipient().kind().name());
        json.put("recipient_name", form.recipient().name());
        json.put("tlp", form.maxTlp().name());
        json.put("masks", form.masksPersonalData());
        json.put(
                "stages",
                form.stages().stream()
                        .map(stage -> Map.of("stage", stage.stage().word(), "name", stage.name()))
                        .toList());
        json.put(
                "sections",
                form.sections().stream()
                        .map(section -> Map.of(
                                "title",
                                section.title(),
                                "fields",
                                section.fields().stream().map(FormJson::field).toList()))
                        .toList());
        return Columns.json(json);
    }

    private static Map<String, Object> field(FormField field) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", field.id());
        json.put("label", field.label());
        json.put("help", field.help());
        json.put("kind", field.kind().name());
        field.from().ifPresent(from -> json.put("from", from.name()));
        return json;
    }

    /** Terms and circumstances are not kept: those of the form in force count. */
    static ReportForm read(String text) {
        JsonNode json = Columns.tree(text);
        List<FormStage> stages = new ArrayList<>();
        json.path("stages")
                .forEach(stage -> stages.add(new FormStage(
                        Stage.ofWord(stage.path("stage").asText()), texts(stage.path("name")), Optional.empty())));
        List<FormSection> sections = new ArrayList<>();
        json.path("sections").forEach(section -> {
            List<FormField> fields = new ArrayList<>();
            section.path("fields").forEach(field -> fields.add(field(field)));
            sections.add(new FormSection(texts(section.path("title")), fields));
        });
        return new ReportForm(
                json.path("id").asText(),
                json.path("version").asInt(),
                texts(json.path("name")),
                texts(json.path("basis")),
                new ReportForm.Recipient(
                        ReportForm.Kind.valueOf(json.path("recipient").asText()),
                        Optional.empty(),
                        texts(json.path("recipient_name"))),
                Tlp.valueOf(json.path("tlp").asText()),
                json.path("masks").asBoolean(),
                Set.copyOf(EnumSet.noneOf(jp.hinomi.city.report.Circumstance.class)),
                stages,
                sections);
    }

    private static FormField field(JsonNode json) {
        return new FormField(
                json.path("id").asText(),
                texts(json.path("label")),
                texts(json.path("help")),
                FormField.Kind.valueOf(json.path("kind").asText()),
                json.has("from") ? Optional.of(Prefill.valueOf(json.path("from").asText())) : Optional.empty());
    }

    static Map<String, String> texts(JsonNode json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
        return texts;
    }
}
