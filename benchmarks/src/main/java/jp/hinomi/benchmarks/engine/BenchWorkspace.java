package jp.hinomi.benchmarks.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.correlation.engine.Correlation;
import jp.hinomi.correlation.job.Workspace;
import jp.hinomi.correlation.job.WorkspaceSource;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;

/** Rules for jobs of this process, by their text. */
record BenchWorkspace(String rules) implements WorkspaceSource {
    private static final Map<String, Workspace> LOADED = new ConcurrentHashMap<>();

    @Override
    public Workspace workspace() {
        return LOADED.computeIfAbsent(rules, text -> {
            RuleReader.Result read =
                    RuleReader.readTexts(List.of(new RuleSource("bench.yml", text)), Placeholders.NONE);
            if (read.hasErrors()) {
                throw new IllegalStateException("the rules of the benchmark are refused: " + read.problems());
            }
            return Workspace.of(Optional.empty(), read.rules());
        });
    }

    List<String> correlations() {
        return workspace().correlations().all().stream().map(Correlation::key).toList();
    }

    /** Correlations over as many detections as they have steps. @param condition with a leading line break, or empty */
    static BenchWorkspace of(String type, int steps, int correlations, String timespan, String condition) {
        List<String> texts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            names.add("step_" + i);
            texts.add("title: step\nname: step_" + i
                    + "\nlogsource: {category: firewall}\ndetection:\n  sel: {event.code: x" + i
                    + "}\n  condition: sel\n");
        }
        for (int i = 0; i < correlations; i++) {
            texts.add("title: correlation " + i + "\nname: correlation_" + i + "\ncorrelation:\n  type: " + type
                    + "\n  rules: " + names + "\n  group-by: [source.ip]\n  timespan: " + timespan + condition
                    + "\nlevel: high\n");
        }
        return new BenchWorkspace(String.join("---\n", texts));
    }
}
