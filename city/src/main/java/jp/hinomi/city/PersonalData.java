package jp.hinomi.city;

import java.util.Locale;

/** Kinds of data about people that stand in logs, and that not everybody who is told of an alert may see. */
public enum PersonalData {
    /** Names of people; names of accounts are not, nobody could lock one without. */
    NAME,
    MAIL,
    PHONE,
    /** The individual number (マイナンバー), told by its check digit. */
    MY_NUMBER,
    LOCATION;

    /** The word in files and marks: {@code my-number}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
