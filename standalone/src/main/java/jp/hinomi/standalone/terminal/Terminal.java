package jp.hinomi.standalone.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The user's terminal: the standard streams as they were when the program began, in UTF-8. Libraries that print to {@code
 * System.out} can be sent elsewhere without us losing it. Thread-safe.
 *
 * @param out results
 * @param err progress, problems
 * @param outIsTty whether a person looks at {@code out}
 * @param errIsTty whether a person looks at {@code err}
 */
public record Terminal(PrintStream out, PrintStream err, boolean outIsTty, boolean errIsTty) {
    private static final String RESET = "\u001b[0m";

    /** The launcher knows what is a terminal; Java 17 can only say whether both ends are. */
    public static Terminal system() {
        boolean console = System.console() != null;
        return new Terminal(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                flag("hinomi.tty.out", console),
                flag("hinomi.tty.err", console));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static boolean flag(String property, boolean otherwise) {
        String value = System.getProperty(property);
        return value == null ? otherwise : Boolean.parseBoolean(value);
    }

    /** From now on, what libraries print on their own goes to nowhere; their log is in the log file. */
    public static void silenceLibraries() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
    }

    public String bold(String text) {
        return styled("1", text);
    }

    public String dim(String text) {
        return styled("2", text);
    }

    public String green(String text) {
        return styled("32", text);
    }

    public String yellow(String text) {
        return styled("33", text);
    }

    public String red(String text) {
        return styled("31", text);
    }

    private String styled(String code, String text) {
        return outIsTty && System.getenv("NO_COLOR") == null ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
