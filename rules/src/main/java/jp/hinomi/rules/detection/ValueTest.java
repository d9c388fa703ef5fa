package jp.hinomi.rules.detection;

import java.util.List;
import jp.hinomi.events.SecurityEvent;

/** A question about one value. Values are {@code String}, {@code Long}, {@code Double} or {@code Boolean}. */
public sealed interface ValueTest
        permits TextTest, NumberTest, FlagTest, Comparison, RegexTest, NetworkTest, FieldReference, TimePartTest {
    /** @param event the event that the value belongs to, for tests that look at other fields of it */
    boolean holds(Object value, SecurityEvent event);

    /** True if the value, or one element of it if it is a list, passes. */
    default boolean holdsForAny(Object value, SecurityEvent event) {
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (holds(element, event)) {
                    return true;
                }
            }
            return false;
        }
        return holds(value, event);
    }
}
