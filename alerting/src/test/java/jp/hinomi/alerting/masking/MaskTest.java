package jp.hinomi.alerting.masking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.PersonalData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {
    private static final Mask IN_NOTICES = new Mask(PersonalData.maskedInNotices());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from taro.yamada+x@city.example.jp port 1|from [mail] port 1",
                "call 03-1234-5678 now|call [phone] now",
                "call 09012345678 now|call [phone] now",
                "call +81-90-1234-5678 now|call [phone] now",
                "0120-123-456|[phone]",
                "id 1234-5678-9018 x|id [my-number] x",
                "id 123456789018 x|id [my-number] x",
                "id 1234-5678-9012 x|id 1234-5678-9012 x",
                "at 35.6581, 139.7414 seen|at [location] seen",
                "{\"lat\": 35.65|{\"[location]",
                "35.1234,139.1234|[location]",
                "LON=1.5|[location]",
                "x Longitude: 139.7 y|x [location] y",
                "platform 1.2.3.4, 5.67|platform 1.2.3.4, 5.67",
                "+819012345678|[phone]",
                "2026-07-01 10:00:00 203.0.113.7:443 root[123]|2026-07-01 10:00:00 203.0.113.7:443 root[123]",
                "02-03-2026 00:00|02-03-2026 00:00",
                "sha256 0123456789abcdef0123|sha256 0123456789abcdef0123"
            })
    void dataAboutPeopleIsMaskedAndNothingElse(String text, String masked) {
        assertThat(IN_NOTICES.text(text)).isEqualTo(masked);
        assertThat(new Mask(Set.of()).text(text)).isEqualTo(text);
    }

    @Test
    void aNameIsMaskedWhereverItStandsInTheEvent() {
        ObjectNode event = (ObjectNode) Columns.tree("{\"event.id\": \"a@b.example.jp\", \"user.full_name\": \"山田太郎\","
                + " \"user.name\": \"yamada\", \"event.original\": \"login of 山田太郎 (yamada)\", \"n\": 7,"
                + " \"source.geo.location\": {\"lat\": 1, \"lon\": 2}}");
        JsonNode masked = IN_NOTICES.event(event);
        assertThat(masked.toString())
                .isEqualTo(
                        "{\"event.id\":\"a@b.example.jp\",\"user.full_name\":\"[name]\",\"user.name\":\"yamada\","
                                + "\"event.original\":\"login of [name] (yamada)\",\"n\":7,\"source.geo.location\":\"[location]\"}");
    }

    @Test
    void accountsAreMaskedInWhatLeavesTheCity() {
        Mask mask = Mask.ofEverything();
        assertThat(mask.field("user.name", "tanaka")).isEqualTo("[account]");
        assertThat(mask.field("source.user.name", "𠮷田")).isEqualTo("[account]");
        assertThat(mask.field("related.user", "tanaka")).isEqualTo("[account]");
        assertThat(mask.field("user.name", "")).isEmpty();
        assertThat(mask.field("source.ip", "203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(mask.field("user_agent.original", "curl/8.0")).isEqualTo("curl/8.0");
        assertThat(IN_NOTICES.field("user.name", "tanaka")).isEqualTo("tanaka");
    }

    @Test
    void anAccountIsMaskedAsAWordNotInWords() {
        Mask mask = Mask.ofEverything();
        Map<String, PersonalData> named = mask.named(Map.of("user.name", "in", "user.target.name", "in-admin"));
        assertThat(mask.text("log in of in-admin by in, not within", named))
                .isEqualTo("log [account] of [account] by [account], not within");
        assertThat(mask.named(Map.of("user.name", "a", "source.ip", "192.0.2.1")))
                .isEmpty();
        assertThat(IN_NOTICES.named(Map.of("user.name", "tanaka"))).isEmpty();
    }
}
