package jp.hinomi.alerting.triage;

/** What became of a step. */
public enum Result {
    DONE,
    /** It was so already; nothing was written. */
    NOTHING,
    /** Somebody did something else meanwhile: nothing was changed, so that nothing is lost. */
    CHANGED,
    /** There is no such alert, or no such incident. */
    UNKNOWN;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
