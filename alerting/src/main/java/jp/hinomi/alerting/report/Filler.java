package jp.hinomi.alerting.report;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hinomi.alerting.incident.IncidentText;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.masking.Mask;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Resource;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.city.report.Circumstance;
import jp.hinomi.city.report.FormField;
import jp.hinomi.city.report.Prefill;
import jp.hinomi.city.report.ReportForm;
import jp.hinomi.events.Severity;

/** Fills a form in from what the recipient may see, in the report's language. Thread-safe. */
public final class Filler {
    /** Lines of one field; what is more is counted. */
    private static final int LINES = 200;

    private static final int LINE = 500;
    private static final Mask MASK = Mask.ofEverything();
    private static final Set<String> SOURCES =
            Set.of("source.ip", "client.ip", "source.address", "client.address", "source.domain");

    private final AlertCut cut;
    private final CityInForce city;
    private final Texts texts;

    public Filler(AlertCut cut, CityInForce city, Texts texts) {
        this.cut = cut;
        this.city = city;
        this.texts = texts;
    }

    /**
     * @param fields by id; fields that nothing is known for are empty
     * @param basis what they were made of
     */
    record Filled(Map<String, String> fields, Basis basis) {}

    /** The part of it that the recipient may see. */
    Facts seen(ReportForm form, Recipient recipient, Facts everything) {
        return recipient.sees(everything, form, cut);
    }

    Filled fill(ReportForm form, Recipient recipient, Facts everything, String language) {
        Facts facts = seen(form, recipient, everything);
        Map<String, String> values = new LinkedHashMap<>();
        form.fields().forEach(field -> values.put(field.id(), value(field, form, recipient, facts, language)));
        return new Filled(values, Basis.of(facts));
    }

    private String value(FormField field, ReportForm form, Recipient recipient, Facts facts, String language) {
        if (field.from().isEmpty()) {
            return "";
        }
        Prefill from = field.from().get();
        String text = value(from, recipient, facts, new Words(language, form.masksPersonalData()));
        // The city's own desk is meant to be reached.
        boolean ours = from == Prefill.REPORTER || from == Prefill.REPORTER_CONTACT || from == Prefill.RECIPIENT;
        return IncidentText.cut(form.masksPersonalData() && !ours ? MASK.text(text) : text, ReportFields.LIMIT - 100);
    }

    /** How values are written for this report. */
    private final class Words {
        private final String language;
        private final boolean masked;

        Words(String language, boolean masked) {
            this.language = language;
            this.masked = masked;
        }

        String time(Instant instant) {
            return Texts.time(language, city.get().zone(), instant);
        }

        String get(String key, Object... arguments) {
            return texts.get(language, key, arguments);
        }

        String resource(String id) {
            return Optional.ofNullable(city.get().resources().get(id))
                    .map((Resource known) -> known.name(language) + " (" + id + ")")
                    .orElse(id);
        }

        String stakeholder(String id) {
            return Optional.ofNullable(city.get().stakeholders().get(id))
                    .map((Stakeholder known) -> known.name(language))
                    .orElse(id);
        }

        String contact(String id) {
            return city.get()
                    .contact(id)
                    .map(of -> of.stakeholder().name(language) + " (" + id + ")")
                    .orElse(masked ? MASK.field("user.name", id) : id);
        }

        String value(String field, String value) {
            return masked ? MASK.field(field, value) : value;
        }

        /** Each on a line of its own, made harmless. */
        String lines(Stream<String> lines) {
            List<String> all = lines.distinct().toList();
            String text = all.stream()
                    .limit(LINES)
                    .map(line -> "・" + IncidentText.cut(IncidentText.line(line), LINE))
                    .collect(Collectors.joining("\n"));
            return all.size() > LINES ? text + "\n" + get("report.more-lines", all.size() - LINES) : text;
        }
    }

