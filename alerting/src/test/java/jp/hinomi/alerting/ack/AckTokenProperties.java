package jp.hinomi.alerting.ack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import jp.hinomi.events.Tlp;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;

class AckTokenProperties {
    private static final byte[] KEY =
            "a key of thirty-two bytes, no less".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    @Property
    void whatWasWrittenIsRead(
            @ForAll @AlphaChars @NotEmpty String alert,
            @ForAll @AlphaChars @NotEmpty String contact,
            @ForAll Optional<Tlp> way) {
        AckToken token = new AckToken(alert, contact, NOW.plusSeconds(60), way);
        assertThat(AckToken.read(token.write(KEY), KEY, NOW)).isEqualTo(new AckToken.Reading.Valid(token));
        assertThat(AckToken.read(token.write(KEY), KEY, NOW.plusSeconds(60)))
                .isEqualTo(new AckToken.Reading.Expired(token));
    }

    @Property
    void anyChangedOrMissingCharacterIsForged(@ForAll @IntRange(max = 200) int at, @ForAll char replacement) {
        String text =
                new AckToken("0123456789abcdef", "vendor-noc", NOW.plusSeconds(60), Optional.of(Tlp.GREEN)).write(KEY);
        int position = at % text.length();
        // The last character of a base64 text carries bits that decoding drops: changing only these changes nothing.
        if (text.charAt(position) != replacement && position != text.length() - 1) {
            String changed = text.substring(0, position) + replacement + text.substring(position + 1);
            assertThat(AckToken.read(changed, KEY, NOW)).isEqualTo(new AckToken.Reading.Forged());
        }
        assertThat(AckToken.read(text.substring(0, position), KEY, NOW)).isEqualTo(new AckToken.Reading.Forged());
    }

    @Property
    void nothingThatComesInTheAddressIsAnError(@ForAll String text) {
        assertThat(AckToken.read(text, KEY, NOW)).isEqualTo(new AckToken.Reading.Forged());
    }

    /** What a link for a text message signs is all that it says, and nothing else fits. */
    @Property
    void aShortLinkIsTheSignatureOfAllThatItSays(
            @ForAll @AlphaChars @NotEmpty String alert,
            @ForAll @AlphaChars @NotEmpty String contact,
            @ForAll Optional<Tlp> way,
            @ForAll Optional<Tlp> otherWay) {
        AckToken token = new AckToken(alert, contact, NOW.plusSeconds(60), way);
        String text = token.writeShort(KEY);
        assertThat(text).hasSize(AckToken.SHORT).matches("[A-Za-z0-9_-]+");
        assertThat(AckToken.isShort(text)).isTrue();
        assertThat(AckToken.isShort(token.write(KEY))).isFalse();
        assertThat(token.isSignedBy(text, KEY)).isTrue();
        assertThat(token.isSignedBy(text, new byte[32])).isFalse();
        assertThat(new AckToken(alert + "x", contact, NOW.plusSeconds(60), way).isSignedBy(text, KEY))
                .isFalse();
        assertThat(new AckToken(alert, contact + "x", NOW.plusSeconds(60), way).isSignedBy(text, KEY))
                .isFalse();
        assertThat(new AckToken(alert, contact, NOW.plusSeconds(61), way).isSignedBy(text, KEY))
                .isFalse();
        assertThat(new AckToken(alert, contact, NOW.plusSeconds(60), otherWay).isSignedBy(text, KEY))
                .isEqualTo(otherWay.equals(way));
        // It is no long link, however it is presented.
        assertThat(AckToken.read(text, KEY, NOW)).isEqualTo(new AckToken.Reading.Forged());
    }

    @Example
    void anotherCitysKeyDoesNotFit() {
        String text = new AckToken("a", "c", NOW.plusSeconds(60), Optional.empty()).write(new byte[32]);
        assertThat(AckToken.read(text, KEY, NOW)).isEqualTo(new AckToken.Reading.Forged());
    }
}
