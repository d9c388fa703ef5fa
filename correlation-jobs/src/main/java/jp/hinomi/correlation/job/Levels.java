package jp.hinomi.correlation.job;

import jp.hinomi.correlation.state.Routed;
import jp.hinomi.correlation.state.RoutedSerializer;
import org.apache.flink.util.OutputTag;

/** The side outputs that carry matches to the operator of each level of chaining. */
final class Levels {
    private Levels() {}

    static OutputTag<Routed> tag(int level) {
        return new OutputTag<>("matches-of-level-" + level, RoutedSerializer.TYPE);
    }
}
