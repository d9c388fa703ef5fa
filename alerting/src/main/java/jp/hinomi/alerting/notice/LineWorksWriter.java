package jp.hinomi.alerting.notice;

import java.util.Map;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.Channel;

/**
 * Writes for bots of LINE WORKS: plain text, at most 2,000 characters. The link to answer comes before what may be cut.
 * Thread-safe.
 */
final class LineWorksWriter implements MessageWriter {
    private static final int TEXT = 2000;

    /** Links that answer in one digest: each is longer than the line of its alert. */
    private static final int LINKED = 5;

    private final Briefs briefs;
    private final Texts texts;
    private final MessageTemplates own;

    LineWorksWriter(Briefs briefs, Texts texts, MessageTemplates own) {
        this.own = own;
        this.briefs = briefs;
        this.texts = texts;
    }

    @Override
    public String notice(Letter letter, String contactId, Channel channel) {
        Notice notice = letter.notice();
        return message(own.text(channel.type(), notice).orElseGet(() -> text(notice)));
    }

    private String text(Notice notice) {
        Brief brief = briefs.of(notice);
        String language = brief.language();
        StringBuilder text = new StringBuilder(brief.subject()).append("\n\n");
        text.append(brief.headline()).append("\n\n");
        text.append(texts.get(language, "mail.acknowledge.button"))
                .append(texts.get(language, "colon"))
                .append(brief.acknowledge())
                .append("\n\n");
        for (Brief.Fact fact : brief.facts()) {
            text.append(fact.label())
                    .append(texts.get(language, "colon"))
                    .append(fact.value())
                    .append('\n');
        }
        brief.silent().ifPresent(silent -> text.append('\n').append(silent).append('\n'));
        text.append("\n■ ").append(texts.get(language, "mail.first-steps")).append('\n');
        text.append(brief.firstSteps()).append('\n');
        if (brief.withheld().isPresent()) {
            text.append('\n').append(brief.withheld().get()).append('\n');
        } else if (!brief.evidence().isEmpty()) {
            text.append("\n■ ").append(texts.get(language, "mail.evidence")).append('\n');
            brief.evidence().forEach(line -> text.append("> ").append(line).append('\n'));
        }
        text.append('\n').append(brief.footer());
        return text.toString();
    }

    @Override
    public String announcement(Announcement announcement, Channel channel) {
        return message(own.text(channel.type(), announcement).orElseGet(() -> text(announcement)));
    }

    private String text(Announcement announcement) {
        String language = announcement.language();
        StringBuilder text = new StringBuilder(announcement.subject()).append("\n\n");
        text.append(announcement.explain())
                .append('\n')
                .append(announcement.link())
                .append("\n\n");
        // A link that is cut off answers nothing: what does not fit whole is counted.
        int room = TEXT
                - text.length()
                - texts.get(language, "mail.digest.more", announcement.count()).length()
                - 1;
        int listed = 0;
        for (Announcement.Item item : announcement.items()) {
            String line = line(language, item) + (listed < LINKED ? answer(language, item) : "");
            if (line.length() > room) {
                break;
            }
            text.append(line);
            room -= line.length();
            listed++;
        }
        int more = Math.max(0, announcement.count() - listed);
        return more == 0
                ? text.toString()
                : text.append(texts.get(language, "mail.digest.more", more))
                        .append("\n")
                        .toString();
    }

    private String answer(String language, Announcement.Item item) {
        return texts.get(language, "mail.acknowledge.button") + texts.get(language, "colon") + item.acknowledge()
                + "\n";
    }

    private String line(String language, Announcement.Item item) {
        return "・" + item.time() + " " + texts.severity(language, item.severity()) + " "
                + VisibleText.plain(item.title(), 60) + "\n";
    }

    private static String message(String text) {
        return Columns.json(Map.of("content", Map.of("type", "text", "text", Cut.to(text, TEXT))));
    }
}
