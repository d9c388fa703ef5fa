package jp.hinomi.correlation.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import jp.hinomi.rules.CorrelationRule.Criterion;

/**
 * The numbers of a window with the quantity that is calculated from them: 16 bytes a number, exact, whatever the order of
 * adding and removing. Not thread-safe.
 */
final class Numbers {
    /** A group that holds more than this in one window is more than memory is meant for. */
    static final int MOST = 2_000_000;

    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Quantity quantity;
    private final BigDecimal percentile;
    private final ExactSum sum = new ExactSum();
    private final SortedNumbers sorted;

    /** A ring: {@code size} entries from {@code head} on. */
    private long[] times = new long[4];

    private double[] numbers = new double[4];
    private int head;
    private int size;

    /** @param percentile rank in percent; only percentiles read it */
    Numbers(Quantity quantity, double percentile) {
        this.quantity = quantity;
        this.percentile = BigDecimal.valueOf(percentile);
        this.sorted = quantity.needsOrder() ? new SortedNumbers() : null;
    }

    /**
     * @param time not before that of the number added last
     * @throws IllegalStateException if it is one too many: the rule outgrew its budget
     */
    void add(long time, double number) {
        if (size == MOST) {
            throw new IllegalStateException("one group holds more than " + MOST
                    + " numbers in one window: shorten 'timespan' or add a field to 'group-by'");
        }
        if (size == times.length) {
            grow();
        }
        int at = (head + size) % times.length;
        times[at] = time;
        numbers[at] = number;
        size++;
        sum.add(number);
        if (sorted != null) {
            sorted.add(number);
        }
    }

    /** Forgets numbers of {@code time} and before. */
    void removeUntil(long time) {
        while (size > 0 && times[head] <= time) {
            double number = numbers[head];
            head = (head + 1) % times.length;
            size--;
            sum.subtract(number);
            if (sorted != null) {
                sorted.remove(number);
            }
        }
    }

    private void grow() {
        long[] moreTimes = new long[2 * size];
        double[] moreNumbers = new double[2 * size];
        for (int i = 0; i < size; i++) {
            moreTimes[i] = times[(head + i) % size];
            moreNumbers[i] = numbers[(head + i) % size];
        }
        times = moreTimes;
        numbers = moreNumbers;
        head = 0;
    }

    int size() {
        return size;
    }

    /** Whether the quantity satisfies all criteria; there must be a number. */
    boolean hold(List<Criterion> criteria) {
        for (Criterion criterion : criteria) {
            // Compared by sign, so that no quotient has to be rounded.
            int sign = compareTo(BigDecimal.valueOf(criterion.value()));
            if (!new Criterion(criterion.operator(), 0).holds(sign)) {
                return false;
            }
        }
        return true;
    }

    private int compareTo(BigDecimal threshold) {
        return switch (quantity) {
            case SUM -> sum.value().compareTo(threshold);
            case AVERAGE -> sum.value().compareTo(threshold.multiply(BigDecimal.valueOf(size)));
            case MEDIAN -> middleTwice().compareTo(threshold.multiply(TWO));
            case PERCENTILE -> number(rank() - 1).compareTo(threshold);
            case EVENTS, VALUES, RULES -> throw new IllegalStateException(quantity + " is not calculated from numbers");
        };
    }

    private BigDecimal middleTwice() {
        return number((size - 1) / 2).add(number(size / 2));
    }

    /** Nearest rank: the smallest whole number that is not below P % of the size; from 1. */
    private int rank() {
        return percentile
                .multiply(BigDecimal.valueOf(size))
                .divide(HUNDRED)
                .setScale(0, RoundingMode.CEILING)
                .max(BigDecimal.ONE)
                .intValueExact();
    }

    private BigDecimal number(int index) {
        return BigDecimal.valueOf(sorted.get(index));
    }

    /** What has to be kept, so that {@link #resume} on a fresh one gives the same. */
    Memory memory(long since) {
        long[] keptTimes = new long[size];
        double[] keptNumbers = new double[size];
        for (int i = 0; i < size; i++) {
            keptTimes[i] = times[(head + i) % times.length];
            keptNumbers[i] = numbers[(head + i) % times.length];
        }
        return new Memory(since, keptTimes, keptNumbers);
    }

    void resume(Memory memory) {
        for (int i = 0; i < memory.times().length; i++) {
            add(memory.times()[i], memory.numbers()[i]);
        }
    }
}
