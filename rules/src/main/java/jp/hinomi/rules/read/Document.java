package jp.hinomi.rules.read;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.EplText;
import jp.hinomi.rules.Logsource;
import jp.hinomi.rules.RuleFilter;
import jp.hinomi.rules.detection.Expression;

/** One document that was read on its own; its references are not yet resolved. */
sealed interface Document {
    Header header();

    /** As written, for the version. */
    Node.Mapping written();

    record Detection(Header header, Node.Mapping written, Logsource logsource, Expression condition)
            implements Document {}

    record Correlation(
            Header header,
            Node.Mapping written,
            CorrelationRule.Type type,
            List<Reference> rules,
            List<String> groupBy,
            Map<String, Map<Reference, String>> aliases,
            Duration timespan,
            Optional<CorrelationRule.Condition> condition,
            List<String> fields,
            Optional<Duration> learning,
            Optional<CorrelationRule.Baseline> baseline,
            Optional<EplText> epl,
            boolean generate)
            implements Document {}

    /**
     * @param exception what is excepted from the matches of the rules
     * @param terms of an exception that somebody answers for
     */
    record Filter(
            Header header,
            Node.Mapping written,
            Logsource logsource,
            List<Reference> rules,
            Expression exception,
            Optional<RuleFilter.Terms> terms)
            implements Document {
        RuleFilter applied() {
            return new RuleFilter(header.name(), header.title(), exception, terms, header.at());
        }
    }

    /** A rule's name or id, as written. */
    record Reference(String text, Location at) {}
}
