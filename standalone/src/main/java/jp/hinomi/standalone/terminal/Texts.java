package jp.hinomi.standalone.terminal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** What the command line says, in the user's language. Immutable. */
public final class Texts {
    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.JAPANESE);

    private final Locale locale;
    private final ResourceBundle bundle;

    private Texts(Locale locale) {
        this.locale = locale;
        this.bundle = bundle("texts", locale);
    }

    public static Texts in(Locale locale) {
        return new Texts(SPOKEN.contains(locale) ? locale : Locale.ENGLISH);
    }

    /** Looks for {@code --lang}, then at the variables that POSIX defines for messages; English if neither decides. */
    public static Locale localeOf(List<String> arguments, Map<String, String> environment) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--lang") && i + 1 < arguments.size()) {
                return language(arguments.get(i + 1));
            }
            if (argument.startsWith("--lang=")) {
                return language(argument.substring("--lang=".length()));
            }
        }
        for (String variable : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
            String value = environment.get(variable);
            if (value != null && !value.isEmpty()) {
                return language(value);
            }
        }
        return Locale.ENGLISH;
    }

    private static Locale language(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("ja") ? Locale.JAPANESE : Locale.ENGLISH;
    }

    /** Never falls back to the machine's own language: what is not translated is English. */
    private static ResourceBundle bundle(String name, Locale locale) {
        return ResourceBundle.getBundle(
                "jp.hinomi.standalone." + name,
                locale,
                Texts.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public Locale locale() {
        return locale;
    }

    public ResourceBundle help() {
        return bundle("help", locale);
    }

    /**
     * @param values for the {@code %s} of the text
     * @throws java.util.MissingResourceException if there is no such text
     */
    public String get(String key, Object... values) {
        return String.format(locale, bundle.getString(key), values);
    }
}
