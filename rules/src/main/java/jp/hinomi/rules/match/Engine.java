package jp.hinomi.rules.match;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.RuleFilter;
import jp.hinomi.rules.detection.EventField;
import jp.hinomi.rules.detection.Expression;
import jp.hinomi.rules.detection.Predicate;

/**
 * Conditions of many rules compiled together. Equal predicates are one; every field is looked at once; a rule is evaluated
 * only if something that it requires is there. Immutable and thread-safe; {@link Matching} holds what is known of an event.
 */
final class Engine {
    private static final int[] NONE = {};

    private final List<DetectionRule> rules;
    private final int[] entries;
    /** Of a rule without filters null: it pays nothing for those of others. */
    private final int[][] filterEntries;

    private final long[][] filterEnds;
    private final Program program;
    private final Residual[] residuals;
    private final int[][] wokenBy;
    private final long[] alwaysAwake;
    private final FieldIndex[] slotFields;
    private final Map<String, FieldIndex> extraFields = new HashMap<>();
    private int literals;

    /** @param zone in which the last day of an exception is a day */
    Engine(List<DetectionRule> rules, ZoneId zone) {
        this.rules = List.copyOf(rules);
        Map<Predicate, Integer> numbers = new LinkedHashMap<>();
        this.rules.forEach(rule -> {
            number(rule.condition(), numbers);
            rule.filters().forEach(filter -> number(filter.exception(), numbers));
        });
        Map<EventField, FieldIndexBuilder> builders = new LinkedHashMap<>();
        Map<Integer, Residual> residualsByNumber = new HashMap<>();
        numbers.forEach((predicate, number) -> {
            FieldIndexBuilder builder = builders.computeIfAbsent(predicate.field(), FieldIndexBuilder::new);
            if (predicate instanceof Predicate.FieldTest test) {
                Residual residual = builder.add(number, test.anyOf());
                if (residual != null) {
                    residualsByNumber.put(number, residual);
                }
            } else {
                builder.present.add(number);
            }
        });
        residuals = new Residual[numbers.size()];
        residualsByNumber.forEach((number, residual) -> residuals[number] = residual);

        Triggers triggers = new Triggers(numbers, residualsByNumber);
        List<List<Integer>> woken = new ArrayList<>();
        numbers.forEach((predicate, number) -> woken.add(new ArrayList<>(0)));
        alwaysAwake = new long[(this.rules.size() + Long.SIZE - 1) / Long.SIZE];
        Program.Builder code = new Program.Builder(numbers, triggers::cost);
        entries = new int[this.rules.size()];
        filterEntries = new int[entries.length][];
        filterEnds = new long[entries.length][];
        for (int rule = 0; rule < entries.length; rule++) {
            Expression condition = this.rules.get(rule).condition();
            entries[rule] = code.add(condition);
            List<RuleFilter> applied = this.rules.get(rule).filters();
            if (!applied.isEmpty()) {
                filterEntries[rule] = applied.stream()
                        .mapToInt(filter -> code.add(filter.exception()))
                        .toArray();
                filterEnds[rule] =
                        applied.stream().mapToLong(filter -> filter.ends(zone)).toArray();
            }
            Triggers.Trigger trigger = triggers.of(condition);
            if (trigger == null) {
                alwaysAwake[rule >>> 6] |= 1L << rule;
                continue;
            }
            for (Predicate predicate : trigger.anyOf()) {
                woken.get(numbers.get(predicate)).add(rule);
                if (triggers.needsPresence(predicate)) {
                    builders.get(predicate.field()).wokenByPresence.add(rule);
                }
            }
        }
        program = code.build();
        wokenBy = new int[numbers.size()][];
        for (int number = 0; number < wokenBy.length; number++) {
            wokenBy[number] = woken.get(number).isEmpty()
                    ? NONE
                    : woken.get(number).stream().mapToInt(Integer::intValue).toArray();
        }
        List<FieldIndex> slots = new ArrayList<>();
        builders.forEach((field, builder) -> {
            FieldIndex index = new FieldIndex(builder, () -> literals++);
            if (field.isExtra()) {
                extraFields.put(field.name(), index);
            } else {
                slots.add(index);
            }
        });
        slotFields = slots.toArray(new FieldIndex[0]);
    }

    private static void number(Expression expression, Map<Predicate, Integer> numbers) {
        if (expression instanceof Expression.Test test) {
            numbers.putIfAbsent(test.predicate(), numbers.size());
        } else if (expression instanceof Expression.Not not) {
            number(not.of(), numbers);
        } else if (expression instanceof Expression.All all) {
            all.of().forEach(part -> number(part, numbers));
        } else if (expression instanceof Expression.AtLeast atLeast) {
            atLeast.of().forEach(part -> number(part, numbers));
        }
    }

    int predicates() {
        return residuals.length;
    }

    int literals() {
        return literals;
    }

    int rules() {
        return rules.size();
    }

    DetectionRule rule(int index) {
        return rules.get(index);
    }

    long[] alwaysAwake() {
        return alwaysAwake;
    }

    int[] wokenBy(int predicate) {
        return wokenBy[predicate];
    }

    Residual residual(int predicate) {
        return residuals[predicate];
    }

    /** Looks at every field of the event that some rule asks for. */
    void look(SecurityEvent event, Matching matching) {
        matching.begin(event);
        for (FieldIndex index : slotFields) {
            Object value = index.field().read(event);
            if (value != null) {
                index.look(value, matching);
            }
        }
        Map<String, Object> extra = event.extra();
        if (extra.isEmpty() || extraFields.isEmpty()) {
            return;
        }
        // The smaller of the two is walked: an event with thousands of fields costs no more than the rules ask for.
        if (extra.size() <= extraFields.size()) {
            for (Map.Entry<String, Object> entry : extra.entrySet()) {
                FieldIndex index = extraFields.get(entry.getKey());
                if (index != null) {
                    index.look(entry.getValue(), matching);
                }
            }
        } else {
            for (Map.Entry<String, FieldIndex> entry : extraFields.entrySet()) {
                Object value = extra.get(entry.getKey());
                if (value != null) {
                    entry.getValue().look(value, matching);
                }
            }
        }
    }

    boolean holds(int rule, Matching matching) {
        return program.holds(entries[rule], matching);
    }

    boolean isFiltered(int rule) {
        return filterEntries[rule] != null;
    }

    /** Adds the filters of the rule that cover the event and are in force at its time. */
    void covering(int rule, Matching matching, List<RuleFilter> out) {
        int[] filters = filterEntries[rule];
        long time = matching.event().correlationMillis();
        for (int i = 0; i < filters.length; i++) {
            if (time < filterEnds[rule][i] && program.holds(filters[i], matching)) {
                out.add(rules.get(rule).filters().get(i));
            }
        }
    }
}
