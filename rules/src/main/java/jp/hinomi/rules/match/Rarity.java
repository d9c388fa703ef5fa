package jp.hinomi.rules.match;

/** How often ordinary log text contains a literal; rough, and only used to choose between correct alternatives. */
final class Rarity {
    /** Share of texts that contain a literal of 0, 1, 2, … characters. */
    private static final double[] BY_LENGTH = {1, 0.9, 0.25, 0.08, 0.03, 0.02, 0.01, 0.005};

    /** Punctuation that every path, address, time and query has. */
    private static final String COMMON = "/.-_:=&?% ,+\"[]()";

    private static final double OF_RARE_CHARACTER = 0.1;
    private static final double WITH_RARE_CHARACTER = 0.2;

    private Rarity() {}

    static double share(String literal) {
        boolean rare = literal.chars().anyMatch(c -> !Character.isLetterOrDigit(c) && COMMON.indexOf(c) < 0);
        if (literal.length() == 1) {
            return rare ? OF_RARE_CHARACTER : BY_LENGTH[1];
        }
        return BY_LENGTH[Math.min(literal.length(), BY_LENGTH.length - 1)] * (rare ? WITH_RARE_CHARACTER : 1);
    }
}
