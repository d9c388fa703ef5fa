package jp.hinomi.ingest.decode.auth;

import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** What account tools log: {@code useradd[1]: new user: name=bob, UID=1001, …}, {@code usermod[2]: add 'bob' to group 'sudo'}. */
final class AccountMessages {
    private static final Field GROUP = Fields.of("group.name");
    private static final Field GROUP_ID = Fields.of("group.id");
    private static final Field TARGET_ID = Fields.of("user.target.id");
    private static final Field HOME = Fields.of("openssh.auth.useradd.home");
    private static final Field SHELL = Fields.of("openssh.auth.useradd.shell");

    private AccountMessages() {}

    static void describe(String program, String message, EventDraft event) {
        switch (program) {
            case "useradd", "adduser" -> {
                if (message.startsWith("new user: name=")) {
                    account("user_created", AuthFields.USER_CREATION, named(message, "name="), event);
                    event.text(TARGET_ID, named(message, "UID=")).text(Fields.USER_ID, named(message, "UID="));
                    event.text(GROUP_ID, named(message, "GID="));
                    event.text(HOME, named(message, "home=")).text(SHELL, named(message, "shell="));
                } else if (message.startsWith("new group: name=")) {
                    group(message, event);
                } else if (message.startsWith("failed adding user '")) {
                    account("user_created", AuthFields.USER_CREATION, quoted(message, 19), event);
                    event.outcome(false)
                            .text(
                                    Fields.EVENT_REASON,
                                    message.substring(message.indexOf(',') + 1).strip());
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
                // Shadow writes one line a file: "group added to /etc/group: name=ops, GID=1003", and one of its own.
                if (message.startsWith("new group: name=") || message.startsWith("group added to /etc/")) {
                    group(message, event);
                }
            }
            case "groupdel" -> {
                if (message.startsWith("group '")) {
                    event.action("group_deleted")
                            .classify("iam", AuthFields.GROUP_DELETION)
                            .outcome(true)
                            .text(GROUP, quoted(message, 6));
                }
            }
            case "usermod" -> membership(message, event);
            case "chfn", "chsh" -> {
                if (message.startsWith("changed user '")) {
                    account("user_changed", AuthFields.USER_CHANGE, quoted(message, 13), event);
                }
            }
            case "gpasswd" -> {
                if (message.startsWith("user ")) {
                    administered(message, event);
                } else {
                    membership(message, event);
                }
            }
            case "unix_chkpwd" -> {
                if (message.startsWith("password check failed for user (")) {
                    event.action("password_check")
                            .classify(AuthFields.AUTHENTICATION, "info")
                            .outcome(false);
                    event.user(upTo(')', message, message.indexOf('(') + 1));
                }
            }
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

    /** {@code user bob added by root to group sudo}, {@code user bob removed by root from group sudo}. */
    private static void administered(String message, EventDraft event) {
        int by = message.indexOf(" by ");
        int group = message.lastIndexOf(" group ");
        boolean added = message.startsWith("added", message.indexOf(' ', 5) + 1);
        if (by > 0 && group > by) {
            account(
                    added ? "user_added_to_group" : "user_removed_from_group",
                    AuthFields.GROUP_CHANGE,
                    message.substring(5, message.indexOf(' ', 5)),
                    event);
            event.user(message.substring(by + " by ".length(), message.indexOf(' ', by + " by ".length())));
            event.text(GROUP, message.substring(group + " group ".length()));
        }
    }

    private static void account(String action, List<String> type, String name, EventDraft event) {
        event.action(action).classify("iam", type).outcome(true);
        event.user(Fields.USER_TARGET_NAME, null, name);
        // These programs do not log who ran them: other mappings to ECS say the account here as well.
        event.user(Fields.USER_NAME, null, name);
    }

    private static void group(String message, EventDraft event) {
        event.action("group_created").classify("iam", AuthFields.GROUP_CREATION).outcome(true);
        event.text(GROUP, named(message, "name=")).text(GROUP_ID, named(message, "GID="));
    }

    /** The value of {@code name=value,}, or null. */
    private static String named(String message, String name) {
        int at = message.indexOf(name);
        return at < 0 ? null : upTo(',', message, at + name.length());
    }

    private static String upTo(char mark, String message, int from) {
        int end = message.indexOf(mark, from);
        return message.substring(from, end < 0 ? message.length() : end);
    }

    /** What stands between the quote at that index and the next. */
    private static String quoted(String message, int open) {
        int end = message.indexOf('\'', open + 1);
        return end < 0 ? null : message.substring(open + 1, end);
    }
}
