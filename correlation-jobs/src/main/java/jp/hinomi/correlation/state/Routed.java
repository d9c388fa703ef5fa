package jp.hinomi.correlation.state;

import java.util.List;
import java.util.Objects;
import jp.hinomi.correlation.engine.GroupKey;
import jp.hinomi.correlation.engine.GroupState;
import jp.hinomi.correlation.engine.Match;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/** Matches on their way to the group that they belong to, in any order; at least one. */
@TypeInfo(RoutedSerializer.Factory.class)
public record Routed(GroupKey group, List<GroupState.Waiting> matches) {
    public Routed {
        Objects.requireNonNull(group, "group");
        matches = List.copyOf(matches);
        if (matches.isEmpty()) {
            throw new IllegalArgumentException("nothing is on its way to " + group);
        }
    }

    /** One alone. @param due when its turn is, in milliseconds since the epoch: its own time, or later if it came too late for that */
    public static Routed of(GroupKey group, Match match, long due) {
        return new Routed(group, List.of(new GroupState.Waiting(match, due)));
    }
}
