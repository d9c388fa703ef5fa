package jp.hinomi.correlation.engine;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.runtime.client.DeploymentOptions;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPStatement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One Esper runtime for all correlations of a form and a timespan, whose statement is the same: fifty rules take five
 * runtimes, whose code the virtual machine has compiled after the first seconds, where one for each took a minute of
 * processor time for that. It costs no isolation: what a group remembers is its cell's, a rule that throws does not throw
 * through Esper, and if Esper itself fails, a new runtime takes over. It is deployed (some 10 ms) at the first match.
 */
final class EsperEngine implements CorrelationEngine {
    /** How often a runtime's clock is moved within a timespan. Only what Esper may forget depends on it. */
    private static final int CLOCK_STEPS = 4;

    /** By key of the correlation, and by what it shares with others. */
    private final Map<String, OfForm> byRule = new HashMap<>();

    private final Map<Shared, OfForm> shared = new HashMap<>();
    private final EplRules statements;

    /** Correlations that agree in this share a runtime. @param timespan in milliseconds */
    private record Shared(String epl, long timespan) {}

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

    private OfForm deployed(Correlation correlation) {
        OfForm known = byRule.get(correlation.key());
        if (known != null) {
            return known;
        }
        OfForm form = shared.computeIfAbsent(new Shared(Epl.of(correlation), correlation.timespan()), OfForm::new);
        byRule.put(correlation.key(), form);
        return form;
    }

    @Override
    public Hit accept(Cell cell, Match match) {
        Correlation correlation = cell.correlation();
        if (correlation.form() instanceof Form.Epl) {
            return statements.accept(cell, match);
        }
        GroupMatch next;
        Hit hit;
        OfForm form = null;
        try {
            next = new GroupMatch(cell, match);
            form = deployed(correlation);
            hit = form.accept(next);
        } catch (RuntimeException e) {
            if (form != null) {
                replace(form);
            }
            throw new RuleFailedException(correlation.info().name(), e);
        }
        if (next.failure() != null) {
            throw new RuleFailedException(correlation.info().name(), next.failure());
        }
        return hit;
    }

    /** The next match of its rules begins a new runtime. What this one holds of those that go on is in their cells. */
    private void replace(OfForm old) {
        byRule.values().removeIf(form -> form == old);
        shared.remove(old.of);
        old.close();
    }

    /** Esper holds the groups until they are old, so the runtime goes with them: there may be millions. */
    @Override
    public void forget(String correlation) {
        OfForm form = byRule.get(correlation);
        if (form != null) {
            replace(form);
        }
        statements.forget(correlation);
    }

    @Override
    public void advance(long time) {
        shared.values().forEach(form -> form.advance(time));
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
        shared.values().forEach(OfForm::close);
        statements.close();
    }

    private static final class OfForm {
        private final Shared of;
        private final EPRuntime runtime;
        private final EPEventService events;
        private Hit hit;
        /** How far its clock may lag behind, in milliseconds. */
        private final long step;

        private long next = Long.MIN_VALUE;

        OfForm(Shared of) {
            this.of = of;
            this.step = of.timespan() / CLOCK_STEPS;
            EPCompiled compiled = Compilations.of(List.of(of.epl())).get(of.epl());
            runtime = EPRuntimeProvider.getRuntime(
                    UUID.randomUUID().toString(), Compilations.configuration(of.timespan()));
            events = runtime.getEventService();
            try {
                EPStatement statement = runtime.getDeploymentService()
                        .deploy(compiled, new DeploymentOptions())
                        .getStatements()[0];
                statement.addListener((fired, gone, by, in) -> hit = (Hit) fired[0].get("hit"));
            } catch (EPDeployException e) {
                runtime.destroy();
                throw new IllegalStateException("our own EPL cannot be deployed: " + e.getMessage(), e);
            }
        }

        Hit accept(GroupMatch match) {
            advance(match.match().time());
            hit = null;
            events.sendEventBean(match, "HinomiMatch");
            Hit fired = hit;
            hit = null;
            return fired;
        }

        void advance(long time) {
            if (time >= next) {
                next = time + Math.max(1, step);
                events.advanceTime(time);
            }
        }

        void close() {
            runtime.destroy();
        }
    }
}
