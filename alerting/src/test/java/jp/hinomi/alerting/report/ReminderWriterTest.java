package jp.hinomi.alerting.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.MessageIds;
import jp.hinomi.alerting.notice.MessageTemplates;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Writers;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Gateway;
import jp.hinomi.city.Role;
import jp.hinomi.city.report.Stage;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thymeleaf.TemplateEngine;

class ReminderWriterTest {
    private static final Instant DUE = Instant.parse("2026-04-05T14:59:59Z");
    private static final Texts TEXTS = new Texts(Texts.source());
    private static final Channel VOICE =
            new Channel.Phone(Gateway.Kind.VOICE, "+819000000000", "main", Optional.empty());
    private static final Map<String, Channel> CHANNELS = Map.of(
            "webhook", SampleCity.webhook("https://hooks.example.jp/x", null),
            "slack", new Channel.Chat(Channel.Chat.Product.SLACK, "env:X", Optional.empty()),
            "teams", new Channel.Chat(Channel.Chat.Product.TEAMS, "env:X", Optional.empty()),
            "mattermost", new Channel.Chat(Channel.Chat.Product.MATTERMOST, "env:X", Optional.empty()),
            "sms", new Channel.Phone(Gateway.Kind.SMS, "+819000000000", "main", Optional.empty()));
    private static final Gateway GATEWAY = SampleCity.smsGateway();

    private final City city = new SampleCity()
            .stakeholder("vendor", Role.CITY_OS_VENDOR, "en", Tlp.AMBER, SampleCity.contact("noc", VOICE))
            .build();
    private final Deadline deadline = new Deadline(
            "INC-2026-0001",
            "leak",
            Map.of("en", "Leak report"),
            "commission",
            Map.of("en", "Commission"),
            Stage.INITIAL,
            Map.of("en", "first"),
            Optional.empty(),
            DUE,
            Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"webhook", "slack", "teams", "mattermost", "sms"})
    void everyChannelCarriesAReminder(String type) {
        MessageIds ids = new MessageIds("city.example.jp");
        CityInForce inForce = CityInForce.always(city);
        ReminderWriter writer = new ReminderWriter(
                TEXTS,
                new TemplateEngine(),
                ids,
                new Notices(
                        inForce,
                        () -> URI.create("https://hinomi.example.jp"),
                        new byte[32],
                        Duration.ofDays(1),
                        token -> token.writeShort(new byte[32])),
                new Writers(new TemplateEngine(), TEXTS, ids, MessageTemplates.none(TEXTS), "minato", id -> GATEWAY),
                inForce);
        String message = writer.write(
                7,
                deadline,
                Deadline.Reminder.DUE,
                city.contact("noc").orElseThrow(),
                CHANNELS.get(type),
                "key",
                DUE.minusSeconds(60));
        assertThat(message).contains("INC-2026-0001").contains("https://hinomi.example.jp/incidents/INC-2026-0001");
    }

    @Test
    void nobodyIsCalledForAFormUnlessThereIsNoOtherWay() {
        Channel mail = SampleCity.mail("noc@vendor.example.jp");
        Contact both = SampleCity.contact("noc", VOICE, mail);
        assertThat(Reminders.channels(both)).containsExactly(mail);
        assertThat(Reminders.channels(city.contact("noc").orElseThrow().contact()))
                .containsExactly(VOICE);
    }
}
