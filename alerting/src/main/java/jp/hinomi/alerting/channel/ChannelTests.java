package jp.hinomi.alerting.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.delivery.OwnMessages;
import jp.hinomi.alerting.notice.Announcement;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Writers;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends messages that say that they are tests, by the same outbox and transports as alerts: what works for them works for
 * alerts. Thread-safe.
 */
public final class ChannelTests {
    /** Somebody waits for the answer. A channel that takes longer does not work for alerts either. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final OwnMessages messages;
    private final Writers writers;
    private final Notices notices;
    private final Texts texts;
    private final AuditLog audit;
    private final Supplier<City> city;
    private final Runnable wake;

    public ChannelTests(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            OwnMessages messages,
            Writers writers,
            Notices notices,
            Texts texts,
            AuditLog audit,
            Supplier<City> city,
            Runnable wake) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.messages = messages;
        this.writers = writers;
        this.notices = notices;
        this.texts = texts;
        this.audit = audit;
        this.city = city;
        this.wake = wake;
    }

    /** Which channels are meant: what is absent means all. @param type the word in files */
    public record Choice(
            String stakeholder, Optional<String> contact, Optional<String> type, Optional<String> address) {}

    /**
     * What became of the wish to test one channel.
     *
     * @param delivery the message; absent if there is none, for {@code reason}
     */
    public record Asked(
            String stakeholder,
            String contact,
            String type,
            String address,
            Optional<Long> delivery,
            Optional<Bilingual> reason,
            Optional<Instant> again) {}

    /**
     * Puts a test into the outbox for each of these channels.
     *
     * @param actor who wants it
     * @throws IllegalArgumentException saying what the city's files do not have
     */
    public List<Asked> begin(Choice choice, String actor, Instant now) {
        List<Asked> asked = transaction.execute(status -> {
            // Two that ask at the same moment would both find room.
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended('channel-tests', 4))")
                    .query((row, number) -> 0)
                    .single();
            List<Asked> all = new ArrayList<>();
            for (Target target : targets(choice)) {
                all.add(begin(target, actor, now));
            }
            return all;
        });
        wake.run();
        return asked;
    }

    private record Target(Stakeholder stakeholder, Contact contact, Channel channel) {}

    private List<Target> targets(Choice choice) {
        Stakeholder stakeholder = city.get().stakeholders().get(choice.stakeholder());
        if (stakeholder == null) {
            throw new Refused(
                    ChannelReason.NO_STAKEHOLDER,
                    choice.stakeholder(),
                    String.join(", ", city.get().stakeholders().keySet()));
        }
        List<Contact> contacts = stakeholder.contacts().stream()
                .filter(contact -> choice.contact().map(contact.id()::equals).orElse(true))
                .toList();
        if (contacts.isEmpty()) {
            throw new Refused(
                    ChannelReason.NO_CONTACT,
                    stakeholder.id(),
                    choice.contact().orElse(""),
                    stakeholder.contacts().stream()
                            .map(Contact::id)
                            .collect(java.util.stream.Collectors.joining(", ")));
        }
        List<Target> targets = contacts.stream()
                .flatMap(contact -> contact.channels().stream()
                        .filter(channel ->
                                choice.type().map(channel.type()::equals).orElse(true)
                                        && choice.address()
                                                .map(channel.address()::equals)
                                                .orElse(true))
                        .map(channel -> new Target(stakeholder, contact, channel)))
                .toList();
        if (targets.isEmpty()) {
            throw new Refused(
                    ChannelReason.NO_CHANNEL,
                    choice.type().orElse("")
                            + choice.address().map(to -> " " + to).orElse(""),
                    contacts.stream()
                            .flatMap(contact -> contact.channels().stream())
                            .map(channel -> channel.type() + " " + channel.address())
                            .collect(java.util.stream.Collectors.joining(", ")));
        }
        return targets;
    }

    private Asked begin(Target target, String actor, Instant now) {
        Channel channel = target.channel();
        Optional<TestLimit.Refusal> refusal =
                TestLimit.decide(channel, earlier(Optional.of(target), now), earlier(Optional.empty(), now), now);
        if (refusal.isPresent()) {
            return asked(target, Optional.empty(), refusal);
        }
        OwnMessages.Draft draft = new OwnMessages.Draft(
                "test",
                "test",
                "",
                "test|" + UUID.randomUUID(),
                new City.ContactOf(target.stakeholder(), target.contact()),
                channel,
                Tlp.CLEAR,
                List.of(),
                PATIENCE);
        long id = messages.add(
                        draft, now, own -> writers.of(channel).announcement(announcement(own, target, now), channel))
                .orElseThrow();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("contact", target.contact().id());
        facts.put("channel", channel.type());
        facts.put("address", channel.address());
        audit.record(now, actor, "channel.tested", "delivery:" + id, facts);
        return asked(target, Optional.of(id), Optional.empty());
    }

    private static Asked asked(Target target, Optional<Long> delivery, Optional<TestLimit.Refusal> refusal) {
        return new Asked(
                target.stakeholder().id(),
                target.contact().id(),
                target.channel().type(),
                target.channel().address(),
                delivery,
                refusal.map(TestLimit.Refusal::reason),
                refusal.map(TestLimit.Refusal::again));
    }

    private List<Instant> earlier(Optional<Target> of, Instant now) {
        return jdbc.sql("""
                select created_at from delivery
                where kind = 'test' and created_at > :since and (:contact = ''
                    or (contact_id = :contact and channel_type = :type and address = :address))""")
                .param("since", Columns.time(now.minus(TestLimit.LOOK_BACK)))
                .param("contact", of.map(target -> target.contact().id()).orElse(""))
                .param("type", of.map(target -> target.channel().type()).orElse(""))
                .param("address", of.map(target -> target.channel().address()).orElse(""))
                .query((row, number) -> Columns.instant(row, "created_at"))
                .list();
    }

    private Announcement announcement(long id, Target target, Instant now) {
        String language = "ja".equals(target.stakeholder().locale()) ? "ja" : "en";
        String name = city.get().name().getOrDefault(language, city.get().id());
        return new Announcement(
                Announcement.Kind.TEST,
                id,
                language,
                name,
                "",
                texts.get(language, "test.subject", name),
                texts.get(language, "test.title"),
                texts.get(
                        language,
                        "test.explain",
                        name,
                        target.contact().id(),
                        texts.get(language, "channel." + target.channel().type())),
                0,
                List.of(),
                "",
                notices.at("/channels"),
                now);
    }
}
