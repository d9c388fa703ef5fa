package jp.hinomi.benchmarks.engine;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jp.hinomi.correlation.engine.GroupKey;
import jp.hinomi.correlation.engine.Match;
import jp.hinomi.correlation.state.Routed;
import jp.hinomi.correlation.state.RoutedSerializer;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Matches as the matcher sends them to the correlations, made in the job itself: the same for the same settings, in order,
 * groups and steps at random.
 *
 * @param correlations keys of the correlations that they belong to, by turns
 * @param matches how many
 * @param groups how many per correlation
 * @param steps how many listed rules the correlations have; the first matches most often
 * @param spanMillis over which event time they lie
 * @param linger whether time goes on slowly after the last match, for twenty minutes at most, instead of the stream ending
 */
record MatchStream(List<String> correlations, long matches, int groups, int steps, long spanMillis, boolean linger) {
    private static final long START = 1_780_000_000_000L;
    private static final long LINGER = 60_000;

    /** How many matches the streams of this process have made so far. */
    static final AtomicLong MADE = new AtomicLong();

    /** @param parallelism of the job; each subtask makes a share of the matches over the whole span */
    DataStream<Routed> in(StreamExecutionEnvironment env, int parallelism) {
        long share = matches / parallelism;
        long all = share + (linger ? LINGER : 0);
        return env.fromSequence(0, all * parallelism - 1)
                .uid("numbers")
                .map(new Maker(this, share, all))
                .returns(RoutedSerializer.TYPE)
                .assignTimestampsAndWatermarks(WatermarkStrategy.<Routed>forMonotonousTimestamps()
                        .withTimestampAssigner((routed, before) ->
                                routed.matches().get(0).match().time()));
    }

    private static final class Maker implements MapFunction<Long, Routed> {
        private static final long serialVersionUID = 1;

        private final String[] correlations;
        private final int groups;
        private final int steps;
        private final long spanMillis;
        private final long share;
        private final long all;

        Maker(MatchStream of, long share, long all) {
            this.correlations = of.correlations.toArray(String[]::new);
            this.groups = of.groups;
            this.steps = of.steps;
            this.spanMillis = of.spanMillis;
            this.share = share;
            this.all = all;
        }

        @Override
        public Routed map(Long number) throws InterruptedException {
            long at = number % all;
            if (at >= share) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            MADE.incrementAndGet();
            long random = mix(number);
            // Each group once in every round, so that all of them live.
            long group = (at + number / all * (groups / 2)) % groups;
            int step = 0;
            while (step < steps - 1 && (random >>> 8 * step & 3) != 0 && step < 7) {
                step++;
            }
            step = steps == 1 ? 0 : steps - 1 - step;
            long time = START + Math.min(at, share) * spanMillis / share + Math.max(0, at - share) * 50;
            SecurityEvent event = new SecurityEvent.Builder("logs.firewall-0-" + number, time)
                    .put(Fields.EVENT_DATASET, "fortinet.traffic")
                    .put(Fields.SOURCE_IP, address(group))
                    .put(Fields.DESTINATION_IP, "192.0.2.10")
                    .put(Fields.DESTINATION_PORT, 443)
                    .put(
                            Fields.EVENT_ORIGINAL,
                            "date=2026-04-01 time=00:00:00 devname=\"fw-edge-01\" logid=\"0000000013\" type=\"traffic\" srcip="
                                    + address(group) + " dstip=192.0.2.10 action=\"deny\" session=" + number)
                    .build();
            GroupKey key = new GroupKey(correlations[(int) (group % correlations.length)], List.of(address(group)));
            return Routed.of(key, Match.ofEvent(event, 1L << step, "", List.of("step_" + step)), time);
        }

        private static String address(long group) {
            return "203." + (group >> 16 & 255) + "." + (group >> 8 & 255) + "." + (group & 255);
        }

        private static long mix(long number) {
            long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
            mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
            return mixed ^ mixed >>> 27;
        }
    }
}
