package jp.hinomi.standalone.up;

import java.util.Locale;

/** What has to happen until everything runs, in the order in which it is shown. */
public enum Step {
    KAFKA,
    POSTGRES,
    FLINK,
    TOPICS,
    RECEIVERS,
    DETECTION,
    CONSOLE;

    /** Key of its name among the texts. */
    public String text() {
        return "step." + name().toLowerCase(Locale.ROOT);
    }
}
