package jp.hinomi.correlation.detect;

import java.time.Instant;
import java.util.stream.Collectors;
import jp.hinomi.correlation.engine.Happening;

/** An event as a line of {@code ecs-json}, with a field of the name of each detection that holds for it. */
public final class EventLine {
    private EventLine() {}

    public static String of(Happening happening) {
        return of(happening, happening.time());
    }

    /** @param said what it claims its time to be */
    public static String of(Happening happening, long said) {
        String fields = happening.fields().entrySet().stream()
                .map(field -> ",\"" + field.getKey() + "\":"
                        + (field.getValue().matches("-?[0-9.]+") ? field.getValue() : '"' + field.getValue() + '"'))
                .collect(Collectors.joining());
        String matched = happening.matched().stream()
                .map(name -> ",\"" + name + "\":\"yes\"")
                .collect(Collectors.joining());
        return "{\"event.id\":\"" + happening.id() + "\",\"@timestamp\":\"" + Instant.ofEpochMilli(said) + "\"" + fields
                + matched + "}";
    }
}
