package jp.hinomi.standalone.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.hinomi.city.City;

/** The demonstration as log files: its attacks among an ordinary hour, once each day. */
public final class DemoLogs {
    private DemoLogs() {}

    /**
     * @param city whose sources emit the lines
     * @param first when it begins on the first day
     * @return of each source its file, as {@code SOURCE=FILE}
     */
    public static List<String> write(Path folder, City city, ZonedDateTime first, int days) throws IOException {
        Map<String, StringBuilder> bySource = new TreeMap<>();
        for (int day = 0; day < days; day++) {
            List<TimedLine> lines = new ArrayList<>(OrdinaryHour.lines(day, Replay.COMPRESSION));
            Stories.all().forEach(story -> lines.addAll(story.lines()));
            lines.sort(Comparator.comparing(TimedLine::after));
            for (TimedLine line : lines) {
                ZonedDateTime at = first.plusDays(day).plus(line.after());
                String text = line.text().apply(at);
                // These are sent over syslog, whose header the demonstration adds on the way.
                String header = city.sources().get(line.source()).format().equals("openssh")
                        ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at) + " " + line.source() + " "
                        : "";
                bySource.computeIfAbsent(line.source(), any -> new StringBuilder())
                        .append(header)
                        .append(text)
                        .append('\n');
            }
        }
        List<String> arguments = new ArrayList<>();
        for (Map.Entry<String, StringBuilder> each : bySource.entrySet()) {
            Path file = folder.resolve(each.getKey() + ".log");
            Files.writeString(file, each.getValue(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            arguments.add(each.getKey() + "=" + file);
        }
        return arguments;
    }
}
