package jp.hinomi.alerting.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.delivery.MailTransport;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.City;
import jp.hinomi.city.report.ReportForm;

/** What templates need to show values: names of the city, times in its zone, hostile text made harmless. */
public final class Show {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY_CLOCK = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private static final DateTimeFormatter INPUT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);

    private final City city;
    private final Texts texts;
    private final InstantSource clock;
    private final String language;

    public Show(City city, Texts texts, InstantSource clock, String language) {
        this.city = city;
        this.texts = texts;
        this.clock = clock;
        this.language = language;
    }

    public String language() {
        return language;
    }

    public String cityName() {
        String name = city.name().getOrDefault(language, city.name().get("en"));
        return name != null ? name : city.id();
    }

    public String resource(String id) {
        return Optional.ofNullable(city.resources().get(id))
                .map(known -> known.name(language))
                .orElse(id);
    }

    public String stakeholder(String id) {
        return Optional.ofNullable(city.stakeholders().get(id))
                .map(known -> known.name(language))
                .orElse(id);
    }

    /** Whose contact it is and its id. */
    public String contact(String id) {
        return city.contact(id)
                .map(of -> of.stakeholder().name(language) + " · " + id)
                .orElse(id);
    }

    /** A way to people, by its word: {@code email}; in its own word, if this version has no other for it. */
    public String channel(String type) {
        return texts.channel(language, type);
    }

    /** The way of an answer, by its word; in its own word, if this version has no other for it. */
    public String via(String way) {
        return texts.find(language, "via." + way).orElse(way);
    }

    /** Who a name stands for: a contact, else whoever calls themselves so. */
    public String person(String name) {
        return city.contact(name).isPresent() ? contact(name) : name;
    }

    /** What a step will tell: contacts and schedules. */
    public String targets(List<String> ids) {
        return String.join(
                texts.get(language, "list.separator"),
                ids.stream().map(this::contact).toList());
    }

    /** HTML of text from logs: everything escaped, what would hide made visible. The only value for unescaped output. */
    public String html(String text) {
        return VisibleText.html(text == null ? "" : text);
    }

    public String html(String text, int limit) {
        return VisibleText.html(text == null ? "" : text, limit);
    }

    /** HTML of why an attempt to send failed: what Hinomi itself says in the reader's language, the rest as the other side said it. */
    public String failure(String detail, int limit) {
        return html(
                MailTransport.NO_SERVER.equals(detail) ? texts.get(language, "delivery.no-mail-server") : detail,
                limit);
    }

    /** Who was told by a stored decision, and why. */
    public List<Told> told(JsonNode decision) {
        return Told.of(decision, language);
    }

    /** What an audit entry says happened; in its own word, if this version has no other for it. */
    public String action(String action) {
        return texts.find(language, "audit." + action).orElse(action);
    }

    /** Who did it: an account, a contact or Hinomi itself. */
    public String actor(String actor) {
        if (actor.startsWith("contact:")) {
            return contact(actor.substring("contact:".length()));
        }
        return actor.startsWith("account:")
                ? actor.substring("account:".length())
                : texts.get(language, "audit.system");
    }

    /** Who was looked at and not told, in a stored decision. */
    public List<String> passedOver(JsonNode decision) {
        return PassedOver.of(decision, language);
    }

    /** Time of day, with the date unless it is today in the city. */
    public String time(Instant instant) {
        ZoneId zone = city.zone();
        boolean today = instant.atZone(zone)
                .toLocalDate()
                .equals(clock.instant().atZone(zone).toLocalDate());
        return (today ? CLOCK : DAY_CLOCK).format(instant.atZone(zone));
    }

    /** Date and time of day in a zone. */
    public String in(ZoneId zone, Instant instant) {
        return STAMP.format(instant.atZone(zone));
    }

    /** How people call the city's zone: {@code JST}. */
    public String zoneName() {
        return DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)
                .format(clock.instant().atZone(city.zone()));
    }

    public String full(Instant instant) {
        return Texts.time(language, city.zone(), instant);
    }

    /** To the minute, in the city's zone: what was agreed for that time rather than seen at it. */
    public String minute(Instant instant) {
        return Texts.minute(language, city.zone(), instant);
    }

    public String millis(Instant instant) {
        return MILLIS.format(instant.atZone(city.zone()));
    }

    /** What a field for date and time begins with, to the minute, in the city's zone. */
    public String input(Instant instant) {
        return INPUT.format(instant.atZone(city.zone()));
    }

    /** Of texts by language the one of this page. */
    public String words(Map<String, String> texts) {
        return ReportForm.in(texts, language);
    }

    /** A count that ends somewhere: {@code 10,000+}. */
    public String counted(long count) {
        return count > AlertQueries.COUNTED
                ? String.format(Locale.ROOT, "%,d+", AlertQueries.COUNTED)
                : String.format(Locale.ROOT, "%,d", count);
    }

    /** One part of a filter that has no field of its own. */
    public record Chip(String name, String value) {}

    public List<Chip> rest(AlertFilter filter) {
        List<Chip> chips = new ArrayList<>();
        filter.rule().ifPresent(rule -> chips.add(new Chip("rule", rule)));
        filter.assignee()
                .ifPresent(name -> chips.add(new Chip(
                        "assignee", name.startsWith("~") ? texts.get(language, "facet." + name.substring(1)) : name)));
        filter.tlp().ifPresent(tlp -> chips.add(new Chip("tlp", tlp.word())));
        filter.delivery()
                .ifPresent(state -> chips.add(new Chip("delivery", texts.get(language, "facet.delivery." + state))));
        filter.verdict().ifPresent(one -> chips.add(new Chip("verdict", texts.get(language, "verdict." + one.word()))));
        filter.from().ifPresent(time -> chips.add(new Chip("from", full(time))));
        filter.to().ifPresent(time -> chips.add(new Chip("to", full(time))));
        return chips;
    }

    /** The name of a facet's value. */
    public String facet(String facet, FacetQueries.Value value) {
        return switch (facet) {
            case "severity" -> texts.get(language, "severity." + value.value());
            case "status" -> texts.get(language, "status." + value.value());
            case "resource" -> resource(value.value());
            case "stakeholder" -> stakeholder(value.value());
            case "assignee" ->
                value.value().equals(AlertFilter.NOBODY) ? texts.get(language, "facet.nobody") : value.value();
            case "rule" -> value.label(language);
            default -> value.value();
        };
    }

    /** The address's query with one more word to search for. */
    public String also(AlertFilter filter, String value) {
        return filter.with("q", (filter.text() + " " + Search.phrase(value)).strip());
    }

    /** Lists of everything that holds the value, of everything that does not, and of what was there at that time. */
    public Search search(String value) {
        return new Search(value);
    }

    /** {@code 3 分前}, {@code in 5 min}. */
    public String relative(Instant instant) {
        Duration since = Duration.between(instant, clock.instant());
        boolean past = !since.isNegative();
        if (past && since.toSeconds() < 1) {
            return texts.get(language, "time.now");
        }
        return texts.get(language, past ? "time.ago" : "time.in", amount(since.abs()));
    }

    /** {@code 3 分}, {@code 5 min}; of something that is not negative. */
    public String amount(Duration size) {
        if (size.toMinutes() < 1) {
            return texts.get(language, "time.seconds", size.toSeconds());
        } else if (size.toHours() < 1) {
            return texts.get(language, "time.minutes", size.toMinutes());
        } else if (size.toDays() < 1) {
            return texts.get(language, "time.hours", size.toHours());
        }
        return texts.get(language, "time.days", size.toDays());
    }
}
