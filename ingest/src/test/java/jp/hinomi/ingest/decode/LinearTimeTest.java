package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A quarter of a megabyte that is built to make a decoder look back and forth costs time in proportion to its length, not its square. */
class LinearTimeTest {
    private static final int LENGTH = 1 << 18;

    /** What is repeated; the beginnings that make a format look at it are those of the lines below. */
    private static final List<String> UNITS = List.of(
            " ",
            "[",
            "\"",
            "\\",
            "\\x",
            "\\xE6",
            " from ",
            " from 1.2.3.4",
            " port ",
            " - ",
            "] \"",
            " ; ",
            "a=1 ",
            "a=\"",
            "{\"a\":",
            ":",
            "1:",
            "%",
            "港",
            "(uid=",
            " user=");

    /** A linear decoder needs some milliseconds; one that is quadratic needs half a minute. */
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    @Test
    void hostileLines() {
        List<String> common = hostile();
        for (String format : Decoders.formats()) {
            Decoder decoder = Decoders.of(format, DecoderTable.TOKYO, UTF_8);
            List<String> lines = new ArrayList<>(common);
            NetworkSampleLines.BEGINNINGS
                    .getOrDefault(format, List.of())
                    .forEach(beginning ->
                            UNITS.forEach(unit -> lines.add(beginning + unit.repeat(LENGTH / unit.length()))));
            for (String line : lines) {
                long start = System.nanoTime();
                Decoding decoding = decoder.decode(DecoderTable.record(line.getBytes(UTF_8)));
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                assertThat(took).as(format + ": " + line.substring(0, 60)).isLessThan(AT_MOST);
                if (decoding instanceof Decoding.Rejected rejected) {
                    assertThat(rejected.reason())
                            .doesNotStartWith(TextDecoder.DEFECT)
                            .hasSizeLessThan(1000);
                }
            }
        }
    }

    private static List<String> hostile() {
        String ssh = "Apr  1 10:00:00 h sshd[1]: ";
        String web = "1.2.3.4 - - [01/Apr/2026:10:00:00 +0900] ";
        String forti = "date=2026-04-01 time=10:00:00 type=utm subtype=ips ";
        String eve = "{\"timestamp\":\"2026-04-01T10:00:00Z\",\"event_type\":\"alert\",";
        String orion = "time=2026-04-01T01:00:00.000Z | lvl=INFO | msg=";
        String keycloak = "2026-04-01 10:00:00,123 WARN  [org.keycloak.events] (t) type=LOGIN, realmId=a, ";
        String envoy = "[2026-04-01T01:00:00.000Z] \"GET / HTTP/1.1\" 200 - 0 1 1 1 \"";
        List<String> lines = new ArrayList<>();
        for (String unit : UNITS) {
            String long1 = unit.repeat(LENGTH / unit.length());
            lines.add(long1);
            lines.add(ssh + long1);
            lines.add(ssh + "Failed password for" + long1 + " from 1.2.3.4 port 1 ssh2");
            lines.add(ssh + "Accepted password for" + long1);
            lines.add(ssh + "Connection closed by invalid user " + long1);
            lines.add(ssh + "pam_unix(sshd:auth): authentication failure; " + long1);
            lines.add(ssh.replace("sshd", "sudo") + "a : " + long1);
            lines.add("<1>1 - h a - - [x " + long1);
            lines.add(web + "\"" + long1);
            lines.add(web + "\"GET /\" 200 1 " + long1);
            lines.add("1.2.3.4 - " + long1 + web);
            lines.add(forti + long1);
            lines.add("type=EXECVE msg=audit(1775005200.1:1): argc=1 a0=" + long1);
            lines.add(orion + long1);
            lines.add(orion + "Request received: GET /" + long1 + ", response code: 200");
            lines.add(orion.replace("msg=", "op=") + long1);
            lines.add(keycloak + long1);
            lines.add(envoy + long1);
            lines.add("1775005200: Client " + long1 + " disconnected");
            lines.add("1775005200: New client connected from 1.2.3.4:5 as " + long1);
            lines.add("1775005200: Denied PUBLISH from " + long1);
            lines.add("2026-04-01T10:00:00.000000+09:00 [info] msg: " + long1);
            lines.add("2026/04/01 10:00:00 [error] 1#0: *2 " + long1 + ", client: 1.2.3.4, request: \"" + long1);
            lines.add("2026-04-01T01:00:00.000Z idm:a " + long1 + "\u001b[" + long1);
            lines.add(forti + "msg=\"" + long1 + "\"");
            lines.add("1775005200.000000\t" + long1);
            lines.add("04/01-10:00:00.000000 [**] [1:1:1] " + long1);
            lines.add("04/01-10:00:00.000000 ," + long1);
            lines.add("--a1-A--\n[01/Apr/2026:10:00:00 +0900] u 1.2.3.4 1 1.2.3.5 2\n--a1-H--\nMessage: a [id \"1\"]"
                    + long1);
            lines.add("--a1-A--\n" + "\n--".repeat(LENGTH / 6) + long1.substring(LENGTH / 2));
            lines.add("[Wed Apr 01 10:00:00 2026] [a:error] [pid 1] ModSecurity: [id \"1\"] " + long1);
            lines.add("__CURSOR=s=1\n" + long1);
            lines.add("policy_name=\"a\",b=\"" + long1);
            lines.add("<134>Apr  1 10:00:00 haproxy[1]: 1.2.3.4:5 [01/Apr/2026:10:00:00.000] a b/c " + long1);
        }
        lines.add("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":["
                + "{\"body\":{\"stringValue\":\"a\"}},".repeat(LENGTH / 32) + "{}]}]}]}");
        lines.add("{\"__REALTIME_TIMESTAMP\":\"1775005200000000\",\"_HOSTNAME\":\"h\",\"MESSAGE\":["
                + "230,184,175,".repeat(LENGTH / 12) + "10]}");
        lines.add(eve + "\"dns\":{\"answers\":[" + "{\"rdata\":\"1.2.3.4\"},".repeat(LENGTH / 20) + "{}]}}");
        lines.add(eve + "\"dns\":{\"grouped\":{\"A\":[" + numbered("\"10.%d.%d.1\",") + "\"\"]}}}");
        lines.add("{\"@timestamp\":0," + numbered("\"k%d.%d\":1,") + "\"z\":1}");
        lines.add("{\"@timestamp\":0,\"a\":[" + numbered("\"10.%d.%d.1\",") + "1]}");
        lines.add("{\"@timestamp\":0,\"source.ip\":[" + numbered("\"10.%d.%d.1\",") + "1]}");
        lines.add("{\"@timestamp\":0,\"" + "k".repeat(LENGTH / 2) + "\":{" + numbered("\"k%d.%d\":1,") + "\"z\":1}}");
        lines.add("{\"@timestamp\":0," + "\"k\":{".repeat(60) + numbered("\"k%d.%d\":1,") + "\"z\":1" + "}".repeat(60)
                + "}");
        return lines;
    }

    private static String numbered(String pattern) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            out.append(String.format(pattern, i >> 8, i & 255));
        }
        return out.toString();
    }
}
