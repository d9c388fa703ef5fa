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
 * Our aggregations as Esper plug-ins: {@code nth_newest(m)}, {@code chain(m)}, {@code all_steps(m)}, {@code
 * every_match(m)}, {@code calculated(m)}, {@code new_value(m)}. What a group remembers, and the numbers of its rule, are in
 * its {@link Cell}: so one statement serves all rules of a form, Esper may forget a group whenever it likes, and a runtime
 * that failed is replaced by a new one without a loss.
 */
public final class Aggregation implements AggregationFunctionForge {
    static final List<String> NAMES =
            List.of("nth_newest", "chain", "all_steps", "every_match", "calculated", "new_value");

    private String function = "";

    /** The call in EPL. */
    static String call(Form form) {
        if (form instanceof Form.Count) {
            return "nth_newest(m)";
        }
        if (form instanceof Form.Calculated) {
            return "calculated(m)";
        }
        if (form instanceof Form.NewValue) {
            return "new_value(m)";
        }
        if (form instanceof Form.Ordered) {
            return "chain(m)";
        }
        if (form instanceof Form.Steps) {
            return "all_steps(m)";
        }
        if (form instanceof Form.Every) {
            return "every_match(m)";
        }
        throw new IllegalArgumentException(form + " is not judged at each match");
    }

    @Override
    public void setFunctionName(String functionName) {
        this.function = functionName;
    }

    @Override
    public void validate(AggregationFunctionValidationContext context) throws ExprValidationException {
        if (context.getParameterTypes().length != 1) {
            throw new ExprValidationException(function + " takes the event and nothing else");
        }
    }

    @Override
    public EPTypeClass getValueType() {
        return new EPTypeClass(Hit.class);
    }

    @Override
    public AggregationFunctionMode getAggregationFunctionMode() {
        return new AggregationFunctionModeManaged()
                .setInjectionStrategyAggregationFunctionFactory(new InjectionStrategyClassNewInstance(Factory.class));
    }

    /** Makes the aggregation of each group. */
    public static final class Factory implements AggregationFunctionFactory {
        @Override
        public AggregationFunction newAggregator(AggregationFunctionFactoryContext context) {
            return new OfGroup();
        }
    }

    /** Of one group; holds nothing between matches. */
    private static final class OfGroup implements AggregationFunction {
        private Hit hit;

        @Override
        public void enter(Object value) {
            hit = ((GroupMatch) value).evaluate();
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
