package jp.hinomi.correlation.state;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.ingest.clock.Episode;
import jp.hinomi.ingest.clock.SourceMemory;
import jp.hinomi.ingest.clock.Span;
import jp.hinomi.ingest.clock.WatchMemory;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What the watch over the sources remembers. */
public final class WatchMemorySerializer extends HandWritten<WatchMemory> {
    public static final WatchMemorySerializer INSTANCE = new WatchMemorySerializer();
    private static final long serialVersionUID = 1;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(WatchMemory memory, DataOutputView out) throws IOException {
        out.writeLong(memory.closedUpTo());
        out.writeLong(memory.uncovered());
        Binary.writeSize(memory.partitions().size(), out);
        for (Map.Entry<String, Long> partition : new TreeMap<>(memory.partitions()).entrySet()) {
            Binary.writeText(partition.getKey(), out);
            out.writeLong(partition.getValue());
        }
        Binary.writeList(memory.open(), TallySerializer.INSTANCE::serialize, out);
        Binary.writeList(memory.sources(), WatchMemorySerializer::writeSource, out);
    }

    @Override
    protected WatchMemory read(int version, DataInputView in) throws IOException {
        long closedUpTo = in.readLong();
        long uncovered = in.readLong();
        Map<String, Long> partitions = new TreeMap<>();
        for (int left = Binary.readSize(in); left > 0; left--) {
            partitions.put(Binary.readText(in), in.readLong());
        }
        return new WatchMemory(
                closedUpTo,
                uncovered,
                partitions,
                Binary.readList(TallySerializer.INSTANCE::deserialize, in),
                Binary.readList(WatchMemorySerializer::readSource, in));
    }

    private static void writeSource(SourceMemory source, DataOutputView out) throws IOException {
        Binary.writeText(source.source(), out);
        out.writeLong(source.since());
        out.writeLong(source.lastSeen());
        out.writeLong(source.waitingFrom());
        out.writeLong(source.passedOver());
        Binary.writeList(source.window(), WatchMemorySerializer::writeSpan, out);
        out.writeDouble(source.usualRejects());
        Binary.writeList(source.episodes(), WatchMemorySerializer::writeEpisode, out);
    }

    private static SourceMemory readSource(DataInputView in) throws IOException {
        String source = Binary.readText(in);
        long since = in.readLong();
        long lastSeen = in.readLong();
        long waitingFrom = in.readLong();
        long passedOver = in.readLong();
        List<Span> window = Binary.readList(WatchMemorySerializer::readSpan, in);
        double usualRejects = in.readDouble();
        return new SourceMemory(
                source,
                since,
                lastSeen,
                waitingFrom,
                passedOver,
                window,
                usualRejects,
                Binary.readList(WatchMemorySerializer::readEpisode, in));
    }

    private static void writeSpan(Span span, DataOutputView out) throws IOException {
        out.writeLong(span.start());
        out.writeLong(span.records());
        out.writeLong(span.rejected());
        out.writeBoolean(span.hasOffsets());
        out.writeLong(span.low());
        out.writeLong(span.middle());
        out.writeLong(span.high());
    }

    private static Span readSpan(DataInputView in) throws IOException {
        return new Span(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    private static void writeEpisode(Episode episode, DataOutputView out) throws IOException {
        Binary.writeText(episode.state().word(), out);
        out.writeLong(episode.begin());
        out.writeLong(episode.said());
        out.writeInt(episode.revision());
        out.writeLong(episode.measure());
    }

    private static Episode readEpisode(DataInputView in) throws IOException {
        return new Episode(
                SourceHealth.State.ofWord(Binary.readText(in)),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<WatchMemory> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What Flink writes beside state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<WatchMemory> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
