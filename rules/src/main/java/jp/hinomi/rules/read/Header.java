package jp.hinomi.rules.read;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Severity;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.RuleInfo;

/** What a document says about itself, before its version and level are settled. */
record Header(
        String id,
        String name,
        Map<String, String> title,
        Map<String, String> description,
        String status,
        Optional<Severity> level,
        List<String> tags,
        Optional<Duration> suppress,
        Map<String, String> response,
        Map<String, List<String>> falsePositives,
        List<String> notEvaluableWithout,
        boolean alwaysAlert,
        Location at) {

    RuleInfo info(String version, Severity levelWithout) {
        return new RuleInfo(
                id,
                name,
                version,
                title,
                description,
                status,
                level.orElse(levelWithout),
                tags,
                suppress,
                response,
                falsePositives,
                notEvaluableWithout,
                alwaysAlert,
                at);
    }
}
