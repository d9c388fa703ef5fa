package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RelpFramesProperties {
    private static final int MAX = 300;

    @Property(tries = 1000)
    void framesComeOutAsTheyWentInHoweverPacketsAreSplit(
            @ForAll @Size(max = 6) List<@Size(max = 400) byte[]> messages,
            @ForAll @IntRange(min = 1, max = 50) int packet,
            @ForAll @IntRange(min = 1, max = 999_999_990) int first)
            throws RelpFrameException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<String> expected = new ArrayList<>();
        int number = first;
        for (byte[] message : messages) {
            stream.writeBytes(
                    (number + " syslog " + message.length + (message.length == 0 ? "" : " ")).getBytes(ISO_8859_1));
            stream.writeBytes(message);
            stream.write('\n');
            String text = new String(message, ISO_8859_1);
            expected.add(number + " syslog " + message.length + " " + text.substring(0, Math.min(MAX, text.length())));
            number++;
        }
        PartialBytes partial = new PartialBytes(1 << 20);
        RelpFrames frames = new RelpFrames(MAX, partial);
        List<String> found = new ArrayList<>();
        byte[] bytes = stream.toByteArray();
        for (int from = 0; from < bytes.length; from += packet) {
            frames.feed(
                    Unpooled.wrappedBuffer(bytes, from, Math.min(packet, bytes.length - from)),
                    (transaction, command, data, length) ->
                            found.add(transaction + " " + command + " " + length + " " + new String(data, ISO_8859_1)));
        }
        frames.end();
        assertThat(found).containsExactlyElementsOf(expected);
        assertThat(partial.reserved()).isZero();
    }

    @Property(tries = 1000)
    void anyBytesAreFramesOrARelpError(@ForAll byte[] bytes) {
        RelpFrames frames = new RelpFrames(MAX, new PartialBytes(1 << 20));
        try {
            frames.feed(Unpooled.wrappedBuffer(bytes), (transaction, command, data, length) -> {});
        } catch (RelpFrameException e) {
            assertThat(e.getMessage()).contains("RELP");
        }
        frames.end();
    }
}
