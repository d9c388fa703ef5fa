package jp.hinomi.benchmarks.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/** Events of process creation with command lines of about 1.2 kB, as endpoint sensors report them. */
public final class ProcessEvents {
    private static final int COMMAND_LINE = 1_200;

    private final Words words;

    private ProcessEvents(long seed) {
        words = new Words(seed, SigmaRules.VOCABULARY);
    }

    /**
     * @param os {@code windows} or {@code linux}
     * @param sigmaNames whether events also carry the names that public rules use ({@code CommandLine}, …) beside ECS
     */
    public static List<SecurityEvent> generate(int count, String os, boolean sigmaNames) {
        ProcessEvents events = new ProcessEvents(31);
        List<SecurityEvent> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(events.event(i, os, sigmaNames));
        }
        return all;
    }

    private SecurityEvent event(int number, String os, boolean sigmaNames) {
        String name = words.common() + ".exe";
        String image = folder() + name;
        String parent = folder() + words.common() + ".exe";
        String commandLine = commandLine(image);
        SecurityEvent.Builder event = new SecurityEvent.Builder("bench-0-" + number, 1_000_000L + number)
                .put(Fields.EVENT_KIND, "event")
                .put(Fields.EVENT_CATEGORY, "process")
                .put(Fields.EVENT_TYPE, "start")
                .put(Fields.EVENT_MODULE, "endpoint")
                .put(Fields.EVENT_DATASET, "endpoint.events.process")
                .put(Fields.of("host.os.type"), os)
                .put(Fields.EVENT_CODE, "1")
                .put(Fields.HOST_NAME, "pc-" + words.number(5_000))
                .put(Fields.USER_NAME, words.common())
                .put(Fields.PROCESS_NAME, name)
                .put(Fields.PROCESS_PID, 1_000 + words.number(60_000))
                .put(Fields.PROCESS_EXECUTABLE, image)
                .put(Fields.PROCESS_COMMAND_LINE, commandLine)
                .put(Fields.PROCESS_PARENT_EXECUTABLE, parent)
                .put(Fields.PROCESS_PARENT_COMMAND_LINE, parent + " -" + words.common())
                .put(Fields.of("process.working_directory"), folder())
                .put(Fields.of("process.pe.original_file_name"), name.toUpperCase(Locale.ROOT))
                .put(Fields.of("winlog.integrity"), words.pick("Medium", "High", "System"));
        if (sigmaNames) {
            event.put(Fields.of("Image"), image)
                    .put(Fields.of("CommandLine"), commandLine)
                    .put(Fields.of("ParentImage"), parent)
                    .put(Fields.of("ParentCommandLine"), parent + " -" + words.common())
                    .put(Fields.of("OriginalFileName"), name)
                    .put(Fields.of("User"), words.common())
                    .put(Fields.of("EventID"), 1L);
        }
        return event.build();
    }

    private String folder() {
        return words.pick(
                "C:\\Windows\\System32\\",
                "C:\\Program Files\\" + words.common() + "\\",
                "C:\\Users\\" + words.common() + "\\AppData\\Local\\");
    }

    private String commandLine(String image) {
        StringBuilder line = new StringBuilder(image);
        while (line.length() < COMMAND_LINE) {
            String word = words.chance(0.7) ? words.common() : words.rare();
            switch (words.number(5)) {
                case 0 -> line.append(" -").append(word);
                case 1 -> line.append(" --").append(word).append('=').append(words.common());
                case 2 -> line.append(" \"").append(folder()).append(word).append(".dll\"");
                case 3 ->
                    line.append(" https://")
                            .append(word)
                            .append(".example.jp/")
                            .append(words.common())
                            .append("?id=")
                            .append(words.number(100_000));
                default -> line.append(' ').append(word);
            }
        }
        return line.toString();
    }
}
