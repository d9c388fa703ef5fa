package jp.hinomi.ingest.decode;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

/** Whole documents are in {@code documents/yamaha-rtx.txt}; here is what bends the format. */
class RtxDecoderTest {
    private final DecoderTable table = new DecoderTable("yamaha-rtx");

    /** A router sends no host name, and what begins its messages looks like one. */
    @Test
    void headersThatAreNone() {
        table.line(
                "<134>PP[01] Rejected at IN(1) filter: TCP 203.0.113.7:1 > 192.0.2.1:2",
                "host.name",
                "process.name",
                "observer.ingress.interface.name=PP[01]");
        table.line(
                "Apr  1 10:00:00 LAN2 Rejected at IN(1) filter: TCP 203.0.113.7:1 > 192.0.2.1:2",
                "host.name",
                "observer.ingress.interface.name=LAN2",
                "@timestamp=2026-04-01T01:00:00Z");
        table.line(
                "Apr  1 10:00:00 192.0.2.254 TUNNEL[12] Rejected at OUT(1) filter: UDP 192.0.2.1:1 > 203.0.113.7:2 (DF)",
                "host.ip=192.0.2.254",
                "observer.egress.interface.name=TUNNEL[12]",
                "destination.port=2");
        table.line(
                "<134>Login failed for HTTP: 203.0.113.7 kanri",
                "event.outcome=failure",
                "user.name=kanri",
                "network.protocol=http");
        table.line(
                "2026/04/01 10:00:05: LAN1: link down",
                "@timestamp=2026-04-01T01:00:05Z",
                "event.action=link-down",
                "yamaha.rtx.interface=LAN1");
    }

    @Test
    void japaneseInShiftJis() {
        DecoderTable shiftJis = new DecoderTable("yamaha-rtx", Charset.forName("Shift_JIS"));
        shiftJis.line(
                "<134>Apr  1 10:00:00 rtx [LUA] 管理者がログインしました: 192.0.2.40",
                "event.category=authentication",
                "event.outcome=success",
                "source.ip=192.0.2.40");
        shiftJis.line(
                "<134>Apr  1 10:00:00 rtx PP[01] 切断しました", "event.action=line-down", "event.type=[connection, end]");
        shiftJis.line("<134>Apr  1 10:00:00 rtx 設定を変更しました", "event.category=configuration", "event.type=change");
    }

    @Test
    void whoBeganAKeyExchange() {
        table.line(
                "[IKE] initiate ISAKMP phase to 203.0.113.7 (local address 192.0.2.1)",
                "source.ip=192.0.2.1",
                "destination.ip=203.0.113.7");
        table.line("[IKE] respond ISAKMP phase to 203.0.113.7", "source.ip=203.0.113.7", "destination.ip");
        table.line("[IKE1] SA:2/IKE deleted", "event.action=ike-deleted", "event.type=[connection, end]");
    }

    @Test
    void aHeaderAlone() {
        table.rejected("<134>Apr  1 10:00:00 rtx-1 ", "without a message", "syslog host");
    }
}
