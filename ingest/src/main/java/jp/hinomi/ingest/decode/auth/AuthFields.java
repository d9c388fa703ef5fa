package jp.hinomi.ingest.decode.auth;

import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;

/** What authentication logs say beyond the dictionary, and ECS categories that their messages share. */
final class AuthFields {
    /** How often the same message came, where the logger folded repetitions into one line. */
    static final Field REPEATED = Fields.of("openssh.auth.repeated");

    /** {@code password}, {@code publickey}, {@code keyboard-interactive/pam} … */
    static final Field METHOD = Fields.of("openssh.auth.method");

    /** {@code SHA256:…} of the key that was offered. */
    static final Field FINGERPRINT = Fields.of("openssh.auth.key.fingerprint");

    static final Field KEY_TYPE = Fields.of("openssh.auth.key.type");

    /** True if the account does not exist. */
    static final Field INVALID_USER = Fields.of("openssh.auth.invalid_user");

    /** PAM's name of the program that asked. */
    static final Field PAM_SERVICE = Fields.of("pam.service");

    static final Field WORKING_DIRECTORY = Fields.of("process.working_directory");
    static final Field TERMINAL = Fields.of("process.tty.name");

    static final String AUTHENTICATION = "authentication";
    static final String SESSION = "session";
    static final List<String> LOGIN = List.of(AUTHENTICATION, SESSION);
    static final List<String> USER_CREATION = List.of("user", "creation");
    static final List<String> USER_DELETION = List.of("user", "deletion");
    static final List<String> USER_CHANGE = List.of("user", "change");
    static final List<String> GROUP_CREATION = List.of("group", "creation");
    static final List<String> GROUP_DELETION = List.of("group", "deletion");
    static final List<String> GROUP_CHANGE = List.of("group", "change");

    private AuthFields() {}
}
