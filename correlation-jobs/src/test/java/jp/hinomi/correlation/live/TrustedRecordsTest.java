package jp.hinomi.correlation.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.city.RuleKey;
import jp.hinomi.events.Topics;
import jp.hinomi.events.signing.SigningKey;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What somebody may do to the topic who can write there and has no key, and what the job makes of it. */
class TrustedRecordsTest {
    private static final SigningKey KEY = SigningKey.make();
    private static final SigningKey STRANGER = SigningKey.make();
    private static final Map<String, String> ONE = Map.of("a", "title: a1", "b", "title: b1");
    private static final Map<String, String> TWO = Map.of("a", "title: a2", "b", "title: b1", "c", "title: c2");

    private final PublishedTopic topic =
            new PublishedTopic(new TrustedKeys(List.of(TrustedKeys.every("soc", KEY.verifying()))));

    private static List<ProducerRecord<byte[], byte[]>> one() {
        return PublishedTopic.publication("web", 1, Map.of(), ONE, KEY);
    }

    private static List<ProducerRecord<byte[], byte[]>> two() {
        return PublishedTopic.publication("web", 2, ONE, TWO, KEY);
    }

    private List<String> reasons() {
        return topic.follow().refusals().stream()
                .map(each -> each.name() + ": " + each.reason())
                .toList();
    }

    private void published(List<ProducerRecord<byte[], byte[]>> publication, Map<String, String> wanted) {
        topic.write(publication);
        assertThat(reasons()).isEmpty();
        assertThat(topic.inForce()).isEqualTo(wanted);
        assertThat(topic.publications().refusals()).isEmpty();
    }

    @Test
    void takesWhatWasPublishedAndAgainAfterCompactionAndRestart() {
        published(one(), ONE);
        published(two(), TWO);
        topic.restart();
        topic.follow();
        assertThat(topic.inForce()).isEqualTo(TWO);
        topic.compact();
        topic.restart();
        assertThat(reasons()).isEmpty();
        assertThat(topic.inForce()).isEqualTo(TWO);
    }

    @Test
    void aChangedTextLeavesThePackAsItWasAndAtAStartTakesTheOthers() {
        published(one(), ONE);
        topic.write(List.of(PublishedTopic.document("b", "title: nothing", "web")));
        assertThat(reasons()).singleElement().asString().startsWith("b: the text is not that of the publication web/1");
        assertThat(topic.inForce()).isEqualTo(ONE);
        topic.restart();
        assertThat(reasons()).hasSize(1);
        assertThat(topic.inForce()).isEqualTo(Map.of("a", "title: a1"));
    }

    @Test
    void aDocumentThatIsMissingOrWrittenOverLeavesThePackAsItWas() {
        published(one(), ONE);
        topic.write(List.of(PublishedTopic.tombstone("b")));
        assertThat(reasons())
                .singleElement()
                .asString()
                .contains("names this document, but the topic does not have it");
        assertThat(topic.inForce()).isEqualTo(ONE);
        topic.write(List.of(PublishedTopic.document("b", "title: b1", "")));
        assertThat(reasons()).singleElement().asString().contains("somebody wrote over this document");
        assertThat(topic.inForce()).isEqualTo(ONE);
        topic.write(List.of(PublishedTopic.document("b", "title: b1", "web")));
        assertThat(reasons()).as("the very text is in order whoever wrote it").isEmpty();
    }

    @Test
    void halfAPublicationChangesNothing() {
        published(one(), ONE);
        List<ProducerRecord<byte[], byte[]>> two = two();
        topic.write(two.subList(0, 1));
        assertThat(reasons()).hasSize(1);
        assertThat(topic.inForce()).isEqualTo(ONE);
        // The record without the rest of its documents.
        topic.write(two.subList(two.size() - 1, two.size()));
        assertThat(reasons())
                .anyMatch(reason -> reason.contains("the topic does not have it") || reason.contains("is not"));
        assertThat(topic.inForce()).isEqualTo(ONE);
        topic.write(two.subList(1, two.size() - 1));
        assertThat(reasons()).isEmpty();
        assertThat(topic.inForce()).isEqualTo(TWO);
    }

    @Test
    void whatWaitsForTheRestOfItsPublicationIsNamed() {
        published(one(), ONE);
        List<ProducerRecord<byte[], byte[]>> two = two();
        topic.write(two.stream()
                .filter(record -> !PublishedTopic.key(record).equals("a"))
                .toList());
        assertThat(reasons())
                .anyMatch(reason -> reason.startsWith("a: the text is not that of the publication web/2"))
                .anyMatch(reason -> reason.startsWith("c2: it waits for the other documents"));
        assertThat(topic.inForce()).isEqualTo(ONE);
    }

