package jp.hinomi.correlation.kafka;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.correlation.state.RawRecord;
import jp.hinomi.correlation.state.Rejected;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.kafka.RejectRecords;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Undecodable records for the topic {@code rejects}: bytes and headers as they came, and why. */
final class RejectedRecords implements KafkaRecordSerializationSchema<Rejected> {
    private static final long serialVersionUID = 1;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Rejected rejected, KafkaSinkContext context, Long timestamp) {
        RawRecord record = rejected.record();
        List<Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new RecordHeader(header.name(), header.value())));
        return RejectRecords.of(
                record.key(),
                record.value(),
                headers,
                record.origin(),
                new Decoding.Rejected(rejected.decoder(), rejected.reason(), rejected.byteOffset()));
    }
}
