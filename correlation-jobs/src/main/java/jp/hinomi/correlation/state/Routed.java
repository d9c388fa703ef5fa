package jp.hinomi.correlation.state;

import java.util.Objects;
import jp.hinomi.correlation.engine.GroupKey;
import jp.hinomi.correlation.engine.Match;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A match on its way to the group that it belongs to.
 *
 * @param due when its turn is, in milliseconds since the epoch: its own time, or later if it came too late for that
 */
@TypeInfo(RoutedSerializer.Factory.class)
public record Routed(GroupKey group, Match match, long due) {
    public Routed {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(match, "match");
    }
}