    @Test
    void anOlderPublicationIsRefusedAlsoAfterCompactionAndRestart() {
        published(one(), ONE);
        published(two(), TWO);
        List<ProducerRecord<byte[], byte[]>> old = new ArrayList<>(one());
        old.add(old.size() - 1, PublishedTopic.tombstone("c"));
        topic.write(old);
        reasons();
        assertThat(topic.inForce()).isEqualTo(TWO);
        assertThat(topic.publications().refusals().get("web"))
                .contains("web/1 was refused: it is not newer than web/2")
                .contains("publish the older content as a new version");
        for (boolean compacted : new boolean[] {false, true}) {
            if (compacted) {
                topic.compact();
            }
            topic.restart();
            assertThat(reasons())
                    .anyMatch(reason -> reason.startsWith("a: the text is not that of the publication web/2"))
                    .anyMatch(reason -> reason.startsWith("c: ") && reason.contains("the topic does not have it"));
            assertThat(topic.inForce()).as("what is still signed").isEqualTo(Map.of("b", "title: b1"));
            assertThat(topic.publications().refusals()).containsKey("web");
        }
        published(PublishedTopic.publication("web", 3, Map.of("c", ""), ONE, KEY), ONE);
    }

    @Test
    void goingBackIsANewPublicationOfTheOldContent() {
        published(one(), ONE);
        published(two(), TWO);
        published(PublishedTopic.publication("web", 3, TWO, ONE, KEY), ONE);
        published(PublishedTopic.publication("web", 4, ONE, Map.of(), KEY), Map.of());
    }

    @Test
    void whoeverIsNotTrustedPublishesNothing() {
        published(one(), ONE);
        topic.write(PublishedTopic.publication("web", 2, ONE, TWO, STRANGER));
        reasons();
        assertThat(topic.publications().refusals().get("web"))
                .contains("web/2 was refused: it is signed with the key "
                        + STRANGER.verifying().id() + ", which nobody trusts");
        topic.write(PublishedTopic.publication("web", 2, ONE, TWO, null));
        reasons();
        assertThat(topic.publications().refusals().get("web")).endsWith("it is not signed");

        List<ProducerRecord<byte[], byte[]>> forged = PublishedTopic.publication("web", 2, ONE, TWO, STRANGER);
        ProducerRecord<byte[], byte[]> last = forged.get(forged.size() - 1);
        last.headers().remove(Topics.HEADER_KEY);
        last.headers().add(Topics.HEADER_KEY, KEY.verifying().id().getBytes(UTF_8));
        topic.write(forged);
        reasons();
        assertThat(topic.publications().refusals().get("web")).endsWith("its signature does not fit what it says");
        assertThat(topic.inForce()).isEqualTo(ONE);
    }

    @Test
    void aSignatureStandsForEveryByteAndForItsPlace() {
        published(one(), ONE);
        ProducerRecord<byte[], byte[]> second = two().get(two().size() - 1);
        byte[] value = second.value().clone();
        value[value.length / 2] ^= 1;
        topic.write(List.of(new ProducerRecord<>(Topics.RULES, null, null, second.key(), value, second.headers())));
        reasons();
        assertThat(topic.publications().refusals()).containsKey("web");

        byte[] elsewhere = "hinomi.publication/web/000009".getBytes(UTF_8);
        topic.write(
                List.of(new ProducerRecord<>(Topics.RULES, null, null, elsewhere, second.value(), second.headers())));
        reasons();
        assertThat(topic.publications().refusals().get("web"))
                .contains("web/9 was refused: it stands under the key of another");
        topic.write(List.of(new ProducerRecord<>(Topics.RULES, elsewhere, "[]".getBytes(UTF_8))));
        reasons();
        assertThat(topic.publications().refusals().get("web")).contains("web/9 was refused: its format is ''");
        assertThat(topic.inForce()).isEqualTo(ONE);
        assertThat(topic.publications().next("web"))
                .as("the next takes a number that no record has")
                .isEqualTo(3);
    }

    @Test
    void aKeyPublishesNoOtherPacksThanItsOwn() {
        PublishedTopic narrow =
                new PublishedTopic(new TrustedKeys(List.of(new RuleKey("partner", KEY.verifying(), List.of("gate")))));
        narrow.write(one());
        narrow.write(PublishedTopic.publication("gate", 1, Map.of(), Map.of("g", "title: g"), KEY));
        narrow.follow();
        assertThat(narrow.inForce()).isEqualTo(Map.of("g", "title: g"));
        assertThat(narrow.publications().refusals().get("web")).contains("of partner may not publish this pack");
    }

