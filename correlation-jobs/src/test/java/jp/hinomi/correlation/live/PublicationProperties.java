package jp.hinomi.correlation.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jp.hinomi.events.Topics;
import jp.hinomi.events.signing.SigningKey;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Whatever somebody without a key writes, in whatever order: what was published last is in force, and nothing else. */
class PublicationProperties {
    private static final SigningKey KEY = SigningKey.make();
    private static final SigningKey STRANGER = SigningKey.make();
    private static final List<String> PACKS = List.of("web", "asset");

    @Property(tries = 150)
    void onlyWhoHasTheKeyDecides(@ForAll Random random) {
        PublishedTopic topic = new PublishedTopic(new TrustedKeys(List.of(TrustedKeys.every("soc", KEY.verifying()))));
        Map<String, Map<String, String>> published = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (int step = 0; step < 25; step++) {
            if (random.nextInt(3) == 0) {
                String pack = PACKS.get(random.nextInt(PACKS.size()));
                Map<String, String> next = content(pack, random);
                int number = (int) topic.publications().next(pack);
                assertThat(number).isGreaterThan(numbers.getOrDefault(pack, 0));
                // Everything is written again, as nobody knows what others did to it.
                Map<String, String> before = new HashMap<>();
                published.getOrDefault(pack, Map.of()).keySet().forEach(key -> before.put(key, ""));
                topic.write(PublishedTopic.publication(pack, number, before, next, KEY));
                published.put(pack, next);
                numbers.put(pack, number);
            } else {
                topic.write(List.of(somethingElse(topic.written(), random)));
            }
            if (random.nextInt(4) == 0) {
                topic.compact();
                topic.readAgain();
            }
            topic.follow();
            Map<String, String> wanted = new HashMap<>();
            published.values().forEach(wanted::putAll);
            assertThat(topic.inForce()).isEqualTo(wanted);
        }
    }

    private static Map<String, String> content(String pack, Random random) {
        Map<String, String> content = new HashMap<>();
        for (String key : List.of("a", "b", "c")) {
            if (random.nextInt(3) > 0) {
                content.put(pack + key, "title: " + random.nextInt(3));
            }
        }
        return content;
    }

    /** Something old again, something deleted, something changed, or something new. */
    private static ProducerRecord<byte[], byte[]> somethingElse(
            List<ProducerRecord<byte[], byte[]>> written, Random random) {
        String pack = PACKS.get(random.nextInt(PACKS.size()));
        String key = pack + "abc".charAt(random.nextInt(3));
        if (written.isEmpty() || random.nextInt(4) == 0) {
            return PublishedTopic.document(key, "title: " + random.nextInt(4), random.nextBoolean() ? pack : "");
        }
        ProducerRecord<byte[], byte[]> old = written.get(random.nextInt(written.size()));
        return switch (random.nextInt(4)) {
            case 0 -> PublishedTopic.tombstone(key);
            case 1 ->
                new ProducerRecord<>(
                        Topics.RULES,
                        null,
                        null,
                        old.key(),
                        written.get(random.nextInt(written.size())).value(),
                        old.headers());
            case 2 -> {
                List<ProducerRecord<byte[], byte[]>> forged = new ArrayList<>(PublishedTopic.publication(
                        pack, 1 + random.nextInt(40), Map.of(), content(pack, random), STRANGER));
                yield forged.get(forged.size() - 1);
            }
            default -> old;
        };
    }
}
