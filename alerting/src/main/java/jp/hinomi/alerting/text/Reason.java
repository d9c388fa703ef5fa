package jp.hinomi.alerting.text;

import java.util.Locale;

/**
 * Why something is refused, with its words in both languages: a refusal cannot be made of anything else. Implemented by enums, one
 * for each part of the domain (and by what stands for an enum of another module); a test looks whether each constant has its words.
 */
public interface Reason {
    /** Of the constant: {@code NO_ALERT}. */
    String name();

    /** How the texts of the part begin: {@code casework}. */
    String part();

    /** The word in JSON and in the texts: lower case. It stays when the words for people are improved. */
    default String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In the message bundles; what stands in braces there are the details of the refusal. */
    default String key() {
        return part() + ".refused." + word();
    }
}
