package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.Test;

/** The journal only carries: what a program says is the same event whichever way it comes. */
class JournaldDecoderTest {
    private final DecoderTable journald = new DecoderTable("journald");

    @Test
    void aLoginIsAsRichAsOverSyslog() {
        String message = "Accepted publickey for carol from 203.0.113.7 port 40000 ssh2: ED25519 SHA256:abc";
        SecurityEvent direct = new DecoderTable("openssh").event("<86>2026-04-01T01:00:00.000Z h sshd[7]: " + message);
        SecurityEvent carried = journald.event(
                "{\"__REALTIME_TIMESTAMP\":\"1775005200000000\",\"_HOSTNAME\":\"h\",\"PRIORITY\":\"6\",\"SYSLOG_FACILITY\":\"10\",\"SYSLOG_IDENTIFIER\":\"sshd\",\"_PID\":\"7\",\"MESSAGE\":\""
                        + message + "\"}");
        assertThat(carried.timestampMillis()).isEqualTo(direct.timestampMillis());
        direct.forEach((name, value) -> {
            if (!name.equals(Fields.EVENT_ORIGINAL.name()) && !name.equals("log.syslog.procid")) {
                assertThat(carried.get(Fields.of(name))).as(name).isEqualTo(value);
            }
        });
    }

    @Test
    void aMessageThatItsFormatRefusesIsKept() {
        journald.line(
                "{\"__REALTIME_TIMESTAMP\":\"1775005200000000\",\"_HOSTNAME\":\"h\",\"SYSLOG_IDENTIFIER\":\"apache2\",\"MESSAGE\":\"no line of a log\"}",
                "event.dataset=journald.log",
                "message=no line of a log",
                "process.name=apache2");
    }

    @Test
    void bytesThatAreNoTextAreWrittenOut() {
        journald.line(
                "{\"__REALTIME_TIMESTAMP\":\"1775005200000000\",\"_HOSTNAME\":\"h\",\"MESSAGE\":[97,255,98]}",
                "message=a\\xffb");
        journald.line(
                "{\"__REALTIME_TIMESTAMP\":\"1775005200000000\",\"_HOSTNAME\":\"h\",\"MESSAGE\":[97,300]}", "message");
    }

    /** A value with a line end follows its length; from 128 bytes on that is no UTF-8, and the value need not be any. */
    @Test
    void valuesOfTheExportFormMayBeAnyBytes() {
        for (int length : new int[] {10, 128, 200, 70_000}) {
            byte[] value = ("報" + "x".repeat(length)).getBytes(UTF_8);
            value[5] = '\n';
            value[6] = (byte) 0xFF;
            ByteBuffer entry = ByteBuffer.allocate(length + 256).order(ByteOrder.LITTLE_ENDIAN);
            entry.put("__CURSOR=s=1\n__REALTIME_TIMESTAMP=1775005200000000\nMESSAGE\n".getBytes(UTF_8));
            entry.putLong(value.length).put(value).put("\n_HOSTNAME=h\n".getBytes(UTF_8));
            Decoding decoding = journald.decode(Arrays.copyOf(entry.array(), entry.position()));
            assertThat(decoding).as("%d", length).isInstanceOf(Decoding.Decoded.class);
            SecurityEvent event = ((Decoding.Decoded) decoding).event();
            String message = "報xx\n\\xff" + "x".repeat(length - 4);
            assertThat(event.text(Fields.MESSAGE)).isEqualTo(message);
            assertThat(event.text(Fields.HOST_NAME)).isEqualTo("h");
            assertThat(event.text(Fields.EVENT_ORIGINAL)).contains(message, "\n_HOSTNAME=h");
        }
    }

    @Test
    void whatIsNoEntryIsRefused() {
        journald.rejected("{\"_HOSTNAME\":\"h\"}", "neither __REALTIME_TIMESTAMP nor MESSAGE");
        journald.rejected("{\"MESSAGE\":\"a\"} {}", "more text");
        journald.rejected("-- No entries --", "not a JSON object");
    }
}
