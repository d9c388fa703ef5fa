package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seen to fail: all in 1970 with the decoder alone, as the lines of a file had no time of arrival. */
class FileDecoderTest {
    private static final String LINE = " h sshd[1]: Accepted password for alice from 203.0.113.7 port 1 ssh2";

    @Test
    void aStampWithoutAYearIsOfTheYearBeforeTheFilesLastChange() {
        FileDecoder decoder = file("2026-12-31T12:00:00Z");
        assertThat(time(decoder, "Jan  2 10:00:00" + LINE)).isEqualTo("2026-01-02T10:00:00Z");
        assertThat(time(decoder, "Jul  1 10:00:00" + LINE)).isEqualTo("2026-07-01T10:00:00Z");
        assertThat(time(decoder, "Dec 31 10:00:00" + LINE)).isEqualTo("2026-12-31T10:00:00Z");
    }

    @Test
    void aFileMayGoOverTheTurnOfTheYear() {
        FileDecoder decoder = file("2027-01-02T00:00:00Z");
        assertThat(time(decoder, "Dec 30 10:00:00" + LINE)).isEqualTo("2026-12-30T10:00:00Z");
        assertThat(time(decoder, "Jan  1 10:00:00" + LINE)).isEqualTo("2027-01-01T10:00:00Z");
    }

    /** A machine whose clock is a few hours ahead does not log a year ago. */
    @Test
    void aClockMayBeAheadOfTheFiles() {
        assertThat(time(file("2026-04-01T01:00:00Z"), "Apr  1 10:00:00" + LINE)).isEqualTo("2026-04-01T10:00:00Z");
    }

    @Test
    void aLineWithoutATimeHasThatOfTheLineBefore() {
        FileDecoder decoder = file("2026-04-02T00:00:00Z");
        assertThat(time(decoder, "<38>sshd[1]:" + LINE)).isEqualTo("2026-04-02T00:00:00Z");
        decoder = file("2026-04-02T00:00:00Z");
        time(decoder, "Apr  1 10:00:00" + LINE);
        assertThat(time(decoder, "<38>sshd[1]: Connection closed by 203.0.113.7 port 1"))
                .isEqualTo("2026-04-01T10:00:00Z");
    }

    /** It is one device's mistake, not the year of what follows. */
    @Test
    void aYearInTheFutureDatesNoOtherLine() {
        FileDecoder decoder = file("2026-04-02T00:00:00Z");
        assertThat(time(decoder, "<38>1 2038-01-19T03:14:07Z h sshd 1 - - x")).isEqualTo("2038-01-19T03:14:07Z");
        assertThat(time(decoder, "Apr  1 10:00:00" + LINE)).isEqualTo("2026-04-01T10:00:00Z");
    }

    @Test
    void theLastChangeIsTheFiles(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("auth.log"), "x");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-01T00:00:00Z")));
        Decoder openssh = Decoders.of("openssh", ZoneOffset.UTC, UTF_8);
        long now = Instant.parse("2026-04-01T00:00:00Z").toEpochMilli();
        assertThat(time(FileDecoder.of(openssh, file, now), "Apr 30 10:00:00" + LINE))
                .isEqualTo("2024-04-30T10:00:00Z");
        assertThat(time(FileDecoder.of(openssh, Path.of("-"), now), "Mar 30 10:00:00" + LINE))
                .isEqualTo("2026-03-30T10:00:00Z");
    }

    private static FileDecoder file(String written) {
        return new FileDecoder(
                Decoders.of("openssh", ZoneOffset.UTC, UTF_8),
                Instant.parse(written).toEpochMilli());
    }

    private static String time(FileDecoder decoder, String line) {
        Decoding decoding = decoder.decode(new LogRecord(line.getBytes(UTF_8), null, null, "f:1", 0));
        return Instant.ofEpochMilli(((Decoding.Decoded) decoding).event().timestampMillis())
                .toString();
    }
}
