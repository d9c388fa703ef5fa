package jp.hinomi.standalone;

import java.util.List;
import java.util.Locale;
import jp.hinomi.standalone.command.HinomiCommand;
import jp.hinomi.standalone.terminal.Terminal;
import jp.hinomi.standalone.terminal.Texts;

/** The program {@code hinomi}. Exit codes: 0 fine, 1 findings or failures, 2 wrong usage. */
public final class Hinomi {
    private Hinomi() {}

    public static void main(String[] arguments) {
        Locale locale = Texts.localeOf(List.of(arguments), System.getenv());
        Locale.setDefault(locale);
        Terminal terminal = Terminal.system();
        Logging.quiet();
        int code = HinomiCommand.commandLine(terminal, Texts.in(locale)).execute(arguments);
        terminal.out().flush();
        System.exit(code);
    }
}
