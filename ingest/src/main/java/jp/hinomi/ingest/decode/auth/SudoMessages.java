package jp.hinomi.ingest.decode.auth;

import java.util.List;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** What sudo logs: {@code alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/id -u}. */
final class SudoMessages {
    private static final String COMMAND = "COMMAND=";

    private SudoMessages() {}

    static void describe(String message, EventDraft event) {
        int colon = message.indexOf(" : ");
        if (colon <= 0) {
            return;
        }
        String why = null;
        int at = colon + 3;
        boolean any = false;
        while (at < message.length()) {
            // The command comes last and may contain " ; " itself.
            if (message.startsWith(COMMAND, at)) {
                command(message.substring(at + COMMAND.length()), event);
                any = true;
                break;
            }
            int end = message.indexOf(" ; ", at);
            end = end < 0 ? message.length() : end;
            if (message.startsWith("TTY=", at)) {
                event.text(AuthFields.TERMINAL, message.substring(at + 4, end));
                any = true;
            } else if (message.startsWith("PWD=", at)) {
                event.text(AuthFields.WORKING_DIRECTORY, message.substring(at + 4, end));
            } else if (message.startsWith("USER=", at)) {
                event.user(Fields.USER_EFFECTIVE_NAME, null, message.substring(at + 5, end));
            } else if (why == null && !isSetting(message, at, end)) {
                why = message.substring(at, end);
            }
            at = end + 3;
        }
        if (!any) {
            return;
        }
        event.user(message.substring(0, colon).strip());
        event.action("sudo").outcome(why == null).text(Fields.EVENT_REASON, why);
        if (why == null) {
            event.classify("process", "start");
        } else if (why.contains("incorrect password") || why.contains("a password is required")) {
            event.classify(AuthFields.AUTHENTICATION, "info");
        } else {
            event.classify(List.of("process", "iam"), "start");
        }
    }

    /** {@code GROUP=wheel}, {@code ENV=…}: a word in capitals and an equals sign. */
    private static boolean isSetting(String message, int from, int to) {
        int at = from;
        while (at < to && message.charAt(at) >= 'A' && message.charAt(at) <= 'Z') {
            at++;
        }
        return at > from && at < to && message.charAt(at) == '=';
    }

    private static void command(String command, EventDraft event) {
        event.text(Fields.PROCESS_COMMAND_LINE, command);
        int space = command.indexOf(' ');
        event.text(Fields.PROCESS_EXECUTABLE, space < 0 ? command : command.substring(0, space));
    }
}
