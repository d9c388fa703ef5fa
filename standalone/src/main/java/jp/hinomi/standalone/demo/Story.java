package jp.hinomi.standalone.demo;

import java.time.Duration;
import java.util.List;

/**
 * An attack that runs through several logs.
 *
 * @param name key of its title among the texts, and of what to look at with {@code .watch} behind it
 * @param begins since the demonstration began
 * @param lines in order of time
 * @param rules names of the rules that have to alert
 */
record Story(String name, Duration begins, List<TimedLine> lines, List<String> rules) {
    Story {
        lines = List.copyOf(lines);
        rules = List.copyOf(rules);
        if (lines.isEmpty() || rules.isEmpty()) {
            throw new IllegalArgumentException("the story " + name + " tells nothing");
        }
    }
}
