package jp.hinomi.rules.detection;

import java.util.List;
import jp.hinomi.events.SecurityEvent;

/** What must hold for an event. */
public sealed interface Expression {
    /** Evaluates directly, without any index. */
    boolean holds(SecurityEvent event);

    /** Holds if all do; without any it always holds. */
    record All(List<Expression> of) implements Expression {
        public All {
            of = List.copyOf(of);
        }

        @Override
        public boolean holds(SecurityEvent event) {
            for (Expression part : of) {
                if (!part.holds(event)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Holds if at least {@code count} do. */
    record AtLeast(int count, List<Expression> of) implements Expression {
        public AtLeast {
            of = List.copyOf(of);
            if (count < 1 || count > of.size()) {
                throw new IllegalArgumentException(count + " of " + of.size() + " can never hold");
            }
        }

        @Override
        public boolean holds(SecurityEvent event) {
            int missing = count;
            for (Expression part : of) {
                if (part.holds(event) && --missing == 0) {
                    return true;
                }
            }
            return false;
        }
    }

    record Not(Expression of) implements Expression {
        @Override
        public boolean holds(SecurityEvent event) {
            return !of.holds(event);
        }
    }

    record Test(Predicate predicate) implements Expression {
        @Override
        public boolean holds(SecurityEvent event) {
            return predicate.holds(event);
        }
    }

    static Expression all(List<Expression> parts) {
        return parts.size() == 1 ? parts.get(0) : new All(parts);
    }

    static Expression any(List<Expression> parts) {
        return parts.size() == 1 ? parts.get(0) : new AtLeast(1, parts);
    }
}
