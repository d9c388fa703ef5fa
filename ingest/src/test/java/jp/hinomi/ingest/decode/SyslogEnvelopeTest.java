package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

class SyslogEnvelopeTest {
    private static final String MESSAGE = "Invalid user x from 203.0.113.7 port 1";

    private final DecoderTable table = new DecoderTable("openssh");

    @Test
    void rfc5424() {
        table.line(
                "<38>1 2026-04-01T01:00:00.003Z host.example.jp sshd 12 ID47 [a@32473 k=\"v \\\"q\\\" \\\\ \\] \\x\" e=\"\"][b x=\"1\"] \uFEFF"
                        + MESSAGE,
                "@timestamp=2026-04-01T01:00:00.003Z",
                "host.name=host.example.jp",
                "process.name=sshd",
                "process.pid=12",
                "log.syslog.msgid=ID47",
                "log.syslog.structured_data.a@32473.k=v \"q\" \\ ] \\x",
                "log.syslog.structured_data.b.x=1",
                "event.action=ssh_invalid_user",
                "message=" + MESSAGE);
        table.line(
                "<38>1 - - sshd - - - " + MESSAGE,
                "@timestamp=2026-04-01T01:00:30Z",
                "host.name",
                "source.ip=203.0.113.7");
        table.line("<38>1 2026-04-01T01:00:00Z h sshd 1 - -", "host.name=h", "message");
        table.line(
                "<38>1 2026-04-01T01:00:00Z h sshd 1 - [broken x=\"1] " + MESSAGE,
                "host.name=h",
                "message=[broken x=\"1] " + MESSAGE);
    }

    @Test
    void rfc3164AndWhatPassesForIt() {
        table.line(
                "<38>Apr  1 10:00:00 h sshd[1]: " + MESSAGE,
                "@timestamp=2026-04-01T01:00:00Z",
                "host.name=h",
                "source.port=1");
        table.line(
                "<38>2026-04-01T10:00:00.5+09:00 h sshd[1]: " + MESSAGE,
                "@timestamp=2026-04-01T01:00:00.500Z",
                "host.name=h");
        table.line(
                "2026-04-01 10:00:00,250 h sshd[1]: " + MESSAGE, "@timestamp=2026-04-01T01:00:00.250Z", "host.name=h");
        table.line("<38>Apr  1 10:00:00 sshd[1]: " + MESSAGE, "host.name", "process.name=sshd", "source.port=1");
        table.line("<38>sshd[1]: " + MESSAGE, "@timestamp=2026-04-01T01:00:30Z", "host.name", "source.port=1");
        table.line(
                "<38>Apr  1 10:00:00 2001:db8::1 sshd[1]: " + MESSAGE,
                "host.ip=2001:db8::1",
                "host.name",
                "source.port=1");
        table.line(
                "<38>Apr  1 10:00:00 192.0.2.1 sshd[1]: " + MESSAGE,
                "host.ip=192.0.2.1",
                "related.ip=[192.0.2.1, 203.0.113.7]");
        table.line(
                "<38>Apr 01 2026 10:00:00 h /usr/sbin/sshd[1]: " + MESSAGE,
                "@timestamp=2026-04-01T01:00:00Z",
                "process.name=sshd");
        table.line("<38>Apr  1 10:00:00 2026 h sshd[1]: " + MESSAGE, "@timestamp=2026-04-01T01:00:00Z", "host.name=h");
    }

    /** system.log of macOS: programs with spaces in their names, and the jobs of launchd. */
    @Test
    void macos() {
        table.line(
                "Apr  1 10:00:00 kiosk-mac Google Chrome[85294]: objc: weak variable",
                "process.name=Google Chrome",
                "process.pid=85294",
                "message=objc: weak variable");
        table.line(
                "Apr  1 10:00:00 kiosk-mac com.apple.xpc.launchd[1] (com.apple.quicklook[21498]): Endpoint is up",
                "process.name=com.apple.xpc.launchd",
                "process.pid=1",
                "message=Endpoint is up");
        table.line(
                "Apr  1 10:00:00 --- last message repeated 1 time ---",
                "host.name",
                "message=--- last message repeated 1 time ---");
        table.line("Apr  1 10:00:00 h no tag, though [1]: here", "process.name", "message=no tag, though [1]: here");
    }

    @Test
    void cisco() {
        table.line(
                "<189>29: router1: Apr  1 10:00:00.123: %SYS-5-CONFIG_I: Configured from console",
                "@timestamp=2026-04-01T01:00:00.123Z",
                "host.name=router1",
                "message=%SYS-5-CONFIG_I: Configured from console");
        table.line(
                "<189>29: *Apr  1 10:00:00.123: %SYS-5-CONFIG_I: Configured from console",
                "@timestamp=2026-04-01T01:00:00.123Z", "host.name");
        table.line(
                "<166>Apr 01 2026 10:00:00 asa1 : %ASA-6-302013: Built inbound TCP",
                "host.name=asa1", "@timestamp=2026-04-01T01:00:00Z");
        table.line("<166>Apr 01 2026 10:00:00 asa1: %ASA-6-302013: Built", "host.name=asa1");
    }

