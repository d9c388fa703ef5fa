package jp.hinomi.city.report;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.hinomi.events.Tlp;

/**
 * A form: what a recipient of that kind wants to know about an incident, in which stages and by when.
 *
 * @param version grows whenever the questions change; each report keeps the form it was written with
 * @param basis the law, contract or agreement it comes from, by language; may be empty
 * @param maxTlp nothing more restricted than this is filled in, whatever the recipient may see
 * @param masksPersonalData whether names, accounts and addresses of people are masked in what is filled in
 * @param appliesWhen the report is due where one of these is so; empty = only where somebody begins one
 */
public record ReportForm(
        String id,
        int version,
        Map<String, String> name,
        Map<String, String> basis,
        Recipient recipient,
        Tlp maxTlp,
        boolean masksPersonalData,
        Set<Circumstance> appliesWhen,
        List<FormStage> stages,
        List<FormSection> sections) {

    /** Who gets reports on a form. */
    public enum Kind {
        /** Those responsible for what was hit; each gets a report about its own part. */
        STAKEHOLDER,
        /** An office of the state or of the prefecture. */
        AUTHORITY;

        public String word() {
            return Words.of(this);
        }
    }

    /**
     * @param stakeholder id of the entry in stakeholders.yaml; absent = said when a report is begun, or by name alone
     * @param name by language; may be empty
     */
    public record Recipient(Kind kind, Optional<String> stakeholder, Map<String, String> name) {
        public Recipient {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(stakeholder, "stakeholder");
            name = Map.copyOf(name);
        }
    }

    public ReportForm {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(recipient, "recipient");
        Objects.requireNonNull(maxTlp, "maxTlp");
        name = Map.copyOf(name);
        basis = Map.copyOf(basis);
        appliesWhen = Set.copyOf(appliesWhen);
        stages = List.copyOf(stages);
        sections = List.copyOf(sections);
        if (stages.isEmpty() || sections.isEmpty()) {
            throw new IllegalArgumentException("form " + id + " has no stage or no section");
        }
        Set<String> ids = new HashSet<>();
        sections.forEach(section -> section.fields().forEach(field -> {
            if (!ids.add(field.id())) {
                throw new IllegalArgumentException("form " + id + " has two fields '" + field.id() + "'");
            }
        }));
    }

    public Stream<FormField> fields() {
        return sections.stream().flatMap(section -> section.fields().stream());
    }

    public Optional<FormStage> stage(Stage stage) {
        return stages.stream().filter(each -> each.stage() == stage).findFirst();
    }

    /** The text in that language, else in any; empty if there is none. */
    public static String in(Map<String, String> texts, String language) {
        String text = texts.get(language);
        return text != null
                ? text
                : texts.values().stream().sorted().findFirst().orElse("");
    }
}
