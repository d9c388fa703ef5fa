package jp.hinomi.alerting.alarm;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hinomi.alerting.routing.Bilingual;

/**
 * Something about Hinomi itself that whoever operates it must know.
 *
 * @param object what it is about; of a kind and an object there is one alarm at a time, however often it is found
 * @param deaf {@code TYPE:ADDRESS} of a channel that this alarm must not be sent over, because it is what does not work
 */
public record Alarm(Kind kind, String object, Bilingual text, Optional<String> deaf) {
    public enum Kind {
        /** Messages to a channel do not arrive. */
        DEAD_LETTER,
        /** Messages to a channel have been failing for a while, and are tried again. */
        FAILING,
        /** Nobody answered, and nobody is left to tell. */
        UNANSWERED,
        /** Something was due and did not happen. */
        NOT_RUN,
        /** An alert could not be dealt with, time and again, and waits for somebody. */
        SET_ASIDE,
        /** The time of the database or of this machine jumped. */
        CLOCK,
        /** The audit log does not verify. */
        AUDIT;

        /** The word in the database and in JSON: {@code dead-letter}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    public Alarm {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(deaf, "deaf");
    }

    /** Messages to that channel do not arrive. */
    public static Alarm deadLetter(String contact, String channelType, String address, String reason) {
        String channel = channelType + ":" + address;
        return new Alarm(
                Kind.DEAD_LETTER,
                channel,
                new Bilingual(
                        contact + " への通知が届きません（" + channelType + " " + address + "）：" + reason,
                        "Messages to " + contact + " do not arrive (" + channelType + " " + address + "): " + reason),
                Optional.of(channel));
    }

    /** A program that subscribed to changes takes nothing any more. @param object {@code webhook:ID} */
    public static Alarm webhookSuspended(String object, String name, Bilingual why) {
        return new Alarm(
                Kind.DEAD_LETTER,
                object,
                new Bilingual(
                        "Webhook「" + name + "」（" + object + "）への送信を停止しました。" + why.ja()
                                + "。直してから「Webhook」の画面で再開すると、届かなかったものも送られます。",
                        "The webhook '" + name + "' (" + object + ") was suspended. " + why.en()
                                + ". Mend it and resume it on the page of webhooks: what has not arrived is sent then."),
                Optional.empty());
    }

    /**
     * Messages to that channel have been failing for a while, and are tried again until their deadline.
     *
     * @param waiting messages for it
     * @param reason of the last failure
     */
    static Alarm failing(
            String contact, String channelType, String address, Instant since, long waiting, String reason) {
        String channel = channelType + ":" + address;
        String why = reason.substring(0, Math.min(300, reason.length()));
        Instant second = since.truncatedTo(ChronoUnit.SECONDS);
        return new Alarm(
                Kind.FAILING,
                channel,
                new Bilingual(
                        contact + "（" + channelType + " " + address + "）に " + second + " から届いていません。待っている通知 " + waiting
                                + " 件は期限まで再送します：" + why,
                        "Nothing has reached " + contact + " (" + channelType + " " + address + ") since " + second
                                + "; " + waiting + " messages wait and are tried again until their deadline: " + why),
                Optional.of(channel));
    }

    /** Several that were found together, for one message. */
    static Bilingual together(List<Alarm> alarms) {
        String ja =
                alarms.stream().map(alarm -> alarm.text().ja()).limit(TOGETHER).collect(Collectors.joining(" "));
        String en =
                alarms.stream().map(alarm -> alarm.text().en()).limit(TOGETHER).collect(Collectors.joining(" "));
        return new Bilingual(alarms.size() + " 件の連絡手段に届いていません。" + ja, alarms.size() + " channels take nothing. " + en);
    }

    /** One message names so many; the console has all. */
    private static final int TOGETHER = 3;

    private static final String POLICY = "policy:";

    /** Nobody answered, and nobody is left to tell: one alarm for all alerts of an escalation. */
    public static Alarm unanswered(String alertId, Bilingual title, String policy) {
        return new Alarm(
                Kind.UNANSWERED,
                POLICY + policy,
                new Bilingual(
                        "エスカレーション「" + policy + "」を最後まで通知しましたが、だれも応答していません：" + title.ja() + "（" + alertId + "）",
                        "The escalation '" + policy + "' is over and nobody has answered: " + title.en() + " ("
                                + alertId + ")"),
                Optional.empty());
    }

    /**
     * There are more since it was told.
     *
     * @param left alerts that nobody has answered
     * @param newest of them, in words
     */
    static Alarm stillUnanswered(String object, long left, Bilingual newest) {
        String policy = object.startsWith(POLICY) ? object.substring(POLICY.length()) : object;
        return new Alarm(
                Kind.UNANSWERED,
                object,
                new Bilingual(
                        "エスカレーション「" + policy + "」を最後まで通知しても、だれも応答していない警報が " + left + " 件あります。最新：" + newest.ja(),
                        left + " alerts whose escalation '" + policy + "' is over have no answer. The newest: "
                                + newest.en()),
                Optional.empty());
    }

    /** What the alarm about alerts that could not be joined to incidents is about, however many they are. */
    public static final String JOINS = "joins";

    /** An alert could not be compared with incidents; alerts after it go on. */
    public static Alarm setAside(String alertId, String reason) {
        String why = reason.substring(0, Math.min(300, reason.length()));
        return new Alarm(
                Kind.SET_ASIDE,
                JOINS,
                new Bilingual(
                        "インシデントへの結合に繰り返し失敗し、脇に置いた警報があります（最初は " + alertId + "）。運用の画面で原因を確かめ、直してから再試行してください：" + why,
                        "Alerts could not be joined to incidents and were set aside (the first: " + alertId
                                + "). See the page of operations, mend the cause and have them looked at again: "
                                + why),
                Optional.empty());
    }

    /** Something was due and did not happen; it has been mended. @param object what, such as {@code escalations} */
    public static Alarm notRun(String object, Bilingual text) {
        return new Alarm(Kind.NOT_RUN, object, text, Optional.empty());
    }
}
