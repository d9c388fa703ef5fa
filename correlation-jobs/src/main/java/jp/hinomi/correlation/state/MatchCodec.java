package jp.hinomi.correlation.state;

import java.io.IOException;
import jp.hinomi.correlation.engine.Match;
import jp.hinomi.events.Alert.Evidence;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Matches and evidence inside other records. */
final class MatchCodec {
    private MatchCodec() {}

    static void write(Match match, DataOutputView out) throws IOException {
        out.writeLong(match.time());
        Binary.writeSize(match.depth(), out);
        Binary.writeText(match.orderedBy(), out);
        Binary.writeText(match.id(), out);
        out.writeLong(match.steps());
        Binary.writeText(match.value(), out);
        Binary.writeList(match.evidence(), MatchCodec::writeEvidence, out);
        out.writeLong(match.weight());
    }

    static Match read(DataInputView in) throws IOException {
        return new Match(
                in.readLong(),
                Binary.readSize(in),
                Binary.readText(in),
                Binary.readText(in),
                in.readLong(),
                Binary.readText(in),
                Binary.readList(MatchCodec::readEvidence, in),
                in.readLong());
    }

    static void writeEvidence(Evidence evidence, DataOutputView out) throws IOException {
        EventSerializer.INSTANCE.serialize(evidence.event(), out);
        Binary.writeList(evidence.matched(), Binary::writeText, out);
    }

    static Evidence readEvidence(DataInputView in) throws IOException {
        return new Evidence(EventSerializer.INSTANCE.deserialize(in), Binary.readList(Binary::readText, in));
    }
}
