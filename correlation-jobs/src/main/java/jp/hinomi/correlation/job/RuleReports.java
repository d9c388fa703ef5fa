package jp.hinomi.correlation.job;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jp.hinomi.correlation.state.RuleReport;
import jp.hinomi.correlation.state.RuleReportSerializer;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.OutputTag;

/**
 * What a subtask tells about its rules: as Flink metrics, in a group {@code rule.NAME} each, and to whoever puts all
 * subtasks together. Rules that nothing matches have neither, so that thousands of idle rules cost nothing. Used from the
 * subtask's thread; the metrics are read from others.
 */
final class RuleReports {
    static final OutputTag<RuleReport> TAG = new OutputTag<>("rule-reports", RuleReportSerializer.TYPE);

    /** Also how old a metric is at most. */
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final MetricGroup metrics;
    private final Map<String, RuleReport> newest = new ConcurrentHashMap<>();
    /** Flink cannot take a single metric back: that of a removed rule stays, and is used again if the rule returns. */
    private final Set<String> registered = new HashSet<>();

    private long next = System.nanoTime();

    RuleReports(MetricGroup metrics) {
        this.metrics = metrics;
    }

    boolean areDue() {
        return System.nanoTime() - next >= 0;
    }

    /** Makes them due at once: something happened that should not wait. */
    void hurry() {
        next = System.nanoTime();
    }

    /** @param all of the rules that this subtask knows; those that say nothing new are not told again */
    void tell(Collection<RuleReport> all, Consumer<RuleReport> out) {
        next = System.nanoTime() + EVERY_NANOS;
        Set<String> gone = new HashSet<>(newest.keySet());
        all.forEach(report -> gone.remove(report.rule()));
        for (String rule : gone) {
            RuleReport last = newest.put(rule, nothing(newest.get(rule).reporter(), rule));
            if (!newest.get(rule).equals(last)) {
                out.accept(newest.get(rule));
            }
        }
        for (RuleReport report : all) {
            RuleReport before = newest.put(report.rule(), report);
            if (!report.equals(before)) {
                if (report.matches() > 0 && registered.add(report.rule())) {
                    register(report.rule());
                }
                out.accept(report);
            }
        }
    }

    private static RuleReport nothing(String reporter, String rule) {
        return new RuleReport(reporter, rule, 0, 0, 0, 0, 0, 0, "");
    }

    private void register(String rule) {
        MetricGroup group = metrics.addGroup("rule", rule);
        group.gauge("matches", (Gauge<Long>) () -> newest.get(rule).matches());
        group.gauge("alerts", (Gauge<Long>) () -> newest.get(rule).alerts());
        group.gauge("groups", (Gauge<Long>) () -> newest.get(rule).groups());
        group.gauge("waiting", (Gauge<Long>) () -> newest.get(rule).waiting());
        group.gauge("timeMillis", (Gauge<Long>)
                () -> TimeUnit.NANOSECONDS.toMillis(newest.get(rule).nanos()));
    }
}
