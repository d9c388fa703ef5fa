package jp.hinomi.rules.lint;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.hinomi.events.Severity;
import jp.hinomi.rules.ProblemCode;

/** What a document says about itself: level, status, author, dates, id. */
final class HeaderCheck implements Check {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    /** A subject line of mail, with the severity before it; Japanese letters are twice as wide. */
    private static final int WIDEST_TITLE = 110;

    @Override
    public void look(LintedDocument document, Surroundings surroundings, Findings findings) {
        document.text("id")
                .filter(id -> !UUID.matcher(id).matches())
                .ifPresent(id -> findings.add(
                        ProblemCode.BAD_ID,
                        document.at("id"),
                        "the id '" + Words.cut(id) + "' is no UUID",
                        "take a random one (uuidgen), and keep it for ever; a readable name belongs under 'name'"));
        dates(document, findings);
        title("title", document, findings);
        title("title_ja", document, findings);
        if (document.isFilter()) {
            return;
        }
        missing(
                ProblemCode.MISSING_LEVEL,
                "level",
                "say how bad it is: informational, low, medium, high or critical",
                document,
                findings);
        missing(
                ProblemCode.MISSING_STATUS,
                "status",
                "begin with 'experimental'; 'test' once it has tests, 'stable' once it is proven",
                document,
                findings);
        missing(ProblemCode.MISSING_AUTHOR, "author", "say who can be asked about it", document, findings);
        missing(ProblemCode.MISSING_DATE, "date", "say when it was written, as YYYY-MM-DD", document, findings);
        level(document, surroundings, findings);
    }

    private static void missing(
            ProblemCode code, String key, String remedy, LintedDocument document, Findings findings) {
        if (!document.written().has(key)) {
            findings.add(code, document.at(), "'" + key + "' is missing", remedy);
        }
    }

    private static void dates(LintedDocument document, Findings findings) {
        Optional<LocalDate> written = document.text("date").flatMap(HeaderCheck::date);
        Optional<LocalDate> modified = document.text("modified").flatMap(HeaderCheck::date);
        if (written.isPresent() && modified.isPresent() && modified.get().isBefore(written.get())) {
            findings.add(
                    ProblemCode.DATE_ORDER,
                    document.at("modified"),
                    "'modified' is " + modified.get() + ", before 'date', which is " + written.get(),
                    "correct one of the two");
        }
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException reportedElsewhere) {
            return Optional.empty();
        }
    }

    private static void title(String key, LintedDocument document, Findings findings) {
        int width = document.text(key)
                .map(text -> text.codePoints().map(c -> c < 0x1100 ? 1 : 2).sum())
                .orElse(0);
        if (width > WIDEST_TITLE) {
            findings.add(
                    ProblemCode.LONG_TITLE,
                    document.at(key),
                    "'" + key + "' is " + width + " columns wide",
                    "say in at most " + WIDEST_TITLE + " what happened; the rest belongs into the description");
        }
    }

    private static void level(LintedDocument document, Surroundings surroundings, Findings findings) {
        if (document.rule().isEmpty() || !document.written().has("level")) {
            return;
        }
        String name = document.rule().get().info().name();
        Severity level = document.rule().get().info().level();
        boolean alerts = surroundings.alerting().contains(name);
        if (alerts && level == Severity.INFORMATIONAL) {
            findings.add(
                    ProblemCode.LEVEL_CONVENTION,
                    document.at("level"),
                    "people are alerted by this rule, and its level is informational",
                    "give it the level of what happened, or use it in a correlation");
        } else if (!alerts && document.detection().isPresent() && level.compareTo(Severity.MEDIUM) > 0) {
            findings.add(
                    ProblemCode.LEVEL_CONVENTION,
                    document.at("level"),
                    "only correlations use this rule, so nobody sees its level '" + level.word() + "'",
                    "let it be informational or low, or set 'always_alert: true' if it is worth an alert of its own");
        }
    }
}
