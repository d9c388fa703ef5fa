package jp.hinomi.rules.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.RuleInfo;

/** What recipients read: both languages, first steps, known harmless causes. */
final class TextCheck implements Check {
    private static final Pattern JAPANESE = Pattern.compile("[\\u3041-\\u30FF\\u4E00-\\u9FFF]");
    private static final Map<String, String> LANGUAGES = Map.of("ja", "Japanese", "en", "English");

    @Override
    public void look(LintedDocument document, Surroundings surroundings, Findings findings) {
        for (String key : List.of("title", "description")) {
            pair(document.text(key).orElse(""), document.text(key + "_ja").orElse(""), key, document, findings);
        }
        japanese(document, "title_ja", findings);
        japanese(document, "description_ja", findings);
        japanese(document, "falsepositives_ja", findings);
        document.section("response").ifPresent(response -> {
            texts(response.get("ja")).forEach(text -> japanese("'response'", text, findings));
            pair(text(response, "en"), text(response, "ja"), "response", document, findings);
        });
        document.rule().ifPresent(rule -> languages(rule.info(), document, surroundings, findings));
    }

    private static void languages(
            RuleInfo info, LintedDocument document, Surroundings surroundings, Findings findings) {
        boolean alerts = surroundings.alerting().contains(info.name());
        both("title", info.title(), document, findings);
        if (alerts) {
            needed("description", info.description(), document, findings);
            needed("falsepositives", info.falsePositives(), document, findings);
            needed("response", info.response(), document, findings);
        } else {
            both("description", info.description(), document, findings);
            if (!info.response().isEmpty()) {
                findings.add(
                        ProblemCode.SILENT_RESPONSE,
                        document.at("response"),
                        "nobody is alerted by this rule, because correlations use it, and it says what to do",
                        "set 'always_alert: true' on it, or move 'response' to the correlation");
            }
        }
    }

    private static void needed(String key, Map<String, ?> byLanguage, LintedDocument document, Findings findings) {
        if (byLanguage.isEmpty()) {
            findings.add(
                    ProblemCode.MISSING_TEXT,
                    document.at(),
                    "'" + key + "' is missing",
                    switch (key) {
                        case "response" -> "say what the recipient does first, in both languages";
                        case "falsepositives" -> "say which harmless causes look the same, in both languages";
                        default -> "say what was seen and why it matters, in both languages";
                    });
        } else {
            both(key, byLanguage, document, findings);
        }
    }

    private static void both(String key, Map<String, ?> byLanguage, LintedDocument document, Findings findings) {
        if (byLanguage.size() != 1) {
            return;
        }
        String other = byLanguage.containsKey("ja") ? "en" : "ja";
        String where = key.equals("response") ? "response." + other : other.equals("ja") ? key + "_ja" : key;
        findings.add(
                ProblemCode.UNTRANSLATED_TEXT,
                document.at(key),
                "'" + key + "' is not there in " + LANGUAGES.get(other),
                "write it under '" + where + "'"
                        + (other.equals("en") && !key.equals("response")
                                ? ", and the Japanese under '" + key + "_ja'"
                                : ""));
    }

    private static void pair(String text, String japanese, String key, LintedDocument document, Findings findings) {
        if (!text.isEmpty() && text.equalsIgnoreCase(japanese)) {
            findings.add(
                    ProblemCode.SAME_TEXT,
                    document.at(key),
                    "'" + key + "' is the same in both languages",
                    "translate one of the two");
        }
    }

    private static void japanese(LintedDocument document, String key, Findings findings) {
        texts(document.written().get(key)).forEach(text -> japanese("'" + key + "'", text, findings));
    }

    private static void japanese(String what, Node.Scalar text, Findings findings) {
        if (!JAPANESE.matcher(text.text()).find()) {
            findings.add(
                    ProblemCode.NOT_JAPANESE,
                    text.at(),
                    what + " has no Japanese character",
                    "write it in Japanese, or remove it");
        }
    }

    private static String text(Node.Mapping mapping, String key) {
        Node node = mapping.get(key);
        return node instanceof Node.Scalar scalar && !scalar.isNull()
                ? scalar.text().strip()
                : "";
    }

    private static List<Node.Scalar> texts(Node node) {
        List<Node.Scalar> texts = new ArrayList<>();
        List<Node> nodes =
                node instanceof Node.Sequence sequence ? sequence.elements() : node == null ? List.of() : List.of(node);
        for (Node each : nodes) {
            if (each instanceof Node.Scalar scalar && !scalar.isNull()) {
                texts.add(scalar);
            }
        }
        return texts;
    }
}
