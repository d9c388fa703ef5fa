package jp.hinomi.correlation.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.correlation.engine.LogEvent;
import jp.hinomi.correlation.engine.Match;
import jp.hinomi.correlation.engine.Sighting;
import org.apache.flink.core.memory.DataInputView;

/** Reads what {@link MatchWriter} wrote into one record; of events no more than id and time. */
final class MatchReader {
    private final DataInputView in;
    private final boolean first;
    private final List<LogEvent> earlier = new ArrayList<>(4);
    private List<String> names = List.of();

    /** @param version of the record: 1 had whole events, each as often as it occurred */
    MatchReader(int version, DataInputView in) {
        this.in = in;
        this.first = version == 1;
    }

    Match match() throws IOException {
        if (first) {
            return matchOfVersion1();
        }
        long time = in.readLong();
        int depth = Binary.readSize(in);
        String id = Binary.readText(in);
        String orderedBy = in.readBoolean() ? Binary.readText(in) : id;
        long steps = Binary.readLong(in);
        String value = Binary.readText(in);
        int size = Binary.readSize(in);
        List<Sighting> evidence = new ArrayList<>(Math.min(size, 64));
        for (int i = 0; i < size; i++) {
            evidence.add(sighting(id, time));
        }
        return new Match(time, depth, orderedBy, id, steps, value, evidence, Binary.readLong(in));
    }

    private Match matchOfVersion1() throws IOException {
        return new Match(
                in.readLong(),
                Binary.readSize(in),
                Binary.readText(in),
                Binary.readText(in),
                in.readLong(),
                Binary.readText(in),
                Binary.readList(any -> sighting(), in),
                in.readLong());
    }

    /** Evidence that belongs to no match. */
    Sighting sighting() throws IOException {
        if (first) {
            return new Sighting(
                    LogEvent.of(EventSerializer.INSTANCE.deserialize(in)), Binary.readList(Binary::readText, in));
        }
        return sighting("", 0);
    }

    private Sighting sighting(String matchId, long matchTime) throws IOException {
        int kind = in.readUnsignedByte();
        LogEvent event;
        switch (kind) {
            case MatchWriter.EARLIER -> event = earlier.get(Binary.readSize(in));
            case MatchWriter.OF_MATCH ->
                event = LogEvent.of(matchId, matchTime, Binary.readBytes(in), EventBytes.INSTANCE);
            case MatchWriter.OTHER ->
                event = LogEvent.of(Binary.readText(in), in.readLong(), Binary.readBytes(in), EventBytes.INSTANCE);
            default -> throw new IOException("not the beginning of evidence: " + kind);
        }
        if (kind != MatchWriter.EARLIER) {
            earlier.add(event);
        }
        return new Sighting(event, matched());
    }

    /** Most matches of one group have the names of the ones before. */
    private List<String> matched() throws IOException {
        List<String> read = Binary.readList(Binary::readText, in);
        if (!read.equals(names)) {
            names = LatestNames.of(read);
        }
        return names;
    }
}
