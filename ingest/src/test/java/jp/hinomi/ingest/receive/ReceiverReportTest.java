package jp.hinomi.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import jp.hinomi.ingest.receive.ReceiverCounters.Count;
import jp.hinomi.ingest.receive.ReceiverCounters.Snapshot;
import jp.hinomi.ingest.spool.Spool;
import org.junit.jupiter.api.Test;

class ReceiverReportTest {
    private final ReceiverReport report = new ReceiverReport(counters(0, 0, 0, 0), 1_000);

    @Test
    void lossesAreSaidAtOnceThenEveryTenSecondsAndNoneTwice() {
        assertThat(report.losses(counters(5, 0, 0, 0), 2_000)).isEmpty();
        assertThat(report.losses(counters(5, 7, 0, 0), 3_000).orElseThrow())
                .contains("7 because too much waited for Kafka")
                .doesNotContain("operating system");
        assertThat(report.losses(counters(5, 7, 0, 0), 4_000)).isEmpty();
        assertThat(report.losses(counters(5, 1_507, 0, 0), 12_999)).isEmpty();
        assertThat(report.losses(counters(5, 1_508, 3, 0), 13_000).orElseThrow())
                .contains("1,501 because", "3 by the operating system", "net.core.rmem_max");
        assertThat(report.losses(counters(5, 1_508, 3, 0), 99_000)).isEmpty();
        assertThat(report.losses(counters(5, 1_508, 4, 0), 99_001).orElseThrow())
                .contains(": 1 by the operating system")
                .doesNotContain("Kafka (");
    }

    @Test
    void aMinuteInWhichNothingCameIsNotWorthALine() {
        assertThat(report.summary(counters(5, 1, 0, 5), 60_999)).isEmpty();
        assertThat(report.summary(counters(5, 1, 0, 5), 61_000))
                .contains("in the last minute: syslog UDP 5 (1 dropped), Kafka acknowledged 5, 0 bytes wait for Kafka");
        assertThat(report.summary(counters(5, 1, 0, 5), 121_000)).isEmpty();
        assertThat(report.summary(counters(5, 1, 2, 6), 181_000))
                .contains("in the last minute: 2 datagrams lost by the operating system, Kafka acknowledged 1, 0 bytes"
                        + " wait for Kafka");
    }

    @Test
    void theSpoolIsToldOfWhileAnythingIsInIt() {
        Snapshot start = counters(0, 0, 0, 0);
        Snapshot full = new Snapshot(start.ways(), 0, 0, 0, 0, 9, new Spool.Counts(1_200, 3, 4_096, 0, 0));
        assertThat(report.summary(full, 61_000))
                .contains(
                        "in the last minute: Kafka acknowledged 0, 9 bytes wait for Kafka, 1,200 datagrams written to the"
                                + " spool, 3 sent from the spool, 4,096 bytes in the spool");
        Map<Way, Count> ways = new EnumMap<>(start.ways());
        ways.put(Way.SYSLOG_UDP, new Count(0, 0, 2));
        Snapshot dropping = new Snapshot(ways, 0, 0, 0, 0, 9, new Spool.Counts(1_200, 3, 4_096, 0, 0));
        assertThat(report.losses(dropping, 62_000).orElseThrow())
                .contains("2 because too much waited for Kafka", "the spool had no room left");
    }

    private static Snapshot counters(long received, long dropped, long bySystem, long acknowledged) {
        Map<Way, Count> ways = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            ways.put(way, new Count(0, 0, 0));
        }
        ways.put(Way.SYSLOG_UDP, new Count(received, 0, dropped));
        return new Snapshot(ways, bySystem, acknowledged, 0, 0, 0, Spool.Counts.NONE);
    }
}
