package jp.hinomi.city.report;

/** What about an incident decides which reports are due, and by when. */
public enum Circumstance {
    /** Personal data leaked, was lost or damaged, or may have been. */
    PERSONAL_DATA,
    /** Somebody meant it: the time for the final report of a leak is longer. */
    MALICIOUS,
    /** Files were encrypted for ransom. */
    RANSOMWARE,
    /** A service was flooded. */
    DDOS;

    /** The word in files, rows and JSON: {@code personal-data}. */
    public String word() {
        return Words.of(this);
    }

    /** @throws IllegalArgumentException if it is none of them */
    public static Circumstance ofWord(String word) {
        for (Circumstance circumstance : values()) {
            if (circumstance.word().equals(word)) {
                return circumstance;
            }
        }
        throw new IllegalArgumentException(
                "'" + word + "' is no circumstance: use personal-data, malicious, ransomware or ddos");
    }
}
