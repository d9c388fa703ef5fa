package jp.hinomi.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whole documents of every log type are in {@code documents/paloalto.txt}; here is what bends the format. */
class PaloAltoDecoderTest {
    private static final String HEAD = "1,2026/04/01 10:00:00,001801000001,";

    private final DecoderTable table = new DecoderTable("paloalto");

    @Test
    void headersOfAllKinds() {
        String row =
                HEAD + "SYSTEM,port,2561,2026/04/01 10:00:00,,link-change,ethernet1/3,0,0,general,low,\"up\",1,0x0";
        table.line(row, "@timestamp=2026-04-01T01:00:00Z", "host.name", "message=up");
        table.line("<14>Apr  1 10:00:05 pa-1 " + row, "@timestamp=2026-04-01T01:00:00Z", "observer.name=pa-1");
        table.line("<14>1 2026-04-01T10:00:05+09:00 pa-2 - - - - " + row, "host.name=pa-2", "observer.name=pa-2");
        table.line("Apr  1 10:00:05 pa-3 " + row, "host.name=pa-3", "event.code=link-change");
    }

    @Test
    void timesWithOffsetWinOverThoseWithout() {
        String row = HEAD + "IPTAG,0,2561,2026/04/01 10:00:00,vsys1,192.0.2.1,t,register,1,0,a,b,c,1,0x0,0,0,0,0,,d,1,";
        table.line(row + "2026-04-01T02:00:00.125+00:00", "@timestamp=2026-04-01T02:00:00.125Z");
        table.line(row, "@timestamp=2026-04-01T01:00:00Z");
        table.line(row + "1970-01-01T01:00:00.000+01:00", "@timestamp=2026-04-01T01:00:00Z");
        // As Cortex Data Lake and Prisma Access forward it.
        table.line(
                "9,2026-04-01T01:00:09.000000Z,no-serial,USERID,login,10.2,2026-04-01T01:00:08.500000Z,vsys1,192.0.2.1,a",
                "@timestamp=2026-04-01T01:00:08.500Z",
                "event.created=2026-04-01T01:00:09Z",
                "user.name=a");
        table.rejected(HEAD + "SYSTEM,port,2561,yesterday,,a,b", "time generated 'yesterday' is not a time");
    }

    /** Lists of link switches have commas between braces; a cut line keeps what there is of it. */
    @Test
    void quotesBracesAndCutLines() {
        String start =
                HEAD + "TRAFFIC,end,2561,2026/04/01 10:00:00,192.0.2.1,198.51.100.1,,,r,,,dns,vsys1,a,b,c,d,e,,7,1,"
                        + "53000,53,0,0,0x0,udp,allow,10,4,6,2,2026/04/01 10:00:00,1,any,,1,0x0,x,y,,1,1,aged-out,0,0,0,0,,n,";
        table.line(
                start + "from-policy,,,0,,0,,N/A,0,0,0,0,u-1,0,2,p-1,\"{a,b},{c,d}\",cl,hub,mesh,tokyo",
                "panw.panos.link.switches={a,b},{c,d}",
                "panw.panos.sdwan.site=tokyo");
        table.line(
                start + "from-policy,,,0,,0,,N/A,0,0,0,0,u-1,0,2,p-1,{a,b},cl,hub,mesh,tokyo",
                "panw.panos.link.switches={a,b}",
                "panw.panos.sdwan.site=tokyo");
        table.line(
                HEAD + "THREAT,url,2561,2026/04/01 10:00:00,192.0.2.1,198.51.100.1,,,r,,,ssl,vsys1,a,b,c,d,e,,7,1,"
                        + "53000,443,0,0,0x0,tcp,block-url,\"a.example/a \"\"b\"\" and then it was cu",
                "url.original=a.example/a \"b\" and then it was cu",
                "url.domain=a.example",
                "event.outcome=failure",
                "destination.port=443",
                "panw.panos.threat.name");
    }

    @Test
    void whoDidItFromWhereInSystemLogs() {
        String start = HEAD + "SYSTEM,";
        String columns = ",2561,2026/04/01 10:00:00,,%s,,0,0,general,low,\"%s\",1,0x0,0,0,0,0,,pa-1";
        table.line(
                start + "auth"
                        + columns.formatted("auth-success", "authenticated for user 'kanri'.   From: 192.0.2.9."),
                "event.category=authentication",
                "event.outcome=success",
                "user.name=kanri",
                "source.ip=192.0.2.9");
        table.line(
                start + "general" + columns.formatted("general", "User kanri logged out via CLI from Console"),
                "event.type=end",
                "event.outcome=success",
                "user.name=kanri",
                "source.ip");
        table.line(
                start + "globalprotect"
                        + columns.formatted(
                                "globalprotectgateway-auth-fail",
                                "GlobalProtect gateway user authentication failed. Login from: 203.0.113.7, User name: carol, Reason: Authentication failed: Invalid username"),
                "event.category=authentication",
                "event.outcome=failure",
                "user.name=carol",
                "source.ip=203.0.113.7",
                "event.reason=Authentication failed: Invalid username");
    }

    @Test
    void zonesDecideTheDirection() {
        String row = HEAD + "TRAFFIC,start,2561,2026/04/01 10:00:00,192.0.2.1,198.51.100.1,,,r,,,ssl,vsys1,%s,%s";
        table.line(row.formatted("trust", "untrust"), "network.direction=outbound");
        table.line(row.formatted("Untrust", "dmz"), "network.direction=inbound");
        table.line(row.formatted("ward-7", "ward-8"), "network.direction=external");
    }

    /** Broken on trial: the offset of the time column replaced by 0. */
    @Test
    void otherFormatsAreRefusedByName() {
        table.rejected(
                "CEF:0|Palo Alto Networks|PAN-OS|10.2|end|TRAFFIC|1|src=192.0.2.1", "this is CEF", "format to cef");
        table.rejected("hello, world", "not a PAN-OS log", "'hello, world'");
        table.rejected(
                "<14>Apr  1 10:00:00 h 1,2026/04/01 10:00:00,1,Traffic,end,1,2026/04/01 10:00:00,a",
                "not a PAN-OS log");
        String row = HEAD + "TRAFFIC,end,2561,2026/04/99 10:00:00,192.0.2.1";
        assertThat(table.rejected(row, "2026/04/99").byteOffset()).isEqualTo(row.indexOf("2026/04/99"));
    }
}
