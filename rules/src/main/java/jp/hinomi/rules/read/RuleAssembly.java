package jp.hinomi.rules.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.hinomi.events.Severity;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleFilter;
import jp.hinomi.rules.RuleInfo;
import jp.hinomi.rules.RuleSet;

/** Joins documents to a rule set: names, references, filters, cycles. Used once. */
final class RuleAssembly {
    private final List<Document> documents;
    private final Problems problems = new Problems();
    private final Map<String, Document> byName = new LinkedHashMap<>();
    private final Map<String, Document> byId = new HashMap<>();
    private final Map<String, List<Document.Filter>> filters = new HashMap<>();
    private final Map<String, Header> exceptions = new HashMap<>();
    private final Map<Location, String> filterNames = new HashMap<>();
    private final Set<String> takenNames = new HashSet<>();
    private final Set<String> broken = new HashSet<>();
    private final Map<String, Rule> done = new LinkedHashMap<>();
    private final Set<String> generating = new HashSet<>();

    RuleAssembly(List<Document> documents, List<Header> broken) {
        this.documents = documents;
        broken.forEach(this::markBroken);
    }

    List<Problem> problems() {
        return problems.found();
    }

    RuleSet assemble() {
        documents.stream()
                .filter(document -> !(document instanceof Document.Filter))
                .forEach(this::register);
        documents.forEach(document -> {
            if (document instanceof Document.Filter filter) {
                applyLater(filter);
            }
        });
        for (Document document : byName.values()) {
            if (document instanceof Document.Detection detection) {
                done.put(detection.header().name(), detection(detection));
            }
        }
        for (Document document : byName.values()) {
            if (document instanceof Document.Correlation correlation) {
                correlation(correlation, new LinkedHashSet<>());
            }
        }
        Map<String, Rule> rules = new LinkedHashMap<>();
        done.forEach((name, rule) -> rules.put(name, generating.contains(name) ? generating(rule) : rule));
        return new RuleSet(rules);
    }

    private static Rule generating(Rule rule) {
        return rule.withInfo(rule.info().withGenerate());
    }

    private void markBroken(Header header) {
        broken.add(header.name());
        broken.add(header.id());
    }

    private void register(Document document) {
        Header header = document.header();
        Document sameName = byName.get(header.name());
        Document sameId = byId.get(header.id());
        if (sameName != null || sameId != null) {
            Header first = (sameName != null ? sameName : sameId).header();
            problems.error(
                    sameId != null ? ProblemCode.DUPLICATE_ID : ProblemCode.DUPLICATE_NAME,
                    header.at(),
                    "the " + (sameId != null ? "id '" + header.id() : "name '" + header.name()) + "' is taken by "
                            + first.at().file() + ":" + first.at().line(),
                    "give one of the two another; until then only the first is used");
            return;
        }
        byName.put(header.name(), document);
        byId.put(header.id(), document);
    }

    /** The document that the reference means, or null after reporting. */
    private Document resolve(Document.Reference reference) {
        Document document = byName.get(reference.text());
        if (document == null) {
            document = byId.get(reference.text());
        }
        if (document != null) {
            return document;
        }
        if (broken.contains(reference.text())) {
            problems.error(
                    ProblemCode.BROKEN_REFERENCE,
                    reference.at(),
                    "the rule '" + reference.text() + "' was left out because of its own errors",
                    "correct that rule first");
        } else {
            Set<String> known = new TreeSet<>(byName.keySet());
            problems.error(
                    ProblemCode.UNKNOWN_REFERENCE,
                    reference.at(),
                    "there is no rule '" + reference.text() + "'",
                    Suggestion.nearest(reference.text(), known)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("use the name or id of a rule that is read together with this one"));
        }
        return null;
    }

    private void applyLater(Document.Filter filter) {
        if (filter.terms().isPresent() && !isFirstOfItsName(filter.header())) {
            return;
        }
        Set<String> excepted = new HashSet<>();
        for (Document.Reference reference : filter.rules()) {
            Document target = resolve(reference);
            if (target instanceof Document.Detection detection) {
                if (!excepted.add(detection.header().name())) {
                    continue; // named by its id as well, but what is suppressed is suppressed once
                }
                if (filter.logsource().contains(detection.logsource())) {
                    filters.computeIfAbsent(detection.header().name(), name -> new ArrayList<>())
                            .add(filter);
                    if (filter.terms().isEmpty()
                            && isElsewhere(
                                    filter.header().at(), detection.header().at())) {
                        problems.warning(
                                ProblemCode.UNOWNED_FILTER,
                                filter.header().at(),
                                "the filter '" + filter.header().name() + "' excepts from '" + reference.text()
                                        + "', which stands in another folder, and nobody answers for it",
                                "give it 'owner', 'reason' and 'expires'; a filter that belongs to the rule stands beside it");
                    }
                } else {
                    problems.error(
                            ProblemCode.FILTER_LOGSOURCE,
                            reference.at(),
                            "the filter is for " + filter.logsource() + ", and '" + reference.text() + "' is for "
                                    + detection.logsource() + ", so it is not applied",
                            "give the filter the log source of the rule, or a wider one");
                }
            } else if (target != null) {
                problems.error(
                        ProblemCode.FILTER_TARGET,
                        reference.at(),
                        "'" + reference.text() + "' is a correlation, and filters apply to detections",
                        "filter the detections that it correlates");
            }
        }
    }

