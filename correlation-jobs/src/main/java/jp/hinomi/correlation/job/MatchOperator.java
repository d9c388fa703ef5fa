package jp.hinomi.correlation.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.correlation.engine.Correlation;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.correlation.engine.GroupKey;
import jp.hinomi.correlation.engine.GroupState;
import jp.hinomi.correlation.stage.AlertFactory;
import jp.hinomi.correlation.stage.Combiner;
import jp.hinomi.correlation.stage.Routing;
import jp.hinomi.correlation.stage.SuppressedCounts;
import jp.hinomi.correlation.state.Routed;
import jp.hinomi.correlation.state.RuleReport;
import jp.hinomi.correlation.state.Suppressed;
import jp.hinomi.correlation.state.SuppressedSerializer;
import jp.hinomi.events.Alert;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.RuleFilter;
import jp.hinomi.rules.match.DetectionMatcher;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Events to alerts of detections, at once, and to matches for the correlations of each level. Timestamps of its input are
 * append times. A change of rules takes effect with the next event.
 */
final class MatchOperator extends AbstractStreamOperator<Alert>
        implements OneInputStreamOperator<SecurityEvent, Alert> {
    static final OutputTag<Suppressed> SUPPRESSED = new OutputTag<>("suppressed", SuppressedSerializer.TYPE);

    private static final long serialVersionUID = 1;

    private final WorkspaceSource source;
    private final long outOfOrder;
    private transient FollowedWorkspace followed;
    private transient Workspace workspace;
    private transient Correlations correlations;
    private transient DetectionMatcher matcher;
    private transient AlertFactory alerts;
    private transient Routing routing;
    private transient Combiner combiner;
    private transient List<DetectionRule> matched;
    private transient RuleReports reports;
    private transient String reporter;
    private transient SuppressedCounts suppressed;
    private transient SecurityEvent matching;
    /** By rule and exception. As those of rules, they stay when what they count is gone. */
    private transient Map<String, Map<String, Counter>> suppressions;

    private transient Map<String, Counts> counts;
    private transient Counter matches;
    private transient Counter raised;
    private transient Counter ungrouped;

    /** Of one detection. */
    private static final class Counts {
        private long matches;
        private long alerts;
    }

    MatchOperator(WorkspaceSource source, Duration outOfOrder) {
        this.source = source;
        this.outOfOrder = outOfOrder.toMillis();
    }

    @Override
    public void open() throws Exception {
        super.open();
        reports = new RuleReports(getMetricGroup());
        reporter = "match/" + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        counts = new HashMap<>();
        suppressed = new SuppressedCounts();
        suppressions = new HashMap<>();
        followed = source.follow();
        alerts = new AlertFactory(followed.newest().city(), followed.newest().resources());
        workBy(followed.newest());
        matched = new ArrayList<>();
        matches = getMetricGroup().counter("matches");
        raised = getMetricGroup().counter("alerts");
        ungrouped = getMetricGroup().counter("ungrouped");
    }

    private void workBy(Workspace newest) {
        workspace = newest;
        correlations = newest.correlations();
        matcher = newest.matcher();
        routing = new Routing(correlations);
        combiner = new Combiner(correlations, alerts, this::send);
        counts.keySet().retainAll(newest.rules().byName().keySet());
    }

    @Override
    public void processElement(StreamRecord<SecurityEvent> record) {
        Workspace newest = followed.newest();
        if (newest != workspace) {
            combiner.flush(); // what was found by the old rules goes where they say
            workBy(newest);
        }
        SecurityEvent event = record.getValue();
        matched.clear();
        matching = event;
        matcher.match(event, matched::add, this::suppressed);
        if (!matched.isEmpty()) {
            take(event, record.getTimestamp());
        }
    }

    /** Suppressed is not a match: it neither alerts nor goes to a correlation. */
    private void suppressed(DetectionRule rule, List<RuleFilter> by) {
        suppressed.add(rule, by, matching);
        for (RuleFilter filter : by) {
            suppressions
                    .computeIfAbsent(rule.info().name(), any -> new HashMap<>())
                    .computeIfAbsent(
                            filter.name(),
                            name -> getMetricGroup()
                                    .addGroup("rule", rule.info().name())
                                    .addGroup("exception", name)
                                    .counter("suppressed"))
                    .inc();
        }
        if (suppressed.isFull()) {
            tellSuppressed();
        }
    }

    private void tellSuppressed() {
        suppressed.take(each -> output.collect(SUPPRESSED, new StreamRecord<>(each)));
    }

    private void take(SecurityEvent event, long appended) {
        matches.inc(matched.size());
        for (DetectionRule rule : matched) {
            Counts of = counts.computeIfAbsent(rule.info().name(), any -> new Counts());
            of.matches++;
            if (correlations.alertsAtOnce(rule)) {
                raised.inc();
                of.alerts++;
                BlindSpotOperator.send(output, rule.info(), alerts.ofDetection(rule, event), appended);
            }
        }
        // Late is what was appended more than the bound after it happened: a matter of the record, not of our progress.
        long due = Math.max(event.correlationMillis(), appended - outOfOrder);
        routing.route(
                event,
                matched,
                (correlation, group, match) -> combiner.add(correlation, group, match, due),
                correlation -> ungrouped.inc());
    }

    private void send(Correlation to, GroupKey group, List<GroupState.Waiting> matches) {
        output.collect(Levels.tag(to.level()), new StreamRecord<>(new Routed(group, matches)));
    }

    /** Watermarks come all the time, also without logs, so this is the place to tell what has happened. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        combiner.flush();
        super.processWatermark(mark);
        if (reports.areDue()) {
            List<RuleReport> all = new ArrayList<>();
            counts.forEach(
                    (rule, of) -> all.add(new RuleReport(reporter, rule, of.matches, of.alerts, 0, 0, 0, 0, "")));
            tellSuppressed();
            reports.tell(all, report -> output.collect(RuleReports.TAG, new StreamRecord<>(report)));
        }
    }

    /** While this subtask is idle, event time goes on without it. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        combiner.flush();
        super.processWatermarkStatus(status);
    }

    /** What is held is in no state of ours, so it has to be on its way before the barrier. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        combiner.flush();
        tellSuppressed();
        super.prepareSnapshotPreBarrier(checkpoint);
    }

    @Override
    public void finish() throws Exception {
        combiner.flush();
        tellSuppressed();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        if (followed != null) {
            followed.close();
        }
        super.close();
    }
}