    /** Cisco's other systems, relays that leave the frame in, and files that leave the priority out. */
    @Test
    void deviations() {
        table.line(
                "<189>: 2026 Apr  1 10:00:00.5 JST: %ETHPORT-5-IF_UP: Interface Ethernet1/1 is up",
                "@timestamp=2026-04-01T01:00:00.500Z",
                "host.name",
                "message=%ETHPORT-5-IF_UP: Interface Ethernet1/1 is up");
        table.line(
                "<189>000029: .Apr  1 01:00:00.123 UTC: %SYS-5-CONFIG_I: Configured",
                "@timestamp=2026-04-01T01:00:00.123Z", "message=%SYS-5-CONFIG_I: Configured");
        table.line(
                "000029: *Apr  1 10:00:00: %SYS-5-CONFIG_I: Configured",
                "@timestamp=2026-04-01T01:00:00Z", "log.syslog.priority");
        table.line(
                "<166>Apr 01 2026 01:00:00 UTC asa1 : %ASA-6-302013: Built inbound TCP",
                "@timestamp=2026-04-01T01:00:00Z", "host.name=asa1", "message=%ASA-6-302013: Built inbound TCP");
        table.line(
                "73 <38>1 2026-04-01T01:00:00Z h sshd 1 - - " + MESSAGE,
                "host.name=h",
                "log.syslog.version=1",
                "message=" + MESSAGE);
        table.line("1 2026-04-01T01:00:00Z h sshd 1 - - " + MESSAGE, "host.name=h", "log.syslog.priority");
        table.line("<38>Apr  1 10:00:00 2001:db8::1%eth0 sshd[1]: " + MESSAGE, "host.ip=2001:db8::1", "source.port=1");
        table.line(
                "<38> Apr  1 10:00:00.25 h sshd[1]: " + MESSAGE, "@timestamp=2026-04-01T01:00:00.250Z", "host.name=h");
    }

    /** The fields of the envelope that ECS has. */
    @Test
    void envelope() {
        table.line(
                "<38>1 2026-04-01T01:00:00Z h.example sshd 1 ID47 - " + MESSAGE,
                "log.syslog.priority=38",
                "log.syslog.facility.code=4",
                "log.syslog.facility.name=security/authorization",
                "log.syslog.severity.code=6",
                "log.syslog.severity.name=Informational",
                "log.syslog.version=1",
                "log.syslog.hostname=h.example",
                "log.syslog.appname=sshd",
                "log.syslog.procid=1",
                "log.syslog.msgid=ID47");
        table.line(
                "<191>Apr  1 10:00:00 192.0.2.1 app: m",
                "log.syslog.facility.name=local7",
                "log.syslog.severity.name=Debug",
                "log.syslog.hostname=192.0.2.1",
                "log.syslog.appname=app",
                "log.syslog.procid",
                "log.syslog.version");
    }

    @Test
    void theYearIsTheNearest() {
        Decoder decoder = Decoders.of("openssh", DecoderTable.TOKYO, java.nio.charset.StandardCharsets.UTF_8);
        assertYear(decoder, "Dec 31 23:59:59 h x: m", "2027-01-01T00:00:05+09:00", "2026-12-31T23:59:59+09:00");
        assertYear(decoder, "Jan  1 00:00:01 h x: m", "2026-12-31T23:59:50+09:00", "2027-01-01T00:00:01+09:00");
        assertYear(
                decoder,
                "Feb 29 12:00:00 h x: m",
                "2026-03-01T00:00:00+09:00",
                "2028-02-29T12:00:00+09:00".replace("2028", "2024"));
        assertYear(decoder, "Feb 29 12:00:00 h x: m", "2027-03-01T00:00:00+09:00", "2028-02-29T12:00:00+09:00");
    }

    private static void assertYear(Decoder decoder, String line, String appended, String expected) {
        long append = java.time.OffsetDateTime.parse(appended).toInstant().toEpochMilli();
        var decoding = decoder.decode(
                new LogRecord(line.getBytes(java.nio.charset.StandardCharsets.UTF_8), null, null, "o", append));
        org.assertj.core.api.Assertions.assertThat(
                        ((Decoding.Decoded) decoding).event().timestampMillis())
                .isEqualTo(java.time.OffsetDateTime.parse(expected).toInstant().toEpochMilli());
    }

    @Test
    void whatIsNoHeaderIsNotTakenForOne() {
        table.rejected("<999>Apr  1 10:00:00 h x: m", "no syslog header");
        table.rejected("Apr 41 10:00:00 h x: m", "no syslog header");
        table.rejected("2026-13-01T10:00:00Z h x: m", "no syslog header");
        table.rejected("Feb 30 10:00:00 h x: m", "no syslog header");
    }
}
