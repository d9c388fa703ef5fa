package jp.hinomi.alerting.masking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import jp.hinomi.city.PersonalData;

/**
 * Puts marks such as {@code [mail]} in place of data about people, in fields by their names and in text by its form. Linear in
 * the text. Immutable.
 */
public final class Mask {
    private static final Pattern MAIL =
            Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63})+");
    /** Domestic and international, written with or without separators. */
    private static final Pattern PHONE = Pattern.compile(
            "(?:\\+81[- ]?|\\b0)(?:[789]0[- ]?[0-9]{4}[- ]?[0-9]{4}|[1-9][0-9]{0,3}[- ][0-9]{1,4}[- ][0-9]{3,4})\\b");

    private static final Pattern MY_NUMBER = Pattern.compile("\\b[0-9]{4}([ -]?)[0-9]{4}([ -]?)[0-9]{4}\\b");
    private static final Pattern LOCATION = Pattern.compile(
            "-?\\b[0-9]{1,3}\\.[0-9]{4,}\\b *, *-?\\b[0-9]{1,3}\\.[0-9]{4,}\\b|(?i)\\b(?:lat|lon|lng|latitude|longitude)\\b\"?['=: ]{1,4}-?[0-9]{1,3}\\.[0-9]+");

    /** ECS: {@code user.name}, and with whose part before and after it; {@code related.user} holds all of them. */
    private static final Pattern ACCOUNT =
            Pattern.compile("(?:.*\\.)?user(?:\\.(?:target|effective|changes))?\\.(?:name|id)|related\\.user");

    private static final Set<String> MAIL_FIELDS = Set.of(
            "email.from.address",
            "email.to.address",
            "email.cc.address",
            "email.bcc.address",
            "email.sender.address",
            "email.reply_to.address");

    /** Fields of an event that are what they are whatever they look like. */
    private static final Set<String> KEPT = Set.of("event.id", "@timestamp", "matched");

    private final Set<PersonalData> classes;

    public Mask(Set<PersonalData> classes) {
        this.classes = classes.isEmpty() ? EnumSet.noneOf(PersonalData.class) : EnumSet.copyOf(classes);
    }

    /** Of everything that tells who somebody is, accounts among it: for what leaves the city. */
    public static Mask ofEverything() {
        return new Mask(EnumSet.allOf(PersonalData.class));
    }

    public boolean isOff() {
        return classes.isEmpty();
    }

    public String text(String text) {
        return text(text, Map.of());
    }

    /** @param named people and accounts of the event: they are masked wherever they stand in the text */
    public String text(String text, Map<String, PersonalData> named) {
        String masked = text;
        for (Map.Entry<String, PersonalData> name : named.entrySet()) {
            masked = name.getValue() == PersonalData.ACCOUNT
                    ? replaceWord(masked, name.getKey(), mark(PersonalData.ACCOUNT))
                    : masked.replace(name.getKey(), mark(name.getValue()));
        }
        if (classes.contains(PersonalData.MAIL) && masked.indexOf('@') >= 0) {
            masked = MAIL.matcher(masked).replaceAll(mark(PersonalData.MAIL));
        }
        int digits = digits(masked);
        if (classes.contains(PersonalData.MY_NUMBER) && digits >= 12) {
            masked = replace(
                    masked, MY_NUMBER, found -> isMyNumber(found.replaceAll("[ -]", "")), PersonalData.MY_NUMBER);
        }
        if (classes.contains(PersonalData.PHONE) && digits >= 10) {
            masked = replace(masked, PHONE, Mask::isPhone, PersonalData.PHONE);
        }
        if (classes.contains(PersonalData.LOCATION) && digits >= 2 && mayNamePlace(masked)) {
            masked = LOCATION.matcher(masked).replaceAll(mark(PersonalData.LOCATION));
        }
        return masked;
    }

    /** Most texts have too few for what is looked for: counting them costs next to nothing. */
    private static int digits(String text) {
        int digits = 0;
        for (int at = 0; at < text.length(); at++) {
            if (isDigit(text.charAt(at))) {
                digits++;
            }
        }
        return digits;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Whether it is worth a closer look: a point before four digits, or a word that may begin what {@link #LOCATION} looks for. */
    private static boolean mayNamePlace(String text) {
        for (int at = 0; at + 2 < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '.'
                    && at + 4 < text.length()
                    && isDigit(text.charAt(at + 1))
                    && isDigit(text.charAt(at + 2))
                    && isDigit(text.charAt(at + 3))
                    && isDigit(text.charAt(at + 4))) {
                return true;
            }
            if ((c == 'l' || c == 'L')
                    && (text.regionMatches(true, at, "lat", 0, 3)
                            || text.regionMatches(true, at, "lon", 0, 3)
                            || text.regionMatches(true, at, "lng", 0, 3))) {
                return true;
            }
        }
        return false;
    }

    /** A field with its name; several in the group of an alert. */
    public String field(String name, String value) {
        PersonalData kind = kind(name);
        return kind != null && classes.contains(kind) && !value.isEmpty() ? mark(kind) : text(value);
    }

    /** The people and accounts that fields of an event name, as far as they are masked; the longest first. */
    public Map<String, PersonalData> named(Map<String, String> fields) {
        Map<String, PersonalData> named =
                new TreeMap<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        fields.forEach((field, value) -> {
            PersonalData kind = kind(field);
            // One letter would be found everywhere.
            if ((kind == PersonalData.NAME || kind == PersonalData.ACCOUNT)
                    && classes.contains(kind)
                    && value.length() > 1) {
                named.put(value, kind);
            }
        });
        return named;
    }

    /** One piece of evidence as JSON. */
    public JsonNode event(ObjectNode event) {
        Map<String, String> texts = new HashMap<>();
        event.properties().stream()
                .filter(field -> field.getValue().isTextual())
                .forEach(field -> texts.put(field.getKey(), field.getValue().textValue()));
        Map<String, PersonalData> named = named(texts);
        ObjectNode masked = JsonNodeFactory.instance.objectNode();
        event.properties().forEach(field -> masked.set(field.getKey(), value(field.getKey(), field.getValue(), named)));
        return masked;
    }

    private JsonNode value(String field, JsonNode value, Map<String, PersonalData> named) {
        if (KEPT.contains(field)) {
            return value;
        }
        PersonalData kind = kind(field);
        if (kind != null && classes.contains(kind)) {
            return JsonNodeFactory.instance.textNode(mark(kind));
        }
        if (value.isTextual()) {
            return JsonNodeFactory.instance.textNode(text(value.textValue(), named));
        }
        if (value instanceof ArrayNode array) {
            ArrayNode masked = JsonNodeFactory.instance.arrayNode();
            array.forEach(one -> masked.add(value(field, one, named)));
            return masked;
        }
        if (value instanceof ObjectNode object) {
            ObjectNode masked = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(one -> masked.set(one.getKey(), value(one.getKey(), one.getValue(), named)));
            return masked;
        }
        return value;
    }

    /** What a field holds by its name in ECS. */
    private static PersonalData kind(String field) {
        String name = field.toLowerCase(Locale.ROOT);
        if (name.endsWith("full_name") || name.endsWith("given_name") || name.endsWith("family_name")) {
            return PersonalData.NAME;
        }
        if (name.endsWith("user.email") || MAIL_FIELDS.contains(name)) {
            return PersonalData.MAIL;
        }
        if (name.contains("user") && ACCOUNT.matcher(name).matches()) {
            return PersonalData.ACCOUNT;
        }
        return name.contains("geo.location") || name.endsWith("geo.lat") || name.endsWith("geo.lon")
                ? PersonalData.LOCATION
                : null;
    }

    /** Ten digits, eleven of a mobile telephone, and the country's two: a date has fewer. */
    private static boolean isPhone(String text) {
        String digits = text.replaceAll("[^0-9]", "");
        return text.startsWith("+") ? digits.length() >= 11 && digits.length() <= 12 : digits.length() >= 10;
    }

    private static String replace(String text, Pattern pattern, Predicate<String> really, PersonalData kind) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder masked = new StringBuilder();
        int at = 0;
        while (matcher.find()) {
            String found = matcher.group();
            masked.append(text, at, matcher.start()).append(really.test(found) ? mark(kind) : found);
            at = matcher.end();
        }
        return masked.append(text, at, text.length()).toString();
    }

    /** The check digit of an individual number (Ordinance of the Ministry of Internal Affairs No. 85 of 2014, Article 5). */
    static boolean isMyNumber(String digits) {
        int sum = 0;
        for (int n = 1; n <= 11; n++) {
            int p = digits.charAt(11 - n) - '0';
            sum += p * (n <= 6 ? n + 1 : n - 5);
        }
        int rest = sum % 11;
        return digits.charAt(11) - '0' == (rest <= 1 ? 0 : 11 - rest);
    }

    /** Not within other words: accounts have names such as {@code in}. */
    private static String replaceWord(String text, String word, String by) {
        StringBuilder masked = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length())) {
            int end = at + word.length();
            boolean within = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))
                    || end < text.length() && Character.isLetterOrDigit(text.charAt(end));
            if (!within) {
                masked.append(text, from, at).append(by);
                from = end;
            }
        }
        return masked.append(text, from, text.length()).toString();
    }

    private static String mark(PersonalData kind) {
        return "[" + kind.word() + "]";
    }
}
