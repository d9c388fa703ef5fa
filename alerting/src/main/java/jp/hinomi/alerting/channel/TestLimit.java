package jp.hinomi.alerting.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Skew;
import jp.hinomi.city.Channel;

/**
 * How many test messages may go out: a button that anybody may press must not fill a mailbox, wake a desk, or cost a fortune
 * in telephone calls. Pure.
 *
 * @param most of one channel in {@code window}
 * @param pause between two tests of one channel
 */
record TestLimit(int most, Duration window, Duration pause) {
    private static final TestLimit USUAL = new TestLimit(6, Duration.ofHours(1), Duration.ofMinutes(1));

    /** A call wakes somebody, and each costs money. */
    private static final TestLimit TELEPHONE = new TestLimit(4, Duration.ofHours(24), Duration.ofMinutes(10));

    /** Of all channels together: whoever may press every button may still not press them all day. */
    private static final TestLimit TOGETHER = new TestLimit(120, Duration.ofMinutes(10), Duration.ZERO);

    /** The longest window of all: older tests do not count. */
    static final Duration LOOK_BACK = TELEPHONE.window();

    /** Why there is no test now. @param again when there may be one */
    record Refusal(Bilingual reason, Instant again) {
        Refusal {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(again, "again");
        }
    }

    /**
     * @param ofChannel when this channel was tested
     * @param ofAll when any was, this one included
     */
    static Optional<Refusal> decide(Channel channel, List<Instant> ofChannel, List<Instant> ofAll, Instant now) {
        TestLimit limit = channel instanceof Channel.Phone ? TELEPHONE : USUAL;
        return limit.refuse(ofChannel, now)
                .map(again -> new Refusal(
                        new Bilingual(
                                "この連絡手段のテストは" + minutes(limit.pause()) + "分に1回、" + minutes(limit.window()) + "分に"
                                        + limit.most() + "回までです。",
                                "this channel may be tested once in " + minutes(limit.pause()) + " min and "
                                        + limit.most() + " times in " + minutes(limit.window()) + " min"),
                        again))
                .or(() -> TOGETHER.refuse(ofAll, now)
                        .map(again -> new Refusal(
                                new Bilingual(
                                        "テストは全体で" + minutes(TOGETHER.window()) + "分に" + TOGETHER.most() + "回までです。",
                                        "there may be " + TOGETHER.most() + " tests of all channels in "
                                                + minutes(TOGETHER.window()) + " min"),
                                again)));
    }

    /** When the next may go; empty if it may now. */
    private Optional<Instant> refuse(List<Instant> earlier, Instant now) {
        List<Instant> recent = earlier.stream()
                .filter(at -> at.isAfter(now.minus(window)) && !at.isAfter(Skew.latest(now)))
                .sorted(Comparator.reverseOrder())
                .toList();
        Optional<Instant> room = recent.size() < most
                ? Optional.empty()
                : Optional.of(recent.get(most - 1).plus(window));
        Optional<Instant> paused =
                recent.stream().findFirst().map(last -> last.plus(pause)).filter(at -> at.isAfter(now));
        return room.isPresent() && paused.isPresent() && paused.get().isAfter(room.get())
                ? paused
                : room.or(() -> paused);
    }

    private static long minutes(Duration duration) {
        return duration.toMinutes();
    }
}
