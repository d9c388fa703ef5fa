package jp.hinomi.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
    /** Computed with {@code printf '1782867723.{"a":"火"}' | openssl dgst -sha256 -hmac secret}. */
    @Test
    void isTheHmacOverTimeAndBody() {
        assertThat(WebhookSignature.of(
                        "secret".getBytes(StandardCharsets.UTF_8),
                        "1782867723",
                        "{\"a\":\"火\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1=a44205905a522897caf668c85c36b4c8930b0829b5247d04521927d1bccade68");
    }
}
