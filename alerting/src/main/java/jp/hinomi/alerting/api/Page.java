package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A part of a list, newest first unless the call says otherwise. What comes meanwhile is newer than the key, so that the pages
 * after it stay as they were.
 *
 * @param next the key to the page after this one; empty on the last
 */
public record Page<T>(
        List<T> items,

        @Schema(description = "Give it as `before` to get the page after this one; null on the last.")
        Optional<Long> next) {
    public Page {
        items = List.copyOf(items);
    }

    /** @param rows one more than fit, if there are more */
    static <R, T> Page<T> of(List<R> rows, int limit, ToLongFunction<R> key, Function<R, T> answer) {
        boolean more = rows.size() > limit;
        List<R> shown = more ? rows.subList(0, limit) : rows;
        return new Page<>(
                shown.stream().map(answer).toList(),
                more ? Optional.of(key.applyAsLong(shown.get(limit - 1))) : Optional.empty());
    }

    /**
     * Of a short list that has another order than that of time, such as that of the city's files: the key says how many came on
     * the pages before.
     */
    static <R, T> Page<T> cut(List<R> all, Paging paging, Function<R, T> answer) {
        return cut((skip, size) -> all.stream().skip(skip).limit(size).toList(), paging, answer);
    }

    /** Of rows in such an order. */
    @FunctionalInterface
    interface Rows<R> {
        List<R> read(long skip, int limit);
    }

    static <R, T> Page<T> cut(Rows<R> rows, Paging paging, Function<R, T> answer) {
        int size = paging.size();
        long begin = paging.skipped();
        List<R> read = rows.read(begin, size + 1);
        boolean more = read.size() > size;
        return new Page<>(
                read.stream().limit(size).map(answer).toList(), more ? Optional.of(begin + size) : Optional.empty());
    }
}
