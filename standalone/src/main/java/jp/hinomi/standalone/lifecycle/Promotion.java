package jp.hinomi.standalone.lifecycle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.correlation.ruletest.CaseResult;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleInfo;
import jp.hinomi.rules.RuleSet;

/** Decides whether a rule may go on to its next status, and says what is missing. Stateless and thread-safe. */
public final class Promotion {
    public static final String TEST = "test";
    public static final String STABLE = "stable";

    private static final Set<String> BEFORE_TEST = Set.of("", "experimental");

    private Promotion() {}

    /** What a rule lacks. @param key of the text that says it @param values for the text */
    public record Missing(String key, List<Object> values) {
        Missing(String key, Object... values) {
            this(key, List.of(values));
        }
    }

    /**
     * @param rules read together, all without errors that concern the rule
     * @param errors that the check of rules has found in the rule
     * @param results of the cases of the rule
     */
    public static List<Missing> missing(
            Rule rule,
            RuleSet rules,
            String to,
            List<String> errors,
            List<CaseResult> results,
            Optional<BacktestProof> backtest) {
        RuleInfo info = rule.info();
        List<Missing> missing = new ArrayList<>();
        boolean follows = to.equals(TEST)
                ? BEFORE_TEST.contains(info.status())
                : info.status().equals(TEST);
        if (!follows) {
            missing.add(
                    info.status().equals(to)
                            ? new Missing("promote.already", to)
                            : to.equals(STABLE) && BEFORE_TEST.contains(info.status())
                                    ? new Missing("promote.test-first")
                                    : new Missing("promote.not-from", info.status()));
        }
        errors.forEach(error -> missing.add(new Missing("promote.error", error)));
        cases(results, missing);
        if (to.equals(STABLE) || backtest.isPresent()) {
            backtest(rule, rules, backtest, missing);
        }
        return missing;
    }

    private static void cases(List<CaseResult> results, List<Missing> missing) {
        long failed = results.stream().filter(result -> !result.passed()).count();
        boolean alerts =
                results.stream().anyMatch(result -> !result.testCase().alerts().isEmpty());
        boolean silent =
                results.stream().anyMatch(result -> result.testCase().alerts().isEmpty());
        if (results.isEmpty()) {
            missing.add(new Missing("promote.no-cases"));
            return;
        }
        if (failed > 0) {
            missing.add(new Missing("promote.failed-cases", failed, results.size()));
        }
        if (!alerts) {
            missing.add(new Missing("promote.no-alerting-case"));
        }
        if (!silent) {
            missing.add(new Missing("promote.no-silent-case"));
        }
    }

    private static void backtest(Rule rule, RuleSet rules, Optional<BacktestProof> backtest, List<Missing> missing) {
        RuleInfo info = rule.info();
        if (backtest.isEmpty()) {
            missing.add(new Missing("promote.no-backtest"));
            return;
        }
        BacktestProof proof = backtest.get();
        if (!proof.has(info.name())) {
            missing.add(new Missing("promote.not-in-backtest"));
            return;
        }
        if (!proof.version(info.name()).equals(info.version())) {
            missing.add(new Missing("promote.other-version", proof.version(info.name()), info.version()));
        }
        inner(rule, rules).forEach((name, version) -> {
            if (!proof.version(name).equals(version)) {
                missing.add(
                        new Missing("promote.other-inner", name, proof.has(name) ? proof.version(name) : "-", version));
            }
        });
        if (!proof.isClean(info.name())) {
            missing.add(new Missing("promote.not-clean", String.join(", ", proof.doubts(info.name()))));
        }
    }

    /** Versions of the rules that it refers to, also through others, by name. */
    public static Map<String, String> inner(Rule rule, RuleSet rules) {
        Map<String, String> inner = new LinkedHashMap<>();
        add(rule, rules, inner);
        return inner;
    }

    private static void add(Rule rule, RuleSet rules, Map<String, String> inner) {
        if (rule instanceof CorrelationRule correlation) {
            for (String name : correlation.rules()) {
                Rule referred = rules.byName().get(name);
                if (inner.putIfAbsent(name, referred.info().version()) == null) {
                    add(referred, rules, inner);
                }
            }
        }
    }
}
