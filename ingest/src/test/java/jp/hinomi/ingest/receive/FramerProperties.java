package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FramerProperties {
    private static final int MAX = 100;

    /** A message, and whether its sender counts octets. */
    record Message(String text, boolean counted) {}

    @Property(tries = 3000)
    void messagesComeOutAsTheyWentInHoweverPacketsAreSplit(
            @ForAll("messages") @Size(max = 8) List<Message> messages,
            @ForAll @IntRange(min = 1, max = 50) int packet) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<String> expected = new ArrayList<>();
        for (Message message : messages) {
            byte[] bytes = message.text().getBytes(ISO_8859_1);
            stream.writeBytes(
                    message.counted()
                            ? (bytes.length + " " + message.text()).getBytes(ISO_8859_1)
                            : (message.text() + "\n").getBytes(ISO_8859_1));
            boolean tooLong = bytes.length > MAX;
            expected.add(tooLong ? bytes.length + ":" + message.text().substring(0, MAX) : message.text());
        }
        PartialBytes partial = new PartialBytes(1 << 20);
        assertThat(frames(stream.toByteArray(), packet, partial)).containsExactlyElementsOf(expected);
        // Failed when more was given back than had been taken: the bound of all connections grew with each that ended.
        assertThat(partial.reserved()).isZero();
    }

    @Property(tries = 2000)
    void anyBytesAreCutWithoutFailure(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 20) int packet) {
        assertThat(frames(bytes, packet, new PartialBytes(1 << 20)))
                .allSatisfy(frame -> assertThat(frame).isNotEmpty());
    }

    @Property(tries = 200)
    void withoutRoomLinesAreCutAndTheNextOneIsWhole(@ForAll @IntRange(min = 1, max = 50) int packet) {
        byte[] stream = ("<1>" + "x".repeat(900) + "\n<1>next\n").getBytes(ISO_8859_1);
        List<String> frames = new ArrayList<>();
        SyslogFramer framer = new SyslogFramer(10_000, new PartialBytes(0));
        feed(framer, stream, packet, frames);
        assertThat(frames).hasSize(2);
        assertThat(frames.get(0)).startsWith("903:<1>x");
        assertThat(frames.get(1)).isEqualTo("<1>next");
    }

    @Property(tries = 500)
    void aLineThatBeginsWithANumberIsNoCountedMessage(
            @ForAll @IntRange(min = 0, max = 99_999_999) int number, @ForAll @IntRange(min = 1, max = 50) int packet) {
        String line = number + " monkeys";
        byte[] stream = (line + "\n<1>next\n").getBytes(ISO_8859_1);
        assertThat(frames(stream, packet, new PartialBytes(1 << 20))).containsExactly(line, "<1>next");
    }

    private static List<String> frames(byte[] stream, int packet, PartialBytes partial) {
        List<String> frames = new ArrayList<>();
        feed(new SyslogFramer(MAX, partial), stream, packet, frames);
        return frames;
    }

    private static void feed(SyslogFramer framer, byte[] stream, int packet, List<String> frames) {
        SyslogFramer.Frames into = new SyslogFramer.Frames() {
            @Override
            public void message(byte[] message) {
                frames.add(new String(message, ISO_8859_1));
            }

            @Override
            public void tooLong(byte[] beginning, long length) {
                frames.add(length + ":" + new String(beginning, ISO_8859_1));
            }

            @Override
            public void torn(byte[] beginning, long length) {
                frames.add(length + "…" + new String(beginning, ISO_8859_1));
            }
        };
        for (int from = 0; from < stream.length; from += packet) {
            framer.feed(Unpooled.wrappedBuffer(stream, from, Math.min(packet, stream.length - from)), into);
        }
        framer.end(into);
    }

    @Provide
    Arbitrary<List<Message>> messages() {
        Arbitrary<String> text = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('\u00E6', '\t')
                .ofMaxLength(150)
                .map(body -> "<13>" + body);
        Arbitrary<Message> counted = text.map(line -> new Message(line + "\n second line", true));
        Arbitrary<Message> plain = text.map(line -> new Message(line, false));
        Arbitrary<Message> numbers = Combinators.combine(Arbitraries.integers().between(0, 999_999_999), text)
                .as((number, line) -> new Message(number + "-" + line, false));
        return Arbitraries.oneOf(counted, plain, numbers).list();
    }
}
