package jp.hinomi.alerting.notice;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * For which messages a template of a city is: {@code email.ja.subject.txt} for notices, {@code email.digest.ja.subject.txt} for
 * digests.
 */
record TemplateFile(TemplateForm form, Subject subject, String language) {
    /** What a message is about. A test says itself that it is one: nobody shall take it for anything else. */
    enum Subject {
        NOTICE,
        DIGEST,
        ALARM,
        HAND_OVER,
        REMINDER;

        /** Empty for a message that has no templates. */
        static Optional<Subject> of(Announcement announcement) {
            return Arrays.stream(values())
                    .filter(subject -> subject.name().equals(announcement.kind().name()))
                    .findFirst();
        }

        private String infix() {
            return this == NOTICE ? "" : "." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    String name() {
        return form.channel() + subject.infix() + "." + language + "." + form.end();
    }

    /** The value with the link that whoever gets the message needs. */
    String link() {
        return subject == Subject.NOTICE ? "acknowledge" : "link";
    }

    /** Every file that there may be. */
    static List<TemplateFile> all() {
        return Arrays.stream(Subject.values())
                .flatMap(subject -> Arrays.stream(TemplateForm.values())
                        .flatMap(form ->
                                Stream.of("ja", "en").map(language -> new TemplateFile(form, subject, language))))
                .toList();
    }

    static Optional<TemplateFile> ofName(String name) {
        return all().stream().filter(file -> file.name().equals(name)).findFirst();
    }
}
