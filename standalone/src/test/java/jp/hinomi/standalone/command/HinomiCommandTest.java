package jp.hinomi.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jp.hinomi.standalone.terminal.Terminal;
import jp.hinomi.standalone.terminal.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HinomiCommandTest {
    static Stream<List<String>> allCommands() {
        List<List<String>> all = new ArrayList<>();
        collect(HinomiCommand.commandLine(Terminal.system(), Texts.in(Locale.ENGLISH)), List.of(), all);
        return all.stream();
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> all) {
        all.add(path);
        line.getSubcommands().forEach((name, inner) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            collect(inner, longer, all);
        });
    }

    @ParameterizedTest
    @MethodSource("allCommands")
    void every_command_and_option_is_explained_in_both_languages(List<String> path) {
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.JAPANESE}) {
            CommandLine line = HinomiCommand.commandLine(Terminal.system(), Texts.in(locale));
            for (String name : path) {
                line = line.getSubcommands().get(name);
            }
            assertThat(line.getCommandSpec().usageMessage().description())
                    .as("%s in %s", path, locale)
                    .isNotEmpty();
            line.getCommandSpec()
                    .options()
                    .forEach(option -> assertThat(option.description())
                            .as("%s %s in %s", path, option.longestName(), locale)
                            .isNotEmpty());
        }
    }

    @Test
    void wrong_usage_is_two_and_says_what_is_wrong() {
        CommandRun unknown = CommandRun.of("up", "--kafka-prot", "1");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("--kafka-prot").contains("--kafka-port");
        assertThat(CommandRun.of("decode").code()).isEqualTo(2);
        assertThat(CommandRun.of("rules").code()).isEqualTo(2);
        CommandRun duration = CommandRun.of("up", "--out-of-order", "soon");
        assertThat(duration.code()).isEqualTo(2);
        assertThat(duration.err()).contains("write 500ms, 10s, 5m, 2h or 1d");
    }

    @Test
    void help_is_fine_and_in_the_language_asked_for() {
        CommandRun help = CommandRun.in(Locale.JAPANESE, "detect", "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("ログファイルにルールを適用します").contains("--out-of-order");
    }
}
