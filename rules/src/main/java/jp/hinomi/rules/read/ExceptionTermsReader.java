package jp.hinomi.rules.read;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.Expiry;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.RuleFilter;

/**
 * Reads what makes a filter an exception: {@code owner}, {@code reason} and {@code expires}. Who gives one gives all three.
 * Without any it is a filter as Sigma has them, part of what its pack means by the rule: tested with it, changed with it, and
 * without an end, so that the packs of others run as they are.
 */
final class ExceptionTermsReader {
    private static final List<String> KEYS = List.of("owner", "reason", "expires");

    private ExceptionTermsReader() {}

    /** Empty for a plain filter, or after reporting. @param header null if the document has none that can be read */
    static Optional<RuleFilter.Terms> read(Node.Mapping document, Header header, Problems problems) {
        if (KEYS.stream().noneMatch(document::has)) {
            return Optional.empty();
        }
        String name = header == null ? "?" : header.name();
        for (String key : KEYS) {
            if (!document.has(key)) {
                problems.error(
                        ProblemCode.INCOMPLETE_EXCEPTION,
                        document.at(),
                        "the exception '" + name + "' has no '" + key + "', so it excepts nothing",
                        switch (key) {
                            case "owner" -> "say who answers for it: a stakeholder, a mail address, a team";
                            case "reason" -> "say why it is needed";
                            default -> "say until when it is needed: a date, or a time with its zone";
                        });
            }
        }
        String owner = problems.text(document, "owner");
        Map<String, String> reason = HeaderReader.texts("reason", document, problems);
        Optional<Expiry> expires = expires(document, problems);
        if (reason.isEmpty() && !problems.hasErrors()) {
            problems.error(
                    ProblemCode.INCOMPLETE_EXCEPTION,
                    document.get("reason").at(),
                    "the reason of the exception '" + name + "' is empty, so it excepts nothing",
                    "say why it is needed");
        }
        return owner == null || reason.isEmpty() || expires.isEmpty() || problems.hasErrors()
                ? Optional.empty()
                : Optional.of(new RuleFilter.Terms(owner.strip(), reason, expires.get()));
    }

    private static Optional<Expiry> expires(Node.Mapping document, Problems problems) {
        String text = problems.text(document, "expires");
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.length() <= "2026-12-31".length()
                            ? new Expiry.LastDay(LocalDate.parse(text))
                            : new Expiry.Moment(
                                    OffsetDateTime.parse(text.replace(' ', 'T')).toInstant()));
        } catch (DateTimeException e) {
            problems.error(
                    ProblemCode.INVALID_EXPIRY,
                    document.get("expires").at(),
                    "'expires' is '" + text + "'",
                    "write the last day (2026-12-31), or the first moment that is no longer excepted, with its zone"
                            + " (2026-12-31T18:00:00+09:00)");
            return Optional.empty();
        }
    }
}
