package jp.hinomi.rules.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Expiry;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleFilter;
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
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

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

    /** The rule says what is left; each filter that is in force at the event's time and covers it is named. */
    @Property(tries = 60)
    void filters_suppress_until_they_end(@ForAll long seed) {
        RandomSigma random = new RandomSigma(seed);
        Random dice = new Random(seed);
        List<RuleSource> sources = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String name = "rule_" + (100 + i);
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("title", name);
            rule.put("name", name);
            rule.put("logsource", Map.of("category", "application"));
            rule.put("detection", random.detection());
            sources.add(new RuleSource(name + ".yml", new Yaml().dump(rule)));
            for (int j = dice.nextInt(3); j > 0; j--) {
                Map<String, Object> filter = new LinkedHashMap<>();
                filter.put("title", name + "_" + j);
                filter.put("logsource", Map.of("category", "application"));
                Map<String, Object> section = new LinkedHashMap<>(random.detection());
                section.put("rules", List.of(name));
                filter.put("filter", section);
                if (dice.nextBoolean()) {
                    filter.put("owner", "soc");
                    filter.put("reason", "a scanner");
                    filter.put("expires", dice.nextBoolean() ? "1970-01-01" : "1970-01-01T12:00:00+09:00");
                }
                sources.add(new RuleSource(name + "-" + j + ".yml", new Yaml().dump(filter)));
            }
        }
        RuleReader.Result read = RuleReader.readTexts(sources, Placeholders.NONE);
        assertThat(read.problems().stream().filter(problem -> problem.isError()))
                .as("%s", sources)
                .isEmpty();
        List<DetectionRule> rules = read.rules().detections();
        DetectionMatcher matcher = DetectionMatcher.compile(rules, TOKYO);
        for (int i = 0; i < EVENTS; i++) {
            // Around the end of that day in Tokyo (15:00 UTC) and that hour (3:00 UTC).
            long time = (dice.nextBoolean() ? 15 : 3) * 3_600_000L + dice.nextInt(3) - 2;
            SecurityEvent event =
                    random.event().toBuilder().correlationMillis(time).build();
            Set<String> expected = new TreeSet<>();
            Map<String, List<RuleFilter>> expectedBy = new TreeMap<>();
            for (DetectionRule rule : rules) {
                if (rule.condition().holds(event)) {
                    List<RuleFilter> by = rule.filters().stream()
                            .filter(filter -> filter.exception().holds(event))
                            .filter(filter -> filter.terms().isEmpty()
                                    || time
                                            < (filter.terms().get().expires() instanceof Expiry.LastDay ? 15 : 3)
                                                    * 3_600_000L)
                            .toList();
                    if (by.isEmpty()) {
                        expected.add(rule.info().name());
                    } else {
                        expectedBy.put(rule.info().name(), by);
                    }
                }
            }
            Set<String> matched = new TreeSet<>();
            Map<String, List<RuleFilter>> suppressed = new TreeMap<>();
            matcher.match(
                    event,
                    rule -> matched.add(rule.info().name()),
                    (rule, by) -> suppressed.put(rule.info().name(), List.copyOf(by)));
            assertThat(matched).as("%s", sources).isEqualTo(expected);
            assertThat(suppressed).as("%s", sources).isEqualTo(expectedBy);
        }
    }
}
