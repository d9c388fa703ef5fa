package jp.hinomi.correlation.engine;

import java.util.Arrays;

/**
 * What a group remembers beside matches: bare numbers, because there may be very many. Immutable as long as nobody writes
 * into the arrays.
 *
 * @param since when it began, in milliseconds since the epoch; the meaning is that of the form
 * @param times one for each number, in milliseconds since the epoch, ascending
 */
public record Memory(long since, long[] times, double[] numbers) {
    public static final Memory NONE = new Memory(0, new long[0], new double[0]);

    public Memory {
        if (times.length != numbers.length) {
            throw new IllegalArgumentException(times.length + " times for " + numbers.length + " numbers");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Memory memory
                && since == memory.since
                && Arrays.equals(times, memory.times)
                && Arrays.equals(numbers, memory.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(since) + Arrays.hashCode(times)) + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return "since " + since + ", " + numbers.length + " numbers";
    }
}
