package jp.hinomi.city;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Kinds of data about people that stand in logs, and that not everybody who is told of an alert may see. */
public enum PersonalData {
    /** Names of people. */
    NAME,
    /** Names of accounts. Reports never tell them, notices do unless the city says otherwise: nobody could lock one without. */
    ACCOUNT,
    MAIL,
    PHONE,
    /** The individual number (マイナンバー), told by its check digit. */
    MY_NUMBER,
    LOCATION;

    /** What is masked in notices where the city says nothing. */
    public static Set<PersonalData> maskedInNotices() {
        return EnumSet.complementOf(EnumSet.of(ACCOUNT));
    }

    /** The word in files and marks: {@code my-number}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
