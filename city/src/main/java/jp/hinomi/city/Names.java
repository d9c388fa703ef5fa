package jp.hinomi.city;

import java.util.Map;

/** Names by language. */
final class Names {
    private Names() {}

    /** The name in that language, else in English, else in any. */
    static String in(Map<String, String> names, String language) {
        String name = names.get(language);
        if (name == null) {
            name = names.get("en");
        }
        return name != null ? name : names.values().iterator().next();
    }
}
