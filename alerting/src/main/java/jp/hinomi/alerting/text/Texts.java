package jp.hinomi.alerting.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.events.Severity;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** User-visible text in Japanese and English. Thread-safe. */
public final class Texts {
    private static final String BUNDLE = "jp.hinomi.alerting.messages";
    private static final DateTimeFormatter JA =
            DateTimeFormatter.ofPattern("uuuu年M月d日(E) HH:mm:ss zzz", Locale.JAPANESE);
    private static final DateTimeFormatter EN =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm:ss zzz", Locale.ENGLISH);

    private static final DateTimeFormatter JA_MINUTE = DateTimeFormatter.ofPattern("M月d日(E) HH:mm", Locale.JAPANESE);
    private static final DateTimeFormatter EN_MINUTE = DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

    private final MessageSource messages;

    /** What needs no arguments, by language: read and laid out once. The texts of a program do not change. */
    private final Map<String, Map<String, String>> fixed =
            Map.of("ja", new ConcurrentHashMap<>(), "en", new ConcurrentHashMap<>());

    public Texts(MessageSource messages) {
        this.messages = messages;
    }

    /** The source that templates use as well; a missing key is an error, never a key on the screen. */
    public static ResourceBundleMessageSource source() {
        ResourceBundleMessageSource source = new ResourceBundleMessageSource();
        source.setBasename(BUNDLE);
        source.setDefaultEncoding("UTF-8");
        source.setFallbackToSystemLocale(false);
        source.setAlwaysUseMessageFormat(true);
        return source;
    }

    /** Japanese for {@code ja}, English for everything else. */
    public static Locale locale(String language) {
        return "ja".equals(language) ? Locale.JAPANESE : Locale.ENGLISH;
    }

    public String get(String language, String key, Object... arguments) {
        return arguments.length == 0
                ? fixed.get("ja".equals(language) ? "ja" : "en")
                        .computeIfAbsent(key, any -> messages.getMessage(key, null, locale(language)))
                : messages.getMessage(key, arguments, locale(language));
    }

    /** For keys made of words that other versions may have written: empty if there is no text. */
    public Optional<String> find(String language, String key) {
        return Optional.ofNullable(messages.getMessage(key, null, null, locale(language)));
    }

    public String severity(String language, Severity severity) {
        return get(language, "severity." + severity.word());
    }

    /** A way to people, by the word of its type; that word, if this version has no other for it. */
    public String channel(String language, String type) {
        return find(language, "channel." + type).orElse(type);
    }

    /** Day and time of day to the minute, for what is near. */
    public static String minute(String language, ZoneId zone, Instant instant) {
        return ("ja".equals(language) ? JA_MINUTE : EN_MINUTE).format(instant.atZone(zone));
    }

    /** Date and time to the second with its zone, as people write it. */
    public static String time(String language, ZoneId zone, Instant instant) {
        return ("ja".equals(language) ? JA : EN).format(instant.atZone(zone));
    }
}
