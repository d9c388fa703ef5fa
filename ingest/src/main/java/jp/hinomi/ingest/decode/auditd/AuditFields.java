package jp.hinomi.ingest.decode.auditd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.syslog.Numbers;

/** Where the fields of audit records go; those that ECS has no place for stay under {@code auditd.log.*}. */
final class AuditFields {
    static final Field SEQUENCE = Fields.of("auditd.log.sequence");
    static final Field RECORD_TYPE = Fields.of("auditd.log.record_type");
    static final Field NODE = Fields.of("auditd.log.node");

    private static final Field ARGS = Fields.of("process.args");
    private static final Field ARGS_COUNT = Fields.of("process.args_count");
    private static final Field PARENT_PID = Fields.of("process.parent.pid");
    private static final Field EXIT_CODE = Fields.of("process.exit_code");
    private static final Field TITLE = Fields.of("process.title");
    private static final Field ARCHITECTURE = Fields.of("host.architecture");
    private static final Field EFFECTIVE_ID = Fields.of("user.effective.id");
    private static final Field TARGET_ID = Fields.of("user.target.id");
    private static final Field GROUP_ID = Fields.of("group.id");
    private static final Field GROUP_NAME = Fields.of("group.name");
    private static final Field SYSCALL = Fields.of("auditd.log.syscall");
    private static final Field AUDIT_USER = Fields.of("auditd.log.auid_name");

    private static final Map<String, Field> TEXTS = Map.ofEntries(
            Map.entry("gid", Fields.of("user.group.id")),
            Map.entry("euid", EFFECTIVE_ID),
            Map.entry("egid", Fields.of("user.effective.group.id")),
            Map.entry("comm", Fields.PROCESS_NAME),
            Map.entry("exe", Fields.PROCESS_EXECUTABLE),
            Map.entry("cwd", Fields.of("process.working_directory")),
            Map.entry("uid", Fields.USER_ID));

    private static final Set<String> MAPPED =
            Set.of("pid", "ppid", "acct", "res", "success", "exit", "argc", "arch", "addr", "cmd", "proctitle", "user");

    private static final VendorFields REST = new VendorFields(
            "auditd.log", Set.of(), Map.of("old-auid", "auditd.log.old_auid", "old-ses", "auditd.log.old_ses"));

    private static final int MAX_ARGUMENTS = 256;
    private static final Field CONTAINER = Fields.of("container.name");
    private static final Field RUNTIME = Fields.of("container.runtime");

    private AuditFields() {}

    static void describe(String type, AuditRecord record, EventDraft event) {
        AuditMeanings.describe(type, record, event);
        boolean executes = type.equals("EXECVE");
        Map<String, Object> rest = new HashMap<>();
        record.all().forEach((name, value) -> {
            Field field = TEXTS.get(name);
            if (field != null) {
                event.text(field, value);
            }
            // In records of sessions user.id is who logged in, so this one is kept as it is, too.
            if (field == Fields.USER_ID) {
                rest.put(name, value);
            } else if (field == null && !MAPPED.contains(name) && !(executes && isLaterArgument(name))) {
                rest.put(name, value);
            }
        });
        REST.put(JsonObject.of(rest), event);
        event.put(RECORD_TYPE, type);
        event.text(SYSCALL, record.enriched("SYSCALL"));
        number(Fields.PROCESS_PID, record.get("pid"), event);
        number(PARENT_PID, record.get("ppid"), event);
        exit(record.get("exit"), event);
        architecture(record.get("arch"), event);
        outcome(record, event);
        users(type, record, event);
        program(type, record, event);
        network(type, record, event);
        if (type.equals("PATH") || type.equals("AVC")) {
            file(record, event);
        }
    }

    /** The first ten arguments are kept by their place as well, which rules for audit records ask for. */
    private static boolean isLaterArgument(String name) {
        return name.startsWith("a") && name.length() > 2;
    }

    private static void number(Field field, String digits, EventDraft event) {
        event.number(field, Numbers.parse(digits));
    }

    private static void exit(String value, EventDraft event) {
        if (value != null && value.startsWith("-") && Numbers.parse(value, 1, value.length()) >= 0) {
            event.put(EXIT_CODE, -Numbers.parse(value, 1, value.length()));
        } else {
            number(EXIT_CODE, value, event);
        }
    }

    /** ELF machine with flags for 64 bits and byte order, as the kernel's linux/audit.h composes them. */
    private static void architecture(String number, EventDraft event) {
        if (number != null) {
            event.text(
                    ARCHITECTURE,
                    switch (number) {
                        case "c000003e" -> "x86_64";
                        case "40000003" -> "i386";
                        case "c00000b7" -> "aarch64";
                        case "40000028" -> "arm";
                        case "80000016" -> "s390x";
                        case "c0000015" -> "ppc64le";
                        case "c00000f3" -> "riscv64";
                        default -> number;
                    });
        }
    }

    private static void outcome(AuditRecord record, EventDraft event) {
        String result = record.get("res") == null ? record.get("success") : record.get("res");
        if (result != null) {
            switch (result) {
                case "1", "success", "yes" -> event.outcome(true);
                case "0", "failed", "no" -> event.outcome(false);
                default -> event.put(Fields.EVENT_OUTCOME, "unknown");
            }
        }
    }

