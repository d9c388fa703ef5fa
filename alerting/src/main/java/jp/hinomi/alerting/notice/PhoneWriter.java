package jp.hinomi.alerting.notice;

import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Gateway;

/**
 * Writes text messages and what is said on the telephone: how bad, what, and where to answer; nothing that came from logs. The
 * link is kept whole or left out. Thread-safe.
 */
final class PhoneWriter implements MessageWriter {
    /** A link alone says nothing: with less room than for this the text goes without it. */
    private static final int LEAST = 12;

    private final Gateway.Kind kind;
    private final Texts texts;
    private final MessageTemplates own;
    private final Function<String, Gateway> gateways;

    PhoneWriter(Gateway.Kind kind, Texts texts, MessageTemplates own, Function<String, Gateway> gateways) {
        this.own = own;
        this.kind = kind;
        this.texts = texts;
        this.gateways = gateways;
    }

    @Override
    public String notice(Letter letter, String contactId, Channel channel) {
        boolean voice = kind == Gateway.Kind.VOICE;
        // Nobody can tap what is said.
        Notice notice = voice ? letter.notice() : letter.shortNotice();
        String language = notice.language();
        String severity = texts.severity(language, notice.severity());
        String title = VisibleText.plain(notice.title(), 120);
        String what = notice.resources().isEmpty()
                ? texts.get(language, "mail.resources.none")
                : VisibleText.plain(notice.resources().get(0).name(), 60);
        String text = own.text(channel.type(), notice)
                .orElseGet(() -> voice
                        ? texts.get(language, "phone.voice", notice.city(), severity, what, title)
                        : texts.get(language, "phone.sms", severity, title, what));
        return text(channel, language, text, voice ? null : notice.acknowledge());
    }

    @Override
    public String announcement(Announcement announcement, Channel channel) {
        String text = own.text(channel.type(), announcement).orElseGet(announcement::subject);
        return text(channel, announcement.language(), text, kind == Gateway.Kind.VOICE ? null : link(announcement));
    }

    /** Of a digest the link that answers for the newest without a login: there is room for one. */
    private static URI link(Announcement announcement) {
        return announcement.items().stream()
                .findFirst()
                .map(Announcement.Item::acknowledge)
                .orElseGet(announcement::link);
    }

    private String text(Channel channel, String language, String text, URI link) {
        Gateway gateway = channel instanceof Channel.Phone phone ? gateways.apply(phone.gateway()) : null;
        int limit = gateway == null ? 140 : gateway.maxLength();
        String tail = link == null ? "" : "\n" + link;
        // One character outside the alphabet of text messages makes all of them twice as long (3GPP TS 23.038).
        String mark = "ja".equals(language) ? "…" : "...";
        String said = tail.length() + LEAST > limit
                ? Cut.to(text, limit, mark)
                : Cut.to(text, limit - tail.length(), mark) + tail;
        return Columns.json(Map.of("text", said));
    }
}
