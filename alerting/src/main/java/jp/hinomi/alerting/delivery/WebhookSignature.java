package jp.hinomi.alerting.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks: {@code v1=} and the hex HMAC-SHA256 (RFC 2104) over the time stamp, a full stop and the body. The time is
 * under the signature so that a recorded call cannot be replayed later.
 */
public final class WebhookSignature {
    public static final String SIGNATURE_HEADER = "Hinomi-Signature";
    public static final String TIMESTAMP_HEADER = "Hinomi-Timestamp";

    /** The same for every attempt of one message: whoever has seen it need not take it again. */
    public static final String DELIVERY_HEADER = "Hinomi-Delivery";

    private WebhookSignature() {}

    /** @param timestamp seconds since the epoch, as in the header */
    public static String of(byte[] key, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
            return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