    @Test
    void aKeyOfOnePackTakesNoRuleOfAnother() {
        SigningKey partner = SigningKey.make();
        PublishedTopic shared = new PublishedTopic(new TrustedKeys(List.of(
                TrustedKeys.every("soc", KEY.verifying()),
                new RuleKey("partner", partner.verifying(), List.of("gate")))));
        shared.write(one());
        shared.follow();
        shared.write(PublishedTopic.publication(
                "gate", 1, Map.of(), Map.of("b", "title: nothing", "g", "title: g"), partner));
        shared.follow();
        assertThat(shared.inForce()).isEqualTo(ONE);
        assertThat(shared.publications().refusals().get("gate"))
                .contains("the document 'b' belongs to web/1")
                .contains("give the rule another name");
        // The other pack's author gives it up: then it is free.
        shared.write(PublishedTopic.publication("web", 2, ONE, Map.of("a", "title: a1"), KEY));
        shared.write(PublishedTopic.publication("gate", 2, Map.of(), Map.of("b", "title: gate"), partner));
        shared.follow();
        assertThat(shared.inForce()).isEqualTo(Map.of("a", "title: a1", "b", "title: gate"));
        // Who may publish both packs may move a rule at once.
        shared.write(PublishedTopic.publication("web", 3, Map.of("a", "title: a1"), ONE, KEY));
        shared.follow();
        assertThat(shared.inForce()).isEqualTo(ONE);
    }

    @Test
    void whoReadsTheTopicAgainIsNotLedBehindWhatCounted() {
        published(one(), ONE);
        published(two(), TWO);
        topic.readAgain();
        assertThat(reasons()).isEmpty();
        assertThat(topic.publications().refusals()).as("the past is no news").isEmpty();

        topic.write(List.of(PublishedTopic.tombstone("hinomi.publication/web/000002"), PublishedTopic.tombstone("c")));
        topic.write(one());
        topic.compact();
        topic.readAgain();
        reasons();
        assertThat(topic.inForce()).isEqualTo(TWO);
        assertThat(topic.publications().refusals().get("web"))
                .contains("web/1 was refused: it is not newer than web/2");
    }

    @Test
    void aDeletedRecordCountsOnAndIsTold() {
        published(one(), ONE);
        published(two(), TWO);
        topic.write(List.of(PublishedTopic.tombstone("hinomi.publication/web/000001")));
        reasons();
        assertThat(topic.publications().refusals()).as("of the past").isEmpty();
        topic.write(List.of(PublishedTopic.tombstone("hinomi.publication/web/000002")));
        assertThat(reasons()).isEmpty();
        assertThat(topic.inForce()).isEqualTo(TWO);
        assertThat(topic.publications().refusals().get("web")).contains("somebody deleted the record");
    }

    @Test
    void documentsOfNobodyAreRefusedUnlessEverybodyIsTrusted() {
        topic.write(
                List.of(PublishedTopic.document("x", "title: x", ""), PublishedTopic.document("y", "title: y", "no")));
        assertThat(reasons())
                .containsExactly(
                        "x: nobody signed this document: publish it with 'hinomi rules publish --key'",
                        "y: the pack 'no' has no publication that counts");
        assertThat(topic.inForce()).isEmpty();
        published(
                PublishedTopic.publication("web", 1, Map.of(), Map.of("x", "title: x"), KEY).stream()
                        .toList(),
                Map.of("x", "title: x"),
                "y");

        PublishedTopic open = new PublishedTopic(TrustedKeys.EVERYBODY);
        open.write(topic.written());
        assertThat(open.follow().refusals()).isEmpty();
        assertThat(open.inForce()).containsOnlyKeys("x", "y");
    }

    private void published(
            List<ProducerRecord<byte[], byte[]>> publication, Map<String, String> wanted, String refused) {
        topic.write(publication);
        assertThat(reasons()).singleElement().asString().startsWith(refused + ": ");
        assertThat(topic.inForce()).isEqualTo(wanted);
    }

    @Test
    void whatAnybodyWroteIsQuotedShortAndPrintable() {
        String huge = "\u001b[2J" + "x".repeat(1_000_000);
        topic.write(List.of(
                PublishedTopic.document("k", "title: \"" + "x".repeat(100_000) + "\"", huge),
                new ProducerRecord<>(
                        Topics.RULES,
                        "hinomi.publication/web/000001".getBytes(UTF_8),
                        ("{\"format\":\"" + "x".repeat(1_000_000) + "\\n\"}").getBytes(UTF_8))));
        assertThat(reasons()).singleElement().asString().hasSizeLessThan(800).contains("?[2J");
        assertThat(topic.publications().refusals().get("web")).hasSizeLessThan(700);
    }

    @Test
    void nobodyWithoutAKeyUsesTheNumbersUp() {
        published(one(), ONE);
        topic.write(List.of(
                new ProducerRecord<>(
                        Topics.RULES, "hinomi.publication/web/999999999".getBytes(UTF_8), "{}".getBytes(UTF_8)),
                PublishedTopic.tombstone("hinomi.publication/gate/999999999"),
                PublishedTopic.tombstone("hinomi.publication/web/000002")));
        topic.follow();
        assertThat(topic.publications().next("web"))
                .as("a job may still count the one that was deleted")
                .isEqualTo(3);
        assertThat(topic.publications().next("gate")).isEqualTo(1);
        assertThat(topic.publications().signer("web")).isEqualTo(KEY.verifying().id());
    }
}