    /** Suppressed matches are counted by the exception's name, so it has to be one. */
    private boolean isFirstOfItsName(Header exception) {
        Header first = exceptions.putIfAbsent(exception.name(), exception);
        if (first != null) {
            problems.error(
                    ProblemCode.DUPLICATE_NAME,
                    exception.at(),
                    "the name '" + exception.name() + "' is taken by "
                            + first.at().file() + ":" + first.at().line(),
                    "give one of the two exceptions another; until then only the first is used");
        }
        return first == null;
    }

    /** Under a name of its own: filters that have nothing but a title, and the same, are counted apart. */
    private RuleFilter applied(Document.Filter filter) {
        RuleFilter applied = filter.applied();
        if (filter.terms().isPresent()) {
            return applied;
        }
        return applied.withName(filterNames.computeIfAbsent(filter.header().at(), place -> {
            String free = exceptions.containsKey(applied.name()) || takenNames.contains(applied.name())
                    ? applied.name() + " ("
                            + place.file().substring(folder(place.file()).length()) + ":" + place.line() + ")"
                    : applied.name();
            takenNames.add(free);
            return free;
        }));
    }

    private static boolean isElsewhere(Location filter, Location rule) {
        return !folder(filter.file()).equals(folder(rule.file()));
    }

    private static String folder(String file) {
        return file.substring(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    }

    private DetectionRule detection(Document.Detection document) {
        List<Document.Filter> applied = filters.getOrDefault(document.header().name(), List.of());
        List<Node> written = new ArrayList<>(List.of(document.written()));
        applied.forEach(filter -> written.add(filter.written()));
        RuleInfo info = document.header().info(ContentHash.of(written), Severity.MEDIUM);
        return new DetectionRule(
                info,
                document.logsource(),
                document.condition(),
                applied.stream().map(this::applied).toList());
    }

    /**
     * The finished correlation, after the rules that it refers to, or null after reporting.
     *
     * @param path names of the correlations that led here
     */
    private Rule correlation(Document.Correlation document, Set<String> path) {
        String name = document.header().name();
        if (done.containsKey(name) || broken.contains(name)) {
            return done.get(name);
        }
        path.add(name);
        List<String> names = new ArrayList<>();
        boolean fine = true;
        for (Document.Reference reference : document.rules()) {
            Rule rule = referred(reference, path);
            if (rule == null) {
                fine = false;
            } else if (names.contains(rule.info().name())) {
                problems.error(
                        ProblemCode.DUPLICATE_KEY,
                        reference.at(),
                        "'" + reference.text() + "' is the same rule as another in 'rules'",
                        "remove one of the two");
                fine = false;
            } else {
                names.add(rule.info().name());
            }
        }
        path.remove(name);
        Map<String, Map<String, String>> aliases = fine ? aliases(document, names) : null;
        if (aliases == null) {
            markBroken(document.header());
            return null;
        }
        Severity highest = names.stream()
                .map(each -> done.get(each).info().level())
                .max(Severity::compareTo)
                .orElse(Severity.MEDIUM);
        RuleInfo info = document.header().info(ContentHash.of(List.of(document.written())), highest);
        CorrelationRule rule = new CorrelationRule(
                info,
                document.type(),
                names,
                document.groupBy(),
                aliases,
                document.timespan(),
                document.condition(),
                document.fields(),
                document.learning(),
                document.baseline(),
                document.epl());
        done.put(name, rule);
        if (document.generate()) {
            generating.addAll(names);
        }
        return rule;
    }

    private Rule referred(Document.Reference reference, Set<String> path) {
        Document target = resolve(reference);
        if (target == null) {
            return null;
        }
        String name = target.header().name();
        if (path.contains(name)) {
            String circle = path.stream().dropWhile(each -> !each.equals(name)).collect(Collectors.joining(" → "));
            problems.error(
                    ProblemCode.REFERENCE_CYCLE,
                    reference.at(),
                    "the correlation refers to itself: " + circle + " → " + name,
                    "break the circle");
            return null;
        }
        if (target instanceof Document.Correlation correlation) {
            boolean known = broken.contains(name);
            Rule rule = correlation(correlation, path);
            if (rule == null && known) {
                problems.error(
                        ProblemCode.BROKEN_REFERENCE,
                        reference.at(),
                        "the rule '" + reference.text() + "' was left out because of its own errors",
                        "correct that rule first");
            }
            return rule;
        }
        return done.get(name);
    }

    /** The aliases by rule name, or null after reporting. */
    private Map<String, Map<String, String>> aliases(Document.Correlation document, List<String> names) {
        Map<String, Map<String, String>> aliases = new LinkedHashMap<>();
        boolean fine = true;
        for (Map.Entry<String, Map<Document.Reference, String>> alias :
                document.aliases().entrySet()) {
            Map<String, String> fields = new LinkedHashMap<>();
            for (Map.Entry<Document.Reference, String> entry : alias.getValue().entrySet()) {
                Document target = resolve(entry.getKey());
                if (target == null) {
                    fine = false;
                } else if (!names.contains(target.header().name())) {
                    problems.error(
                            ProblemCode.BAD_ALIAS,
                            entry.getKey().at(),
                            "the alias '" + alias.getKey() + "' is for '"
                                    + entry.getKey().text() + "', which 'rules' does not list",
                            Suggestion.remedy(entry.getKey().text(), names));
                    fine = false;
                } else {
                    fields.put(target.header().name(), entry.getValue());
                }
            }
            aliases.put(alias.getKey(), fields);
        }
        return fine ? aliases : null;
    }
}