    /** Who acts, on whose behalf, and on whom, depends on the record. */
    private static void users(String type, AuditRecord record, EventDraft event) {
        String account = record.get("acct") == null ? record.get("user") : record.get("acct");
        String id = record.get("id");
        switch (type) {
            case "ADD_GROUP", "DEL_GROUP", "GRP_CHAUTHTOK", "GRP_MGMT" -> {
                event.text(GROUP_NAME, record.get("grp") == null ? account : record.get("grp"));
                event.text(GROUP_ID, id).text(EFFECTIVE_ID, record.get("uid"));
            }
            case "ADD_USER", "DEL_USER", "USER_CHAUTHTOK", "USER_MGMT" -> {
                if (account != null) {
                    event.text(Fields.USER_TARGET_NAME, account).relatedUser(account);
                }
                event.text(TARGET_ID, id).text(EFFECTIVE_ID, record.get("uid"));
            }
            case "VIRT_MACHINE_ID" -> event.text(CONTAINER, record.get("vm")).text(RUNTIME, record.get("virt"));
            case "LOGIN" -> {
                event.text(Fields.USER_ID, record.get("old-auid"));
                event.text(EFFECTIVE_ID, record.get("new-auid") == null ? record.get("auid") : record.get("new-auid"));
            }
            case "CRED_ACQ",
                    "CRED_DISP",
                    "CRED_REFR",
                    "USER_ACCT",
                    "USER_AUTH",
                    "USER_END",
                    "USER_ERR",
                    "USER_LOGIN",
                    "USER_LOGOUT",
                    "USER_START" -> {
                event.text(Fields.USER_EFFECTIVE_NAME, account);
                event.text(EFFECTIVE_ID, type.equals("USER_LOGIN") ? id : null);
                login(record, event);
            }
            default -> {
                // The process's own numbers say it all.
            }
        }
        if (event.get(TARGET_ID) != null || event.get(GROUP_ID) != null || event.get(GROUP_NAME) != null) {
            login(record, event);
        }
        if (account != null) {
            event.text(Fields.USER_NAME, account).relatedUser(account);
        } else if (record.enriched("UID") != null) {
            event.text(Fields.USER_NAME, record.enriched("UID")).relatedUser(record.enriched("UID"));
        }
        event.text(AUDIT_USER, "unset".equals(record.enriched("AUID")) ? null : record.enriched("AUID"));
    }

    /** The user is who logged in, whatever he became since; the number is -1 unsigned if nobody did. */
    private static void login(AuditRecord record, EventDraft event) {
        String login = record.get("auid");
        if (login != null && !login.equals("4294967295") && !login.equals("-1")) {
            event.text(Fields.USER_ID, login);
        }
    }

    private static void program(String type, AuditRecord record, EventDraft event) {
        String line = record.get("cmd") == null ? record.get("proctitle") : record.get("cmd");
        List<Object> arguments = new ArrayList<>();
        if (type.equals("EXECVE")) {
            arguments(record, arguments);
            number(ARGS_COUNT, record.get("argc"), event);
            event.text(Fields.PROCESS_EXECUTABLE, record.get("a0"));
        } else if (line != null && record.get("cmd") != null) {
            words(line, arguments);
            event.number(ARGS_COUNT, arguments.size());
        }
        if (!arguments.isEmpty()) {
            event.put(ARGS, arguments);
            StringBuilder joined = new StringBuilder();
            arguments.forEach(
                    argument -> joined.append(joined.isEmpty() ? "" : " ").append(argument));
            event.text(Fields.PROCESS_COMMAND_LINE, joined.toString());
        } else if (line != null) {
            event.text(TITLE, line).text(Fields.PROCESS_COMMAND_LINE, line);
        }
    }

    /**
     * In the order of the record, pieces of long ones included. Of a command with many, the records after the first go on with
     * {@code a73=…}; they say what went before as other mappings to ECS do.
     */
    private static void arguments(AuditRecord record, List<Object> out) {
        record.all().forEach((name, value) -> {
            int digits = name.startsWith("a") ? Numbers.endOfDigits(name, 1) : 0;
            boolean argument = digits > 1 && (digits == name.length() || name.charAt(digits) == '[');
            if (argument && out.size() < MAX_ARGUMENTS) {
                long index = Numbers.parse(name, 1, digits);
                if (out.isEmpty() && index > 0) {
                    out.add("[... " + index + " truncated arguments ...]");
                }
                out.add(value);
            }
        });
    }

    private static void words(String line, List<Object> out) {
        int from = 0;
        for (int i = 0; i <= line.length() && out.size() < 256; i++) {
            if (i == line.length() || line.charAt(i) == ' ') {
                if (i > from) {
                    out.add(line.substring(from, i));
                }
                from = i + 1;
            }
        }
    }

    private static void network(String type, AuditRecord record, EventDraft event) {
        String from = record.get("src") == null ? record.get("addr") : record.get("src");
        event.source(from == null ? record.get("laddr") == null ? null : record.get("raddr") : from);
        event.destination(record.get("dst"));
        if (type.equals("SYSCALL")) {
            String call = record.enriched("SYSCALL") == null ? record.get("syscall") : record.enriched("SYSCALL");
            switch (call == null ? "" : call) {
                case "accept", "43", "recvfrom", "45", "recvmsg", "47", "accept4", "288" ->
                    event.text(Fields.NETWORK_DIRECTION, "ingress");
                case "connect", "42", "sendto", "44", "sendmsg", "46" -> event.text(Fields.NETWORK_DIRECTION, "egress");
                default -> {
                    // No traffic.
                }
            }
        }
    }

    private static void file(AuditRecord record, EventDraft event) {
        String path = record.get("name") == null ? record.get("path") : record.get("name");
        if (path != null) {
            event.text(Fields.FILE_PATH, path).text(Fields.FILE_NAME, path.substring(path.lastIndexOf('/') + 1));
        }
    }
}
