package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.correlation.engine.epl.EplProgram;

/** The rules that bring their own statement, each in a runtime of its own. Not thread-safe. */
final class EplRules implements AutoCloseable {
    private final Map<String, EplRule> byRule = new HashMap<>();
    /** Those that may fire by the time alone; most rules do not. */
    private final List<EplRule> withTimers = new ArrayList<>();

    EplRules(Collection<Correlation> correlations) {
        for (Correlation correlation : correlations) {
            if (correlation.form() instanceof Form.Epl) {
                begin(correlation);
            }
        }
    }

    private EplRule begin(Correlation correlation) {
        EplProgram program = ((Form.Epl) correlation.form()).program();
        EplRule rule = new EplRule(correlation, program);
        byRule.put(correlation.key(), rule);
        if (program.hasTimers()) {
            withTimers.add(rule);
        }
        return rule;
    }

    Hit accept(Cell cell, Match match) {
        EplRule known = byRule.get(cell.correlation().key());
        // One that came while the job runs begins with its first match.
        EplRule rule = known == null ? begin(cell.correlation()) : known;
        try {
            return rule.accept(cell, match);
        } catch (RuntimeException e) {
            throw failed(rule, e);
        }
    }

    CorrelationEngine.Timer nextTimer() {
        EplRule next = null;
        for (EplRule rule : withTimers) {
            if (rule.nextTimer() != Long.MAX_VALUE && (next == null || rule.nextTimer() < next.nextTimer())) {
                next = rule;
            }
        }
        return next == null ? null : new CorrelationEngine.Timer(next.nextTimer(), next.correlation());
    }

    List<CorrelationEngine.Firing> fire(CorrelationEngine.Timer timer) {
        EplRule rule = byRule.get(timer.correlation().key());
        try {
            return rule.fire(timer.at());
        } catch (RuntimeException e) {
            throw failed(rule, e);
        }
    }

    /** It is in quarantine from now on, so its memory is given back. */
    private RuleFailedException failed(EplRule rule, RuntimeException cause) {
        byRule.remove(rule.correlation().key());
        withTimers.remove(rule);
        rule.close();
        return new RuleFailedException(rule.correlation().info().name(), cause);
    }

    void forget(String correlation) {
        EplRule gone = byRule.remove(correlation);
        if (gone != null) {
            withTimers.remove(gone);
            gone.close();
        }
    }

    void advance(long time) {
        byRule.values().forEach(rule -> rule.advance(time));
    }

    void forget(Cell cell) {
        EplRule rule = byRule.get(cell.correlation().key());
        if (rule != null) {
            rule.forget(cell);
        }
    }

    @Override
    public void close() {
        byRule.values().forEach(EplRule::close);
    }
}
