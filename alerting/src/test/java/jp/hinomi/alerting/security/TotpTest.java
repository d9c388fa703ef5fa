package jp.hinomi.alerting.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void codesAreThoseOfTheStandard(long seconds, String code) {
        assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(seconds)), 8))
                .isEqualTo(code);
    }

    /** RFC 4226, appendix D. */
    @ParameterizedTest
    @CsvSource({"0, 755224", "1, 287082", "5, 254676", "9, 520489"})
    void soAreThoseOfTheCounter(long counter, String code) {
        assertThat(Totp.code(SECRET, counter, 6)).isEqualTo(code);
    }

    @Test
    void aCodeIsTakenOnceAndAStepEarlyOrLate() {
        Instant now = Instant.parse("2026-04-01T00:00:10Z");
        String code = Totp.code(SECRET, now);
        long step = Totp.step(now);
        assertThat(Totp.matching(SECRET, code, now, 0)).hasValue(step);
        assertThat(Totp.matching(SECRET, code.substring(0, 3) + " " + code.substring(3), now, 0))
                .hasValue(step);
        assertThat(Totp.matching(SECRET, code, now.plusSeconds(30), 0)).hasValue(step);
        assertThat(Totp.matching(SECRET, code, now.minusSeconds(30), 0)).hasValue(step);
        assertThat(Totp.matching(SECRET, code, now.plusSeconds(60), 0)).isEmpty();
        assertThat(Totp.matching(SECRET, code, now.minusSeconds(60), 0)).isEmpty();
        assertThat(Totp.matching(SECRET, code, now, step)).isEmpty();
        assertThat(Totp.matching(SECRET, "", now, 0)).isEmpty();
    }

    /** RFC 4648, section 10, without padding. */
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void secretsAreWrittenInBase32(String text, String base32) {
        assertThat(Totp.base32(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(base32);
    }
}
