package jp.hinomi.alerting.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodeTest {
    private static final int SCALE = 8;

    @Test
    void whatAnAppReadsIsWhatWasWritten() throws Exception {
        String uri = "otpauth://totp/Hinomi:%E5%B1%B1%E7%94%B0?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Hinomi";
        QrCode code = QrCode.of(uri);
        int side = (code.size() + 2 * QrCode.QUIET) * SCALE;
        int[] pixels = new int[side * side];
        Arrays.fill(pixels, 0xffffff);
        Matcher modules = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(code.path());
        while (modules.find()) {
            int left = (Integer.parseInt(modules.group(1)) + QrCode.QUIET) * SCALE;
            int top = (Integer.parseInt(modules.group(2)) + QrCode.QUIET) * SCALE;
            for (int y = top; y < top + SCALE; y++) {
                Arrays.fill(pixels, y * side + left, y * side + left + SCALE, 0);
            }
        }
        assertThat(new QRCodeReader()
                        .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels))))
                        .getText())
                .isEqualTo(uri);
    }
}
