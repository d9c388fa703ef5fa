package jp.hinomi.standalone.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import jp.hinomi.standalone.terminal.Terminal;
import jp.hinomi.standalone.terminal.Texts;

/** One run of the command line in this process, as in a pipe. */
record CommandRun(int code, String out, String err) {
    static CommandRun of(String... arguments) {
        return in(Locale.ENGLISH, arguments);
    }

    static CommandRun in(Locale locale, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(stream(out), stream(err), false, false);
        int code = HinomiCommand.commandLine(terminal, Texts.in(locale)).execute(arguments);
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
