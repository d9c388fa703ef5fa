package jp.hinomi.correlation.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.correlation.stage.AlertFactory;
import jp.hinomi.correlation.stage.Routing;
import jp.hinomi.correlation.state.Routed;
import jp.hinomi.events.Alert;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.match.DetectionMatcher;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Events to alerts of detections, at once, and to matches for the correlations of each level. */
final class MatchFunction extends ProcessFunction<SecurityEvent, Alert> {
    private static final long serialVersionUID = 1;

    private final WorkspaceSource source;
    private final long outOfOrder;
    private transient Correlations correlations;
    private transient DetectionMatcher matcher;
    private transient AlertFactory alerts;
    private transient Routing routing;
    private transient List<DetectionRule> matched;
    private transient Counter matches;
    private transient Counter raised;
    private transient Counter ungrouped;

    MatchFunction(WorkspaceSource source, Duration outOfOrder) {
        this.source = source;
        this.outOfOrder = outOfOrder.toMillis();
    }

    @Override
    public void open(OpenContext context) {
        Workspace workspace = source.workspace();
        correlations = workspace.correlations();
        matcher = DetectionMatcher.compile(workspace.wanted());
        alerts = new AlertFactory(workspace.city());
        routing = new Routing(correlations);
        matched = new ArrayList<>();
        matches = getRuntimeContext().getMetricGroup().counter("matches");
        raised = getRuntimeContext().getMetricGroup().counter("alerts");
        ungrouped = getRuntimeContext().getMetricGroup().counter("ungrouped");
    }

    @Override
    public void processElement(SecurityEvent event, Context context, Collector<Alert> out) {
        matched.clear();
        matcher.match(event, matched::add);
        if (matched.isEmpty()) {
            return;
        }
        matches.inc(matched.size());
        for (DetectionRule rule : matched) {
            if (correlations.alertsAtOnce(rule)) {
                raised.inc();
                out.collect(alerts.ofDetection(rule, event));
            }
        }
        // Late is what was appended more than the bound after it happened: a matter of the record, not of our progress.
        long due = Math.max(event.correlationMillis(), context.timestamp() - outOfOrder);
        routing.route(
                event,
                matched,
                (group, match) -> context.output(
                        Levels.tag(correlations.byKey(group.correlation()).level()), new Routed(group, match, due)),
                correlation -> ungrouped.inc());
    }
}
