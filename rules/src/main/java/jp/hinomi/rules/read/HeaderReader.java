package jp.hinomi.rules.read;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jp.hinomi.events.Severity;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.rules.ProblemCode;

/** Reads the keys that detections, correlations and filters have in common. */
final class HeaderReader {
    /** Keys of Sigma. */
    static final Set<String> SIGMA = Set.of(
            "title",
            "id",
            "name",
            "related",
            "taxonomy",
            "status",
            "description",
            "license",
            "author",
            "references",
            "date",
            "modified",
            "fields",
            "falsepositives",
            "level",
            "tags",
            "scope",
            "logsource",
            "detection",
            "correlation",
            "filter",
            "generate",
            // Of the public collection: where a rule's samples are, and how to bring them about.
            "regression_tests_path",
            "simulation");

    /** Our extensions. */
    static final Set<String> EXTENSIONS = Set.of(
            "title_ja",
            "description_ja",
            "falsepositives_ja",
            "response",
            "suppress",
            "not_evaluable_without",
            "always_alert");

    /** Our extensions to filters: who answers for an exception, why, and until when. */
    static final Set<String> EXTENSIONS_OF_FILTERS = Set.of("owner", "reason", "expires");

    static final Set<String> STATUS = Set.of("stable", "test", "experimental", "deprecated", "unsupported");
    static final Set<String> LANGUAGES = Set.of("ja", "en");
    private static final Pattern TAG = Pattern.compile("[a-z0-9_-]+\\.[a-z0-9._-]+");
    private static final Pattern JAPANESE = Pattern.compile("[\\u3040-\\u30FF\\u4E00-\\u9FFF]");
    private static final int LONGEST_TITLE = 256;
    private static final int LONGEST_DESCRIPTION = 65_535;

    private final Node.Mapping document;
    private final Problems problems;

