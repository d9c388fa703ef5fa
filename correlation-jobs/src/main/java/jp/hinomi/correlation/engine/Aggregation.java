package jp.hinomi.correlation.engine;

import com.espertech.esper.common.client.hook.aggfunc.AggregationFunction;
import com.espertech.esper.common.client.hook.aggfunc.AggregationFunctionFactory;
import com.espertech.esper.common.client.hook.aggfunc.AggregationFunctionFactoryContext;
import com.espertech.esper.common.client.hook.aggfunc.AggregationFunctionForge;
import com.espertech.esper.common.client.hook.aggfunc.AggregationFunctionMode;
import com.espertech.esper.common.client.hook.aggfunc.AggregationFunctionModeManaged;
import com.espertech.esper.common.client.hook.aggfunc.AggregationFunctionValidationContext;
import com.espertech.esper.common.client.hook.forgeinject.InjectionStrategyClassNewInstance;
import com.espertech.esper.common.client.type.EPTypeClass;
import com.espertech.esper.common.internal.epl.expression.core.ExprValidationException;
import java.util.List;

/**
 * Our aggregations as Esper plug-ins: {@code nth_newest(m,'…')}, {@code chain(m,'…')}, {@code all_steps(m,'…')}, {@code
 * every_match(m,'…')}, {@code calculated(m,'…')}, {@code new_value(m,'…')}. The text carries the numbers, because a plug-in
 * takes the event and one constant.
 */
public final class Aggregation implements AggregationFunctionForge {
    static final List<String> NAMES =
            List.of("nth_newest", "chain", "all_steps", "every_match", "calculated", "new_value");

    private String function = "";
    private String numbers = "";

    /** The call in EPL. */
    static String call(Form form, long timespan) {
        if (form instanceof Form.Count count) {
            return "nth_newest(m,'" + count.quantity() + "/" + Form.write(count.criteria()) + "/" + count.keep() + "/"
                    + timespan + "')";
        }
        if (form instanceof Form.Calculated calculated) {
            return "calculated(m,'" + calculated.quantity() + "/" + calculated.percentile() + "/"
                    + Form.write(calculated.criteria()) + "/" + timespan + "')";
        }
        if (form instanceof Form.NewValue newValue) {
            return "new_value(m,'" + newValue.learning() + "/" + timespan + "')";
        }
        if (form instanceof Form.Ordered ordered) {
            return "chain(m,'" + ordered.steps() + "/" + timespan + "')";
        }
        if (form instanceof Form.Steps steps) {
            return "all_steps(m,'" + steps.steps() + "/" + Form.write(steps.criteria()) + "/" + timespan + "')";
        }
        if (form instanceof Form.Every) {
            return "every_match(m,'')";
        }
        throw new IllegalArgumentException(form + " is not judged at each match");
    }

    static Accumulator accumulator(String function, String numbers) {
        String[] parts = numbers.split("/");
        return switch (function) {
            case "nth_newest" ->
                new NewestDistinct(
                        new Form.Count(
                                Quantity.valueOf(parts[0]), Form.readCriteria(parts[1]), Integer.parseInt(parts[2])),
                        Long.parseLong(parts[3]));
            case "calculated" ->
                new NumbersInWindow(
                        new Form.Calculated(
                                Quantity.valueOf(parts[0]), Double.parseDouble(parts[1]), Form.readCriteria(parts[2])),
                        Long.parseLong(parts[3]));
            case "new_value" -> new NewValues(new Form.NewValue(Long.parseLong(parts[0])), Long.parseLong(parts[1]));
            case "chain" -> new Chain(new Form.Ordered(Integer.parseInt(parts[0])), Long.parseLong(parts[1]));
            case "all_steps" ->
                new NewestPerStep(
                        new Form.Steps(Integer.parseInt(parts[0]), Form.readCriteria(parts[1])),
                        Long.parseLong(parts[2]));
            case "every_match" -> new Everything();
            default -> throw new IllegalArgumentException("no aggregation is called " + function);
        };
    }

    @Override
    public void setFunctionName(String functionName) {
        this.function = functionName;
    }

    @Override
    public void validate(AggregationFunctionValidationContext context) throws ExprValidationException {
        Object[] constants = context.getConstantValues();
        if (context.getParameterTypes().length != 2 || !(constants[1] instanceof String text)) {
            throw new ExprValidationException(function + " takes the event and a constant text");
        }
        numbers = text;
    }

    @Override
    public EPTypeClass getValueType() {
        return new EPTypeClass(Hit.class);
    }

    @Override
    public AggregationFunctionMode getAggregationFunctionMode() {
        return new AggregationFunctionModeManaged()
                .setInjectionStrategyAggregationFunctionFactory(new InjectionStrategyClassNewInstance(Factory.class)
                        .addConstant("function", function)
                        .addConstant("numbers", numbers));
    }

    /** Makes the aggregation of each group. */
    public static final class Factory implements AggregationFunctionFactory {
        private String function = "";
        private String numbers = "";

        public void setFunction(String function) {
            this.function = function;
        }

        public void setNumbers(String numbers) {
            this.numbers = numbers;
        }

        @Override
        public AggregationFunction newAggregator(AggregationFunctionFactoryContext context) {
            return new OfGroup(accumulator(function, numbers));
        }
    }

    private static final class OfGroup implements AggregationFunction {
        private final Accumulator accumulator;
        private Hit hit;

        OfGroup(Accumulator accumulator) {
            this.accumulator = accumulator;
        }

        @Override
        public void enter(Object value) {
            GroupMatch next = (GroupMatch) value; // Esper keeps the constant to itself
            Cell cell = next.getCell();
            cell.attach(accumulator);
            if (cell.isReplaying()) {
                accumulator.replay(next.match());
                hit = null;
            } else {
                hit = accumulator.add(next.match());
            }
        }

        /** Never called: the stream has no window that anything could leave. */
        @Override
        public void leave(Object value) {
            throw new IllegalStateException("matches do not leave an unbounded stream");
        }

        @Override
        public Object getValue() {
            return hit;
        }

        @Override
        public void clear() {
            hit = null;
        }
    }
}
