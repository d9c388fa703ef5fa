package jp.hinomi.alerting.web;

import java.util.Locale;
import java.util.Optional;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.text.Texts;

/** What was refused of an incident, in the language of whoever called. Stateless. */
public final class CaseworkWords {
    private CaseworkWords() {}

    /** The refusal that the failure is, or was caused by. */
    public static Optional<CaseworkRefusal> of(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CaseworkRefusal refusal) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    /** Of what has no words in both languages its own. */
    public static String words(IllegalArgumentException failure, Texts texts, Locale locale) {
        return failure instanceof CaseworkRefusal refusal
                ? texts.get(locale.getLanguage(), refusal.why().key(), refusal.details())
                : failure.getMessage();
    }
}
