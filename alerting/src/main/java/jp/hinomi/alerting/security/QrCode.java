package jp.hinomi.alerting.security;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A QR code (ISO/IEC 18004) as the path of an SVG picture, one unit a module, without the quiet zone of four around it.
 *
 * @param size modules on each side
 */
public record QrCode(int size, String path) {
    /** Modules around it that stay light. */
    public static final int QUIET = 4;

    public static QrCode of(String text) {
        try {
            ByteMatrix modules = Encoder.encode(
                            text,
                            ErrorCorrectionLevel.M,
                            Map.of(EncodeHintType.CHARACTER_SET, StandardCharsets.UTF_8.name()))
                    .getMatrix();
            StringBuilder path = new StringBuilder();
            for (int y = 0; y < modules.getHeight(); y++) {
                for (int x = 0; x < modules.getWidth(); x++) {
                    if (modules.get(x, y) == 1) {
                        path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                    }
                }
            }
            return new QrCode(modules.getWidth(), path.toString());
        } catch (WriterException e) {
            throw new IllegalArgumentException("too long for a QR code: " + text.length() + " characters", e);
        }
    }

    /** For the picture's {@code viewBox}. */
    public String viewBox() {
        return -QUIET + " " + -QUIET + " " + (size + 2 * QUIET) + " " + (size + 2 * QUIET);
    }
}
