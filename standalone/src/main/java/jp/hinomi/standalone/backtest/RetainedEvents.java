package jp.hinomi.standalone.backtest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import jp.hinomi.correlation.detect.LogFile;
import jp.hinomi.events.EventFormatException;
import jp.hinomi.events.EventJson;
import jp.hinomi.ingest.decode.Decoder;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.intel.feed.IntelTopic;
import org.apache.commons.io.FileUtils;

/**
 * The events that a running instance still has, in a temporary folder: each partition is a file of its own, packed, because only
 * within a partition are they in order.
 */
public final class RetainedEvents implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final Map<String, Path> files = new TreeMap<>();
    private final Map<String, OutputStream> open = new TreeMap<>();
    private long events;

    private RetainedEvents(Path folder) {
        this.folder = folder;
    }

    /** @param since milliseconds since the epoch, by when they were appended */
    public static RetainedEvents read(String bootstrapServers, long since) throws IOException {
        RetainedEvents retained = new RetainedEvents(Files.createTempDirectory("hinomi-events"));
        try {
            IntelTopic.events(bootstrapServers, since, retained::add);
            for (OutputStream out : retained.open.values()) {
                out.close();
            }
            return retained;
        } catch (UncheckedIOException e) {
            retained.close();
            throw e.getCause();
        } catch (IOException | RuntimeException e) {
            retained.close();
            throw e;
        }
    }

    /** @param place {@code events-0-17} */
    private void add(String place, byte[] json) {
        String partition = place.substring(0, place.lastIndexOf('-'));
        try {
            OutputStream out = open.get(partition);
            if (out == null) {
                Path file = folder.resolve(partition + ".ndjson.gz");
                files.put(partition, file);
                out = new BufferedOutputStream(new Quick(Files.newOutputStream(file)), BUFFER);
                open.put(partition, out);
            }
            out.write(json);
            out.write('\n');
            events++;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot keep events in " + folder + ": make room there, or set java.io.tmpdir", e);
        }
    }

    /** Packs a tenth less, in a third of the time. */
    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    public long events() {
        return events;
    }

    public List<LogFile> logs() {
        List<LogFile> logs = new ArrayList<>();
        files.forEach((name, file) -> logs.add(new LogFile(
                name, null, new Events(), () -> LogFile.unpacked(file.toString(), Files.newInputStream(file)))));
        return logs;
    }

    /** Events as the job wrote them. */
    private static final class Events implements Decoder {
        @Override
        public String format() {
            return "events";
        }

        @Override
        public Decoding decode(LogRecord record) {
            try {
                return new Decoding.Decoded(EventJson.read(record.value(), record.origin()));
            } catch (EventFormatException e) {
                return new Decoding.Rejected(format(), e.getMessage(), 0);
            }
        }
    }

    @Override
    public void close() {
        for (OutputStream out : open.values()) {
            try {
                out.close();
            } catch (IOException e) {
                // Nobody reads it any more.
            }
        }
        FileUtils.deleteQuietly(folder.toFile());
    }
}
