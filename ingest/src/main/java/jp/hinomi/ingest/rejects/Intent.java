package jp.hinomi.ingest.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * That somebody is about to send rejected records again, and where the topics of logs ended before. Written before and
 * taken back after each batch: whoever finds one looks there for what was sent but not noted.
 *
 * @param run who sends
 */
record Intent(String run, Map<TopicPartition, Long> ends) {
    static final String KEY = "intent";

    Intent {
        ends = Map.copyOf(ends);
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(run);
        ends.forEach((partition, end) -> text.append('\n')
                .append(partition.topic())
                .append(' ')
                .append(partition.partition())
                .append(' ')
                .append(end));
        return text.toString().getBytes(UTF_8);
    }

    static Intent read(byte[] bytes) {
        String[] lines = new String(bytes, UTF_8).split("\n");
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] words = lines[i].split(" ");
            ends.put(new TopicPartition(words[0], Integer.parseInt(words[1])), Long.parseLong(words[2]));
        }
        return new Intent(lines[0], ends);
    }
}
