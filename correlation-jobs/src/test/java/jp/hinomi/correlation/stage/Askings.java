package jp.hinomi.correlation.stage;

import java.util.List;
import java.util.Map;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/** Alerts that ask for sources. */
public final class Askings {
    private Askings() {}

    public static Asking of(String id, long first, long last, long time, String... sources) {
        return new Asking(
                new Alert(
                        id,
                        1,
                        time,
                        first,
                        last,
                        1,
                        new Alert.Rule("r", "r", "0", Map.of("en", "R"), Severity.LOW, List.of("cps.ae-3"), Map.of()),
                        Severity.LOW,
                        Tlp.AMBER,
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()),
                List.of(sources));
    }
}
