package jp.hinomi.alerting.incident;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.events.Tlp;

/**
 * One thing that happened. Never changed: a correction is another entry.
 *
 * @param id 0 before it is stored
 * @param zone in which whoever wrote it down gave the time
 * @param automatic whether Hinomi made it of what it had stored
 * @param author {@code system}, {@code account:NAME} or {@code contact:ID}
 * @param follows whether nobody chose a label, so that it becomes as restricted as its incident
 * @param visibleTo ids of the stakeholders who may see it; none = all who are a part of the incident
 * @param rawRef what it was made of: {@code alert:ID}
 * @param supersedes the entry that this one corrects
 */
public record TimelineEntry(
        long id,
        Instant occurred,
        Instant recorded,
        String zone,
        Type type,
        boolean automatic,
        String author,
        String textJa,
        String textEn,
        boolean inReport,
        Tlp tlp,
        boolean follows,
        List<String> visibleTo,
        Optional<String> rawRef,
        Optional<Long> supersedes) {
    public enum Type {
        ALERT,
        NOTIFICATION,
        ANSWER,
        /** Somebody did something about it. */
        MEASURE,
        /** Somebody found something out. */
        FINDING,
        REPORT,
        NOTE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if it is none of them */
        public static Type ofWord(String word) {
            for (Type type : values()) {
                if (type.word().equals(word)) {
                    return type;
                }
            }
            throw new CaseworkRefusal(CaseworkRefusal.Why.NO_ENTRY_TYPE, word);
        }

        /** Whether people may write entries of it. */
        public boolean isManual() {
            return this == MEASURE || this == FINDING || this == NOTE;
        }
    }

    public TimelineEntry {
        Objects.requireNonNull(occurred, "occurred");
        Objects.requireNonNull(recorded, "recorded");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(tlp, "tlp");
        Objects.requireNonNull(textJa, "textJa");
        Objects.requireNonNull(textEn, "textEn");
        visibleTo = List.copyOf(visibleTo);
    }

    public String text(String language) {
        return "ja".equals(language) ? textJa : textEn;
    }

    /** The same, more or less restricted. */
    public TimelineEntry labelled(Tlp label) {
        return new TimelineEntry(
                id,
                occurred,
                recorded,
                zone,
                type,
                automatic,
                author,
                textJa,
                textEn,
                inReport,
                label,
                follows,
                visibleTo,
                rawRef,
                supersedes);
    }

    /** The same with who else reads it, and who wrote it, left to others. */
    public TimelineEntry forEyesOf(List<String> stakeholders, String writer) {
        return new TimelineEntry(
                id,
                occurred,
                recorded,
                zone,
                type,
                automatic,
                writer,
                textJa,
                textEn,
                inReport,
                tlp,
                follows,
                stakeholders,
                rawRef,
                supersedes);
    }
}
