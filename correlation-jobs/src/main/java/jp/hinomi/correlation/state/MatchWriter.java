package jp.hinomi.correlation.state;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import jp.hinomi.correlation.engine.LogEvent;
import jp.hinomi.correlation.engine.Match;
import jp.hinomi.correlation.engine.Sighting;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes matches and evidence inside one other record. An event that stands in it twice (a match that is kept is evidence of
 * the open alert as well) is written once.
 */
final class MatchWriter {
    /** In place of an event: the number of an earlier one follows. */
    static final int EARLIER = 0;

    /** Its id and time are those of the match. */
    static final int OF_MATCH = 1;

    /** Its id and time follow. */
    static final int OTHER = 2;

    private final DataOutputView out;
    private final Map<LogEvent, Integer> earlier = new IdentityHashMap<>(4);

    MatchWriter(DataOutputView out) {
        this.out = out;
    }

    void write(Match match) throws IOException {
        out.writeLong(match.time());
        Binary.writeSize(match.depth(), out);
        Binary.writeText(match.id(), out);
        boolean ownOrder = !match.orderedBy().equals(match.id());
        out.writeBoolean(ownOrder);
        if (ownOrder) {
            Binary.writeText(match.orderedBy(), out);
        }
        Binary.writeLong(match.steps(), out);
        Binary.writeText(match.value(), out);
        Binary.writeSize(match.evidence().size(), out);
        for (Sighting sighting : match.evidence()) {
            write(sighting, match);
        }
        Binary.writeLong(match.weight(), out);
    }

    /** @param of the match that it is evidence of, or null */
    void write(Sighting sighting, Match of) throws IOException {
        LogEvent event = sighting.event();
        Integer number = earlier.putIfAbsent(event, earlier.size());
        if (number != null) {
            out.writeByte(EARLIER);
            Binary.writeSize(number, out);
        } else if (of != null && event.time() == of.time() && event.id().equals(of.id())) {
            out.writeByte(OF_MATCH);
            Binary.writeBytes(event.bytes(EventBytes.INSTANCE), out);
        } else {
            out.writeByte(OTHER);
            Binary.writeText(event.id(), out);
            out.writeLong(event.time());
            Binary.writeBytes(event.bytes(EventBytes.INSTANCE), out);
        }
        Binary.writeList(sighting.matched(), Binary::writeText, out);
    }
}
