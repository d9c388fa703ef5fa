package jp.hinomi.alerting.notice;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import jp.hinomi.events.Severity;

/**
 * A notice as chat programs show it: short texts in the recipient's language, nothing that hides in them, not escaped yet.
 *
 * @param subject one line that stands alone, for previews
 * @param facts label and value
 * @param evidence log lines, newest first
 * @param withheld why there is no evidence; empty if there is
 * @param silent which sources the rule could not see; empty if it saw all
 * @param why it comes to this recipient
 * @param footer TLP and rule
 */
public record Brief(
        String language,
        String alertId,
        String subject,
        String headline,
        String title,
        Severity severity,
        String severityWord,
        List<Fact> facts,
        String firstSteps,
        List<String> evidence,
        Optional<String> withheld,
        Optional<String> silent,
        List<String> why,
        String footer,
        URI acknowledge,
        URI console) {
    /** @param raw true = the value came from logs as it is */
    public record Fact(String label, String value, boolean raw) {}

    public Brief {
        facts = List.copyOf(facts);
        evidence = List.copyOf(evidence);
        why = List.copyOf(why);
    }
}
