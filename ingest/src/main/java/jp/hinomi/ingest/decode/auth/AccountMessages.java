package jp.hinomi.ingest.decode.auth;

import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** What account tools log: {@code useradd[1]: new user: name=bob, UID=1001, …}, {@code usermod[2]: add 'bob' to group 'sudo'}. */
final class AccountMessages {
    private static final Field GROUP = Fields.of("group.name");

    private AccountMessages() {}

    static void describe(String program, String message, EventDraft event) {
        switch (program) {
            case "useradd", "adduser" -> {
                if (message.startsWith("new user: name=")) {
                    account("user_created", AuthFields.USER_CREATION, name(message, "new user: name="), event);
                } else if (message.startsWith("new group: name=")) {
                    group("group_created", AuthFields.GROUP_CREATION, name(message, "new group: name="), event);
                } else {
                    membership(message, event);
                }
            }
            case "userdel" -> {
                if (message.startsWith("delete user '")) {
                    account("user_deleted", AuthFields.USER_DELETION, quoted(message, 12), event);
                }
            }
            case "groupadd" -> {
                if (message.startsWith("new group: name=")) {
                    group("group_created", AuthFields.GROUP_CREATION, name(message, "new group: name="), event);
                }
            }
            case "groupdel" -> {
                if (message.startsWith("group '")) {
                    group("group_deleted", AuthFields.GROUP_DELETION, quoted(message, 6), event);
                }
            }
            case "usermod", "gpasswd" -> membership(message, event);
            default -> {
                // Another program's line: host, process and message are all there is to say.
            }
        }
    }

    private static void membership(String message, EventDraft event) {
        int group = message.indexOf(" to group '");
        if (message.startsWith("add '") && group > 0) {
            account("user_added_to_group", AuthFields.GROUP_CHANGE, quoted(message, 4), event);
            event.text(GROUP, quoted(message, group + " to group ".length()));
        } else if (message.startsWith("change user '")) {
            account("user_changed", AuthFields.USER_CHANGE, quoted(message, 12), event);
        }
    }

    private static void account(String action, List<String> type, String name, EventDraft event) {
        event.action(action).classify("iam", type).outcome(true);
        event.user(Fields.USER_TARGET_NAME, null, name);
    }

    private static void group(String action, List<String> type, String name, EventDraft event) {
        event.action(action).classify("iam", type).outcome(true).text(GROUP, name);
    }

    private static String name(String message, String prefix) {
        int end = message.indexOf(',', prefix.length());
        return message.substring(prefix.length(), end < 0 ? message.length() : end);
    }

    /** What stands between the quote at that index and the next. */
    private static String quoted(String message, int open) {
        int end = message.indexOf('\'', open + 1);
        return end < 0 ? null : message.substring(open + 1, end);
    }
}
