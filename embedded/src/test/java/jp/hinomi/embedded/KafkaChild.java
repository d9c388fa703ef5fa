package jp.hinomi.embedded;

import java.nio.file.Path;

/** Starts Kafka in the folder of its argument, writes one record, says so, and waits to be killed. */
final class KafkaChild {
    private KafkaChild() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(Path.of(arguments[0]), 0));
        KafkaRecords.createTopic(kafka.bootstrapServers(), "logs");
        KafkaRecords.write(kafka.bootstrapServers(), "logs", 1, "written before the kill");
        System.out.println(ChildProcess.READY);
        Thread.currentThread().join();
    }
}
