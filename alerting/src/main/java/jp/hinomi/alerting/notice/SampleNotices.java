package jp.hinomi.alerting.notice;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/** Messages on which templates are tried before anybody needs them: one with everything, one with as little as there can be. */
final class SampleNotices {
    private static final Instant FIRST = Instant.parse("2026-07-01T01:02:03Z");
    private static final URI CONSOLE = URI.create("https://hinomi.example.jp/alerts/sample");

    private SampleNotices() {}

    static List<Notice> of(String language) {
        return List.of(notice(language, true), notice(language, false));
    }

    static List<Announcement> announcements(TemplateFile file) {
        return List.of(announcement(file, true), announcement(file, false));
    }

    private static Announcement announcement(TemplateFile file, boolean full) {
        return new Announcement(
                Announcement.Kind.valueOf(file.subject().name()),
                1,
                file.language(),
                "Minato",
                "a_rule",
                "subject",
                "title",
                "explain",
                full ? 30 : 0,
                full
                        ? List.of(new Announcement.Item(
                                "sample", "title", Severity.HIGH, FIRST, "10:02", CONSOLE, CONSOLE.resolve("/a/token")))
                        : List.of(),
                full ? "note" : "",
                CONSOLE,
                FIRST);
    }

    private static Notice notice(String language, boolean full) {
        return new Notice(
                language,
                ZoneOffset.ofHours(9),
                new Cause.First(),
                full ? Disclosure.FULL : Disclosure.NOTICE_ONLY,
                "sample",
                "Minato",
                "CSIRT",
                "title",
                Severity.HIGH,
                Tlp.AMBER,
                full ? List.of(new Notice.TouchedResource("api", "API", List.of("target"))) : List.of(),
                FIRST,
                FIRST.plus(Duration.ofMinutes(3)),
                7,
                full ? Map.of("source.ip", "192.0.2.1") : Map.of(),
                full ? "first steps" : "",
                full ? List.of("vendor") : List.of(),
                full ? List.of(new Notice.Line(FIRST, "a line of a log")) : List.of(),
                full ? List.of("an indicator") : List.of(),
                full ? List.of("a-source") : List.of(),
                List.of("a reason"),
                "a_rule",
                CONSOLE.resolve("/a/token"),
                FIRST.plus(Duration.ofDays(7)),
                CONSOLE);
    }
}