    private HeaderReader(Node.Mapping document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    /** The header, or null if the document does not even have a title; everything wrong is reported. */
    static Header read(Node.Mapping document, Problems problems) {
        return new HeaderReader(document, problems).read();
    }

    private Header read() {
        unknownKeys();
        String title = limited("title", LONGEST_TITLE);
        if (!document.has("title")) {
            problems.missing(document, "title");
        }
        String titleJa = limited("title_ja", LONGEST_TITLE);
        String id = limited("id", LONGEST_TITLE);
        String name = limited("name", LONGEST_TITLE);
        if (!document.has("filter") && id == null && name == null && !document.has("id") && !document.has("name")) {
            problems.warning(
                    ProblemCode.NO_ID,
                    document.at(),
                    "the rule has neither id nor name, so its title stands for both",
                    "add an id (a random UUID): alerts keep their identity when the title changes");
        }
        date("date");
        date("modified");
        // A document without a title is of no use, but what else is wrong with it is said all the same.
        String anyTitle = title == null ? "?" : title;
        String anyName = name != null ? name : id != null ? id : anyTitle;
        Header header = new Header(
                id != null ? id : anyName,
                anyName,
                byLanguage(anyTitle, titleJa),
                byLanguage(limited("description", LONGEST_DESCRIPTION), limited("description_ja", LONGEST_DESCRIPTION)),
                Optional.ofNullable(word("status", STATUS)).orElse(""),
                level(),
                tags(),
                duration("suppress"),
                texts("response", document, problems),
                falsePositives(),
                problems.texts(document, "not_evaluable_without"),
                problems.flag(document, "always_alert"),
                document.at());
        return title == null ? null : header;
    }

    /** Sigma allows custom keys, so these are only worth a warning. */
    private void unknownKeys() {
        Set<String> known = new LinkedHashSet<>(SIGMA);
        known.addAll(EXTENSIONS);
        if (document.has("filter")) {
            known.addAll(EXTENSIONS_OF_FILTERS);
        }
        for (String key : document.names()) {
            if (!known.contains(key)) {
                problems.warning(
                        ProblemCode.UNKNOWN_KEY,
                        document.keyAt(key),
                        "nothing reads the key '" + key + "'",
                        Suggestion.nearest(key, known)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("remove it, or keep it as a note of your own"));
            }
        }
    }

    private String limited(String key, int longest) {
        String text = problems.text(document, key);
        if (text != null && text.length() > longest) {
            problems.error(
                    ProblemCode.TOO_LONG,
                    document.get(key).at(),
                    "'" + key + "' has " + text.length() + " characters",
                    "use at most " + longest);
        }
        return text;
    }

    private void date(String key) {
        String text = problems.text(document, key);
        if (text == null) {
            return;
        }
        try {
            LocalDate.parse(text);
        } catch (DateTimeException e) {
            problems.error(
                    ProblemCode.INVALID_DATE,
                    document.get(key).at(),
                    "'" + key + "' is '" + text + "'",
                    "write an existing date as YYYY-MM-DD");
        }
    }

    private Optional<Duration> duration(String key) {
        String text = problems.text(document, key);
        return text == null
                ? Optional.empty()
                : Durations.read(key, text, document.get(key).at(), problems);
    }

    private String word(String key, Set<String> allowed) {
        String text = problems.text(document, key);
        if (text == null || allowed.contains(text)) {
            return text;
        }
        problems.error(
                ProblemCode.UNKNOWN_WORD,
                document.get(key).at(),
                "'" + key + "' is '" + text + "'",
                Suggestion.remedy(text, allowed.stream().sorted().toList()));
        return null;
    }

    private Optional<Severity> level() {
        List<String> words =
                Arrays.stream(Severity.values()).map(Severity::word).toList();
        return Optional.ofNullable(word("level", Set.copyOf(words))).map(Severity::ofWord);
    }

    private List<String> tags() {
        List<String> tags = new ArrayList<>();
        for (Node.Scalar tag : problems.textNodes(document, "tags")) {
            String text = tag.text();
            if (!TAG.matcher(text).matches()) {
                problems.error(
                        ProblemCode.INVALID_TAG,
                        tag.at(),
                        "'" + text + "' is not a tag",
                        "write a namespace, a dot and a name in lower case: attack.t1110");
            } else if (text.startsWith("cps.") && !Controls.ids().contains(text)) {
                problems.error(
                        ProblemCode.UNKNOWN_CONTROL,
                        tag.at(),
                        "the guideline has no control '" + text + "'",
                        Suggestion.nearest(text, Controls.ids())
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("use an id of the guideline's list of controls, such as cps.ae-3"));
            } else {
                tags.add(text);
            }
        }
        return tags;
    }

    /** Text, or texts by language. */
    static Map<String, String> texts(String key, Node.Mapping document, Problems problems) {
        Node node = document.get(key);
        if (node instanceof Node.Mapping mapping) {
            problems.onlyKeys("'" + key + "'", mapping, LANGUAGES);
            Map<String, String> texts = new HashMap<>();
            for (String language : LANGUAGES) {
                String text = problems.text(mapping, language);
                if (text != null) {
                    texts.put(language, text.strip());
                }
            }
            return texts;
        }
        return byLanguage(problems.text(document, key), null);
    }

    private Map<String, List<String>> falsePositives() {
        Map<String, List<String>> texts = new HashMap<>();
        List<String> written = problems.texts(document, "falsepositives");
        if (!written.isEmpty()) {
            texts.put(language(String.join(" ", written)), written);
        }
        List<String> japanese = problems.texts(document, "falsepositives_ja");
        if (!japanese.isEmpty()) {
            texts.put("ja", japanese);
        }
        return texts;
    }

    private static Map<String, String> byLanguage(String text, String japanese) {
        Map<String, String> texts = new HashMap<>();
        if (text != null) {
            texts.put(language(text), text.strip());
        }
        if (japanese != null) {
            texts.put("ja", japanese.strip());
        }
        return texts;
    }

    private static String language(String text) {
        return JAPANESE.matcher(text).find() ? "ja" : "en";
    }
}
