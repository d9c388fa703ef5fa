package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Matches for correlations that are not known here yet: the process that sent them learnt of the rule before this one did,
 * by milliseconds or, if this one is busy or cut off from the topic, by more. Bounded in number and in time. Not thread-safe.
 */
final class Unclaimed {
    /** In all; a rule that floods while it is not known loses what is beyond. */
    static final int MOST = 10_000;

    /** How long after its turn a match is kept, in milliseconds of event time. */
    static final long PATIENCE = 60_000;

    private final Map<GroupKey, List<GroupState.Waiting>> groups = new HashMap<>();
    private int size;

    /** False if there is no room. */
    boolean add(GroupKey group, GroupState.Waiting match) {
        if (size >= MOST) {
            return false;
        }
        groups.computeIfAbsent(group, any -> new ArrayList<>(2)).add(match);
        size++;
        return true;
    }

    /** Null if nothing waits for that group. */
    List<GroupState.Waiting> of(GroupKey group) {
        return groups.get(group);
    }

    Set<GroupKey> keys() {
        return groups.keySet();
    }

    /** Takes the matches of a group out. */
    List<GroupState.Waiting> claim(GroupKey group) {
        List<GroupState.Waiting> claimed = groups.remove(group);
        size -= claimed.size();
        return claimed;
    }

    /** The groups of which every match has waited for too long. */
    List<GroupKey> overdue(long now) {
        return size == 0
                ? List.of()
                : groups.entrySet().stream()
                        .filter(group -> group.getValue().stream().allMatch(match -> match.due() <= now - PATIENCE))
                        .map(Map.Entry::getKey)
                        .toList();
    }
}
