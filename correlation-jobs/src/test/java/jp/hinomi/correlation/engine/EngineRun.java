package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.correlation.stage.Routing;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.RuleSet;

/** The correlators of all levels, connected as the job connects them, without Flink. */
public final class EngineRun implements AutoCloseable {
    private final RuleSet rules;
    private final Correlations correlations;
    private final Routing routing;
    private final List<Correlator> levels = new ArrayList<>();
    public final Map<String, Outcome> alerts = new LinkedHashMap<>();
    private final Map<GroupKey, GroupState> saved = new LinkedHashMap<>();
    final List<String> quarantined = new ArrayList<>();
    final List<RuleFailedException> failures = new ArrayList<>();
    long late;
    long amended;

    public EngineRun(RuleSet rules) {
        this.rules = rules;
        this.correlations = new Correlations(rules);
        this.routing = new Routing(correlations);
        for (int level = 0; level < correlations.levels(); level++) {
            levels.add(new Correlator(correlations, level, new Out(), Touching.NOTHING));
        }
    }

    void add(Happening happening) {
        add(happening, happening.due());
    }

    public void add(Happening happening, long due) {
        add(happening.event(), happening.matched(), due);
    }

    void add(SecurityEvent event, List<String> rulesThatMatch) {
        add(event, rulesThatMatch, event.correlationMillis());
    }

    private void add(SecurityEvent event, List<String> names, long due) {
        List<DetectionRule> matched = rules.detections().stream()
                .filter(rule -> names.contains(rule.info().name()))
                .toList();
        routing.route(
                event,
                matched,
                (correlation, group, match) -> levels.get(correlation.level()).add(group, match, due),
                nobody -> {});
    }

    public void advance(long watermark) {
        levels.forEach(level -> level.advance(watermark));
    }

    public void end() {
        levels.forEach(Correlator::end);
    }

    /** The state of every group that is alive, of all levels, as it would be saved now. */
    Map<GroupKey, GroupState> saved() {
        levels.forEach(level -> level.save((key, state) -> {
            if (state.isPresent()) {
                saved.put(key, state.get());
            } else {
                saved.remove(key);
            }
        }));
        return saved;
    }

    int groups() {
        return levels.stream().mapToInt(Correlator::groups).sum();
    }

    @Override
    public void close() {
        levels.forEach(Correlator::close);
    }

    private final class Out implements Outlet {
        @Override
        public void alert(Correlation correlation, GroupKey group, OpenAlert alert) {
            Outcome.keepNewest(alerts, Outcome.of(correlation, group, alert));
        }

        @Override
        public void match(Correlation to, GroupKey group, Match match) {
            levels.get(to.level()).add(group, match, match.time());
        }

        @Override
        public void ungrouped(Correlation to) {
            // Counted by the operator; nothing to compare here.
        }

        @Override
        public void late(Correlation correlation, boolean wasAmended) {
            late++;
            amended += wasAmended ? 1 : 0;
        }

        @Override
        public void quarantined(Correlation correlation, RuleFailedException failure) {
            quarantined.add(correlation.info().name());
            failures.add(failure);
        }
    }
}
