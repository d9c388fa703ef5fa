package jp.hinomi.city;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import jp.hinomi.city.report.Circumstance;
import jp.hinomi.city.report.DueRule;
import jp.hinomi.city.report.FormField;
import jp.hinomi.city.report.FormSection;
import jp.hinomi.city.report.FormStage;
import jp.hinomi.city.report.Prefill;
import jp.hinomi.city.report.ReportForm;
import jp.hinomi.city.report.Stage;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.YamlReader;

/** Reads forms of reports: our own, and those of the folder {@code reports/}, each of which is one form. */
final class ReportFormFiles {
    static final String FOLDER = "reports";

    private static final List<String> OWN =
            List.of("stakeholder", "personal-data-leak", "ransomware", "ddos", "cyber-incident");

    private final Reading reading;

    ReportFormFiles(Reading reading) {
        this.reading = reading;
    }

    /** Read when they are first asked for, and once. */
    private static final class BuiltIn {
        private static final Map<String, ReportForm> FORMS = Collections.unmodifiableMap(readBuiltIn());
    }

    /** The forms that every city has, in the order in which they are offered. */
    static Map<String, ReportForm> builtIn() {
        return BuiltIn.FORMS;
    }

    private static Map<String, ReportForm> readBuiltIn() {
        Reading reading = new Reading(Path.of(FOLDER));
        Map<String, ReportForm> forms = new LinkedHashMap<>();
        for (String name : OWN) {
            String file = name + ".yaml";
            try (InputStream stream = ReportForm.class.getResourceAsStream(file)) {
                String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                new ReportFormFiles(reading)
                        .read(file, YamlReader.read(file, text, reading))
                        .ifPresent(form -> forms.put(form.id(), form));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (!reading.problems().isEmpty()) {
            throw new IllegalStateException("our own forms are broken: " + reading.problems());
        }
        return forms;
    }

    /** Those of the city by id; one with the id of a form of ours takes its place. */
    Map<String, ReportForm> read(Path city) {
        Map<String, ReportForm> forms = new LinkedHashMap<>();
        Map<String, String> fileOf = new HashMap<>();
        for (Path file : YamlFolder.files(city.resolve(FOLDER), reading)) {
            read(file.toString(), YamlReader.read(file, reading)).ifPresent(form -> {
                String first = fileOf.putIfAbsent(form.id(), file.getFileName().toString());
                if (first == null) {
                    forms.put(form.id(), form);
                } else {
                    reading.error(
                            Location.ofFile(file.toString()),
                            "duplicate-form",
                            "the form '" + form.id() + "' is already described in " + first,
                            "give it another id");
                }
            });
        }
        return forms;
    }

    private Optional<ReportForm> read(String file, List<Node> documents) {
        if (documents.isEmpty()) {
            return Optional.empty();
        }
        if (documents.size() > 1) {
            reading.error(
                    documents.get(1).at(), "second-document", "the file goes on after '---'", "one form per file");
        }
        int before = reading.problems().size();
        Optional<ReportForm> form =
                Form.of(documents.get(0), "a form of reports", reading).flatMap(this::form);
        boolean sound = reading.problems().stream().skip(before).noneMatch(Problem::isError);
        return sound ? form : Optional.empty();
    }

    private Optional<ReportForm> form(Form entry) {
        try (Form form = entry) {
            Optional<String> id = form.required("form", Formats::id);
            Optional<Integer> version = form.required("version", ReportFormFiles::number);
            Optional<Map<String, String>> name = form.texts("name");
            Map<String, String> basis = form.has("basis") ? form.texts("basis").orElse(Map.of()) : none(form, "basis");
            Optional<ReportForm.Recipient> recipient =
                    form.form("recipient", true, "'recipient'").map(this::recipient);
            Optional<Tlp> tlp = form.optional("max-tlp", Formats.word("TLP label", Tlp.values(), Tlp::word));
            Optional<String> personal = form.optional(
                    "personal-data", Formats.oneOf("way to treat personal data", List.of("masked", "shown")));
            Set<Circumstance> when = EnumSet.noneOf(Circumstance.class);
            when.addAll(form.values(
                    "applies-when", Formats.word("circumstance", Circumstance.values(), Circumstance::word)));
            List<FormStage> stages = stages(form);
            List<FormSection> sections = sections(form);
            if (id.isEmpty() || version.isEmpty() || name.isEmpty() || recipient.isEmpty()) {
                return Optional.empty();
            }
            if (stages.isEmpty()
                    || sections.stream().allMatch(section -> section.fields().isEmpty())) {
                form.error(
                        form.at(),
                        "empty-form",
                        "the form has no stage, or no section with fields",
                        "add 'stages:' and 'sections:'");
                return Optional.empty();
            }
            return make(
                    form,
                    () -> new ReportForm(
                            id.get(),
                            version.get(),
                            name.get(),
                            basis,
                            recipient.get(),
                            tlp.orElse(Tlp.AMBER),
                            !personal.equals(Optional.of("shown")),
                            when,
                            stages,
                            sections));
        }
    }

    private static Map<String, String> none(Form form, String key) {
        form.optionalKey(key);
        return Map.of();
    }

    private ReportForm.Recipient recipient(Form entry) {
        try (Form form = entry) {
            Optional<ReportForm.Kind> kind = form.required(
                    "kind", Formats.word("kind of recipient", ReportForm.Kind.values(), ReportForm.Kind::word));
            Optional<String> stakeholder = form.optional("stakeholder", Formats::id);
            stakeholder.ifPresent(
                    id -> reading.references().use(References.Kind.STAKEHOLDER, id, form.at("stakeholder")));
            Map<String, String> name = form.has("name") ? form.texts("name").orElse(Map.of()) : none(form, "name");
            return new ReportForm.Recipient(kind.orElse(ReportForm.Kind.AUTHORITY), stakeholder, name);
        }
    }

    private List<FormStage> stages(Form form) {
        Map<Stage, FormStage> stages = new EnumMap<>(Stage.class);
        for (Node node : form.list("stages", true)) {
            Form.of(node, "a stage", reading).ifPresent(entry -> {
                try (Form stage = entry) {
                    Optional<Stage> which = stage.required("stage", Formats.word("stage", Stage.values(), Stage::word));
                    Optional<Map<String, String>> name = stage.texts("name");
                    Optional<DueRule> due = stage.form("due", false, "'due'").flatMap(this::due);
                    if (which.isPresent() && name.isPresent()) {
                        FormStage first = stages.putIfAbsent(which.get(), new FormStage(which.get(), name.get(), due));
                        if (first != null) {
                            stage.error(
                                    stage.at("stage"),
                                    "duplicate-stage",
                                    "the stage '" + which.get().word() + "' stands twice",
                                    "keep one of them");
                        }
                    }
                }
            });
        }
        return List.copyOf(stages.values());
    }

    private Optional<DueRule> due(Form entry) {
        try (Form form = entry) {
            Optional<Duration> within = form.optional("within", Formats::duration);
            Optional<Integer> days = form.optional("days", ReportFormFiles::number);
            Optional<Integer> target = form.optional("target", ReportFormFiles::number);
            Map<Circumstance, Integer> when = new EnumMap<>(Circumstance.class);
            form.form("when", false, "'when' (days by circumstance)").ifPresent(entry2 -> {
                try (Form cases = entry2) {
                    for (Circumstance circumstance : Circumstance.values()) {
                        cases.optional(circumstance.word(), ReportFormFiles::number)
                                .ifPresent(number -> when.put(circumstance, number));
                    }
                }
            });
            return make(form, () -> new DueRule(within, optional(days), optional(target), when));
        }
    }

    private static OptionalInt optional(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private List<FormSection> sections(Form form) {
        List<FormSection> sections = new ArrayList<>();
        for (Node node : form.list("sections", true)) {
            Form.of(node, "a section", reading).ifPresent(entry -> {
                try (Form section = entry) {
                    Optional<Map<String, String>> title = section.texts("title");
                    List<FormField> fields = new ArrayList<>();
                    for (Node each : section.list("fields", true)) {
                        Form.of(each, "a field", reading).flatMap(this::field).ifPresent(fields::add);
                    }
                    title.ifPresent(text -> sections.add(new FormSection(text, fields)));
                }
            });
        }
        return sections;
    }

    private Optional<FormField> field(Form entry) {
        try (Form field = entry) {
            Optional<String> id = field.required("id", Formats::id);
            Optional<Map<String, String>> label = field.texts("label");
            Map<String, String> help = field.has("help") ? field.texts("help").orElse(Map.of()) : none(field, "help");
            Optional<FormField.Kind> kind = field.optional(
                    "kind", Formats.word("kind of field", FormField.Kind.values(), FormField.Kind::word));
            Optional<Prefill> from = field.optional("from", Formats.word("prefill", Prefill.values(), Prefill::word));
            return id.isPresent() && label.isPresent()
                    ? Optional.of(new FormField(id.get(), label.get(), help, kind.orElse(FormField.Kind.TEXT), from))
                    : Optional.empty();
        }
    }

    private interface Maker<T> {
        T make();
    }

    /** What the parts refuse together is a mistake of the file. */
    private static <T> Optional<T> make(Form form, Maker<T> maker) {
        try {
            return Optional.of(maker.make());
        } catch (IllegalArgumentException e) {
            form.error(form.at(), "bad-form", e.getMessage(), "see docs/reports.md");
            return Optional.empty();
        }
    }

    private static Integer number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= 3660) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, with what is right
        }
        throw new Mistake("bad-number", "'" + text + "' is not a number from 1 to 3660", "write a whole number");
    }
}
