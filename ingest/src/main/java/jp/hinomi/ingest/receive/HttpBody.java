package jp.hinomi.ingest.receive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The body of a request as records: decompressed within bounds, one record per line, blank lines left out. */
final class HttpBody {
    /** Records per request: each costs some hundred bytes of memory beside its own, however short it is. */
    static final int MAX_RECORDS = 20_000;

    private HttpBody() {}

    /** What a body turned out to be. */
    sealed interface Records {
        record Lines(List<byte[]> lines) implements Records {}

        record Unusable(HttpAnswer.Refused answer) implements Records {}
    }

    /** @param encoding of Content-Encoding, in lower case; empty for none */
    static Records read(byte[] body, String encoding, boolean expectsJson, int maxBytes, int maxLineBytes) {
        byte[] text;
        switch (encoding) {
            case "", "identity" -> text = body;
            case "gzip", "x-gzip" -> {
                try {
                    text = gunzip(body, maxBytes);
                } catch (IOException e) {
                    return new Records.Unusable(HttpRefusals.badCompression(encoding));
                }
                if (text.length > maxBytes) {
                    return new Records.Unusable(HttpRefusals.tooLarge(maxBytes));
                }
            }
            default -> {
                return new Records.Unusable(HttpRefusals.badCompression(encoding));
            }
        }
        return split(text, expectsJson, maxLineBytes);
    }

    private static byte[] gunzip(byte[] body, int maxBytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body), 8192)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(maxBytes, body.length * 4 + 64));
            byte[] chunk = new byte[8192];
            int read;
            while (out.size() <= maxBytes && (read = in.read(chunk)) >= 0) {
                out.write(chunk, 0, read);
            }
            return out.toByteArray();
        }
    }

    private static Records split(byte[] text, boolean expectsJson, int maxLineBytes) {
        List<byte[]> lines = new ArrayList<>();
        int number = 0;
        for (int from = 0; from < text.length; ) {
            int end = from;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            int to = end > from && text[end - 1] == '\r' ? end - 1 : end;
            number++;
            if (to - from > maxLineBytes) {
                return new Records.Unusable(HttpRefusals.lineTooLong(number, maxLineBytes));
            }
            if (!blank(text, from, to)) {
                if (lines.size() == MAX_RECORDS) {
                    return new Records.Unusable(HttpRefusals.tooMany(MAX_RECORDS));
                }
                lines.add(Arrays.copyOfRange(text, from, to));
            }
            from = end + 1;
        }
        if (lines.isEmpty()) {
            return new Records.Unusable(HttpRefusals.empty());
        }
        if (expectsJson && lines.get(0)[0] == '[') {
            return new Records.Unusable(HttpRefusals.array());
        }
        return new Records.Lines(lines);
    }

    private static boolean blank(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] != ' ' && text[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
