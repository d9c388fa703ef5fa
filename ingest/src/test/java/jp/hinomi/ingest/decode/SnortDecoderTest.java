package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

/** What the documents do not show: alerts at the turn of the year, and records that are none. */
class SnortDecoderTest {
    private final DecoderTable snort = new DecoderTable("snort");

    /** The broker's clock stands at 2026-04-01. */
    @Test
    void aTimeWithoutAYearIsNearTheBrokersClock() {
        String alert = "-23:59:59.999999  [**] [1:1:1] a [**] [Priority: 1] {TCP} 192.0.2.1:1 -> 192.0.2.2:2";
        snort.line("12/31" + alert, "@timestamp=2025-12-31T14:59:59.999Z");
        snort.line("25/12/31" + alert, "@timestamp=2025-12-31T14:59:59.999Z");
        snort.line("12/31/25" + alert, "@timestamp=2025-12-31T14:59:59.999Z");
    }

    @Test
    void aMessageMayHoldBrackets() {
        snort.line(
                "04/01-10:00:00.0 [**] [1:7:1] a [b] {c [**] [Classification: d] [Priority: 3] {TCP} 192.0.2.1:1 -> 192.0.2.2:2",
                "rule.category=d",
                "event.severity=3",
                "network.transport=tcp",
                "source.port=1");
    }

    @Test
    void whatIsNoneIsRefused() {
        snort.rejected("[Classification: Misc Attack] [Priority: 2] ", "[generator:signature:revision]", "alert_fast");
        snort.rejected("04/01-10:00:00.000000 ,1,2", "alert_csv");
        snort.rejected("{\"timestamp\":\"04/01-10:00:00.000000\"}", "without its rule");
        snort.rejected("{\"rule\":\"1:2:3\"}", "neither 'seconds' nor 'timestamp'");
        snort.rejected("nothing of it", "'nothing of it'");
    }
}
