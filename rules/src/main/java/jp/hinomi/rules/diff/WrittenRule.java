package jp.hinomi.rules.diff;

import java.util.List;
import java.util.Objects;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.Rule;

/**
 * A rule, and the documents it was read from.
 *
 * @param alerts whether it alerts by itself
 * @param filters that apply to it, by name
 */
record WrittenRule(Rule rule, boolean alerts, Node.Mapping document, List<Filter> filters) {
    /** @param section what it excepts */
    record Filter(String name, Node.Mapping section) {}

    WrittenRule {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(document, "document");
        filters = List.copyOf(filters);
    }

    String name() {
        return rule.info().name();
    }

    String id() {
        return rule.info().id();
    }
}