    private String value(Prefill from, Recipient recipient, Facts facts, Words words) {
        return switch (from) {
            case INCIDENT_NUMBER -> facts.incident().number();
            case INCIDENT_TITLE ->
                facts.title().isEmpty()
                        ? facts.alerts().stream()
                                .findFirst()
                                .map(alert -> IncidentText.line(alert.title(words.language)))
                                .orElse("")
                        : facts.title();
            case INCIDENT_SEVERITY ->
                facts.alerts().stream()
                        .map(Facts.AlertFact::severity)
                        .max(Comparator.naturalOrder())
                        .map(worst ->
                                words.get("severity." + severity(facts, worst).word()))
                        .orElse("");
            case INCIDENT_STATUS ->
                words.get("incident.status." + facts.incident().status().word());
            case INCIDENT_IMPACT -> facts.impact();
            case INCIDENT_BEGAN -> first(facts, Facts.AlertFact::first, Comparator.naturalOrder(), words);
            case INCIDENT_DETECTED -> first(facts, Facts.AlertFact::raised, Comparator.naturalOrder(), words);
            case INCIDENT_LAST -> first(facts, Facts.AlertFact::last, Comparator.reverseOrder(), words);
            case INCIDENT_AWARE -> words.time(facts.incident().aware());
            case CIRCUMSTANCES ->
                words.lines(facts.incident().circumstances().stream()
                        .sorted()
                        .map((Circumstance each) -> words.get("circumstance." + each.word())));
            case ALERTS ->
                words.lines(facts.alerts().stream()
                        .map(alert -> words.get(
                                "report.line.alert",
                                words.time(alert.raised()),
                                alert.title(words.language),
                                words.get("severity." + alert.severity().word()),
                                alert.count())));
            case EVIDENCE_COUNT ->
                facts.alerts().isEmpty()
                        ? ""
                        : words.get(
                                "report.line.evidence",
                                facts.alerts().size(),
                                facts.alerts().stream()
                                        .mapToLong(Facts.AlertFact::count)
                                        .sum(),
                                facts.alerts().stream()
                                        .mapToLong(Facts.AlertFact::kept)
                                        .sum());
            case RESOURCES -> resources(facts, words);
            case RESPONSIBLE -> responsible(facts, words);
            case INDICATORS ->
                words.lines(facts.alerts().stream()
                        .flatMap(alert -> alert.indicators().stream())
                        .map(indicator -> words.value(indicator.field(), indicator.value()) + " (" + indicator.field()
                                + ")" + words.get("colon") + indicator.name() + " [" + indicator.feed() + "]"));
            case ATTACK_SOURCES ->
                words.lines(facts.alerts().stream()
                        .flatMap(alert -> alert.group().entrySet().stream())
                        .filter(entry -> SOURCES.contains(entry.getKey()))
                        .map(entry -> words.value(entry.getKey(), entry.getValue())));
            case TIMELINE -> entries(facts, entry -> true, words);
            case MEASURES -> entries(facts, entry -> entry.type() == TimelineEntry.Type.MEASURE, words);
            case TOLD ->
                words.lines(facts.told().stream()
                        .map(told -> words.get(
                                told.arrived() ? "report.line.told" : "report.line.not-told",
                                words.time(told.at()),
                                words.contact(told.contact()),
                                texts.channel(words.language, told.channel()))));
            case ANSWERED ->
                words.lines(facts.answered().stream()
                        .map(answered -> words.get(
                                        "report.line.answered",
                                        words.time(answered.at()),
                                        words.contact(answered.who()),
                                        words.get("report.answer." + answered.kind()))
                                + (answered.note().isEmpty()
                                        ? ""
                                        : words.get("timeline.auto.with-note", answered.note()))));
            case REPORTER -> city.get().promoter().name(words.language) + reporterCity(words);
            case REPORTER_CONTACT -> contact(words);
            case RECIPIENT -> recipient.name(words.language);
        };
    }

    /** The incident's, unless the recipient sees only a part that is milder. */
    private static Severity severity(Facts facts, Severity worstSeen) {
        return facts.title().isEmpty() ? worstSeen : facts.incident().severity();
    }

    private static String first(
            Facts facts, Function<Facts.AlertFact, Instant> time, Comparator<Instant> order, Words words) {
        return facts.alerts().stream().map(time).min(order).map(words::time).orElse("");
    }

    private static String resources(Facts facts, Words words) {
        Map<String, Set<String>> parts = new LinkedHashMap<>();
        facts.alerts()
                .forEach(alert -> alert.resources()
                        .forEach((id, played) -> parts.computeIfAbsent(id, any -> new TreeSet<>())
                                .addAll(played)));
        return words.lines(parts.entrySet().stream()
                .map(entry -> words.resource(entry.getKey()) + " — "
                        + entry.getValue().stream()
                                .map(part -> words.get("part." + part))
                                .collect(Collectors.joining(words.get("list.separator")))));
    }

    private static String responsible(Facts facts, Words words) {
        Map<String, Set<String>> byResource = new TreeMap<>();
        facts.parties()
                .forEach(party -> party.scope()
                        .forEach((resource, duties) -> duties.forEach(duty -> byResource
                                .computeIfAbsent(resource, any -> new LinkedHashSet<>())
                                .add(words.stakeholder(party.stakeholder()) + " (" + words.get("duty." + duty)
                                        + ")"))));
        return words.lines(byResource.entrySet().stream()
                .map(entry -> words.resource(entry.getKey())
                        + words.get("colon")
                        + String.join(words.get("list.separator"), entry.getValue())));
    }

    private static String entries(Facts facts, java.util.function.Predicate<TimelineEntry> which, Words words) {
        return words.lines(facts.timeline().stream()
                .filter(TimelineEntry::inReport)
                .filter(which)
                .map(entry -> words.time(entry.occurred()) + "　" + entry.text(words.language)));
    }

    private String reporterCity(Words words) {
        String name = ReportForm.in(city.get().name(), words.language);
        return name.isEmpty() || city.get().promoter().name(words.language).equals(name) ? "" : " (" + name + ")";
    }

    private String contact(Words words) {
        return city.get().promoter().contacts().stream()
                .filter((Contact contact) -> !contact.channels().isEmpty())
                .findFirst()
                .map(contact -> city.get().promoter().name(words.language) + " (" + contact.id() + ")"
                        + contact.channels().stream()
                                .filter(channel -> channel.type().equals("email"))
                                .findFirst()
                                .map(channel -> " " + channel.address())
                                .orElse(""))
                .orElse("");
    }
}
