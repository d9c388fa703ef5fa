package jp.hinomi.correlation.engine;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.runtime.client.DeploymentOptions;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPStatement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One Esper runtime per correlation: 12 KB and no thread each, and a rule that throws cannot touch another's state. A
 * runtime's clock is moved only when its own rule is about to see a match, and it is deployed (some 10 ms) at the first one,
 * so that rules without matches cost nothing.
 */
final class EsperEngine implements CorrelationEngine {
    /**
     * How often a runtime's clock is moved within a timespan. Our aggregations take the time from the matches; Esper forgets a
     * group after two timespans, so it may well believe that the group was used a part of one earlier.
     */
    private static final int CLOCK_STEPS = 4;

    private final Map<String, OfRule> byRule = new HashMap<>();
    private final EplRules statements;

    EsperEngine(Collection<Correlation> correlations) {
        compile(correlations);
        statements = new EplRules(correlations);
    }

    /** Compiles what is not yet compiled in this process, so that {@link #accept} never has to. Thread-safe. */
    static void compile(Collection<Correlation> correlations) {
        Compilations.of(correlations.stream()
                .filter(correlation -> !correlation.form().isTimed() && !(correlation.form() instanceof Form.Epl))
                .map(Epl::of)
                .toList());
    }

    private static OfRule deploy(Correlation correlation) {
        String epl = Epl.of(correlation);
        return new OfRule(Compilations.of(List.of(epl)).get(epl), correlation.timespan() / CLOCK_STEPS);
    }

    @Override
    public Hit accept(Cell cell, Match match) {
        Correlation correlation = cell.correlation();
        if (correlation.form() instanceof Form.Epl) {
            return statements.accept(cell, match);
        }
        try {
            OfRule rule = byRule.get(correlation.key());
            if (rule == null) {
                rule = deploy(correlation);
                byRule.put(correlation.key(), rule);
            }
            return rule.accept(new GroupMatch(cell, match));
        } catch (RuntimeException e) {
            throw new RuleFailedException(correlation.info().name(), e);
        }
    }

    @Override
    public void forget(String correlation) {
        OfRule gone = byRule.remove(correlation);
        if (gone != null) {
            gone.close();
        }
        statements.forget(correlation);
    }

    @Override
    public void advance(long time) {
        byRule.values().forEach(rule -> rule.advance(time));
        statements.advance(time);
    }

    @Override
    public Timer nextTimer() {
        return statements.nextTimer();
    }

    @Override
    public List<Firing> fire(Timer timer) {
        return statements.fire(timer);
    }

    @Override
    public void forget(Cell cell) {
        if (cell.correlation().form() instanceof Form.Epl) {
            statements.forget(cell);
        }
    }

    @Override
    public void close() {
        byRule.values().forEach(OfRule::close);
        statements.close();
    }

    private static final class OfRule {
        private final EPRuntime runtime;
        private Hit hit;
        private final long step;
        private long next = Long.MIN_VALUE;

        /** @param step how far its clock may lag behind, in milliseconds */
        OfRule(EPCompiled compiled, long step) {
            this.step = step;
            runtime = EPRuntimeProvider.getRuntime(UUID.randomUUID().toString(), Compilations.configuration());
            try {
                EPStatement statement = runtime.getDeploymentService()
                        .deploy(compiled, new DeploymentOptions())
                        .getStatements()[0];
                statement.addListener((fired, gone, of, in) -> hit = (Hit) fired[0].get("hit"));
            } catch (EPDeployException e) {
                runtime.destroy();
                throw new IllegalStateException("our own EPL cannot be deployed: " + e.getMessage(), e);
            }
        }

        Hit accept(GroupMatch next) {
            advance(next.match().time());
            hit = null;
            runtime.getEventService().sendEventBean(next, "HinomiMatch");
            Hit fired = hit;
            hit = null;
            return fired;
        }

        void advance(long time) {
            if (time >= next) {
                next = time + Math.max(1, step);
                runtime.getEventService().advanceTime(time);
            }
        }

        void close() {
            runtime.destroy();
        }
    }
}
