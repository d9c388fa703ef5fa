package jp.hinomi.city.report;

/** How far an incident has come when it is reported. Ordered: a later report answers what an earlier one was due for. */
public enum Stage {
    /** At once, with what little is known. */
    INITIAL,
    /** In between, as often as there is news. */
    FOLLOW_UP,
    /** Everything, once it is over. */
    FINAL;

    /** The word in files, rows and JSON: {@code follow-up}. */
    public String word() {
        return Words.of(this);
    }

    /** @throws IllegalArgumentException if it is none of them */
    public static Stage ofWord(String word) {
        for (Stage stage : values()) {
            if (stage.word().equals(word)) {
                return stage;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no stage: use initial, follow-up or final");
    }
}
