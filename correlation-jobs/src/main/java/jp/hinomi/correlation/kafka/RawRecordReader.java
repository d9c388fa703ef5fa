package jp.hinomi.correlation.kafka;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.correlation.state.RawRecord;
import jp.hinomi.correlation.state.RawRecordSerializer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Takes records as they are, ticks included: these are what the watermarks live on. */
public final class RawRecordReader implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        List<RawRecord.Header> headers = new ArrayList<>(4);
        for (Header header : record.headers()) {
            headers.add(new RawRecord.Header(header.key(), header.value()));
        }
        out.collect(new RawRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                headers));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return RawRecordSerializer.TYPE;
    }
}
