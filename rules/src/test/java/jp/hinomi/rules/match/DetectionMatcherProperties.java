package jp.hinomi.rules.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.yaml.snakeyaml.Yaml;

/**
 * The compiled matcher and the direct evaluation both agree with the naive reading of Sigma. Seen to fail with: the
 * verification of a literal in {@code ContainsAutomaton.report} left out; {@code ifTrue} and {@code ifFalse} of {@code Not}
 * unswapped; {@code needsPresence} always false.
 */
class DetectionMatcherProperties {
    private static final int RULES = 25;
    private static final int EVENTS = 25;

    @Property(tries = 400)
    void agrees_with_the_naive_reading(@ForAll long seed) {
        RandomSigma random = new RandomSigma(seed);
        Map<String, Map<String, Object>> detections = new LinkedHashMap<>();
        List<RuleSource> sources = new ArrayList<>();
        for (int i = 0; i < RULES; i++) {
            String name = "rule_" + (100 + i);
            Map<String, Object> detection = random.detection();
            detections.put(name, detection);
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("title", name);
            rule.put("name", name);
            rule.put("logsource", Map.of("category", "application"));
            rule.put("detection", detection);
            sources.add(new RuleSource(name + ".yml", new Yaml().dump(rule)));
        }
        RuleReader.Result read = RuleReader.readTexts(sources, Placeholders.NONE);
        assertThat(read.problems().stream().filter(problem -> problem.isError()))
                .as("%s", sources)
                .isEmpty();
        DetectionMatcher matcher = DetectionMatcher.compile(read.rules().detections());
        for (int i = 0; i < EVENTS; i++) {
            SecurityEvent event = random.event();
            List<String> matched = new ArrayList<>();
            matcher.match(event, rule -> matched.add(rule.info().name()));
            assertThat(matched).as("in the order given").isSorted();
            for (DetectionRule rule : read.rules().detections()) {
                String name = rule.info().name();
                boolean expected = NaiveSigma.holds(detections.get(name), event);
                assertThat(matched.contains(name))
                        .as("compiled: %s for %s", detections.get(name), event)
                        .isEqualTo(expected);
                assertThat(rule.condition().holds(event))
                        .as("evaluated directly: %s for %s", detections.get(name), event)
                        .isEqualTo(expected);
            }
        }
    }
}
