package jp.hinomi.ingest.decode.journald;

import java.util.List;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** Messages of systemd itself, by the MESSAGE_ID that its catalogue gives them. */
final class JournalMessages {
    private static final Field SIGNAL = Fields.of("journald.coredump.signal");
    private static final Field UNIT = Fields.of("systemd.unit");

    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            meaning("8d45620c1a4348dbb17410da57c60c66", "session-opened", "session", "start", true),
            meaning("3354939424b4456d9802ca8333ed424a", "session-closed", "session", "end", true),
            meaning("39f53479d3a045ac8e11786248231fbf", "unit-started", "process", "start", true),
            meaning("9d1aaa27d60140bd96365438aad20286", "unit-stopped", "process", "end", true),
            meaning("be02cf6855d2428ba40df7e9d022f03d", "unit-failed", "process", "info", false),
            meaning("d9b373ed55a64feb8242e02dbe79a49c", "unit-failed", "process", "info", false),
            meaning("98e322203f7a4ed290d09fe03c09fe15", "process-exited", "process", "end", null),
            meaning("fc2e22bc6ee647b6b90729ab34a250b1", "process-crashed", "process", List.of("end", "info"), false),
            meaning("fe6faa94e7774663a0da52717891d8ef", "out-of-memory", "process", List.of("end", "info"), false),
            meaning("c7a787079b354eaaa9e77b371893cd27", "clock-changed", "host", "change", null),
            meaning("98268866d1d54a499c4e98921d93bc40", "host-shutdown", "host", "end", null),
            meaning("b07a249cd024414a82dd00cd181378ff", "host-started", "host", "start", null));

    private JournalMessages() {}

    private record Meaning(String action, String category, Object types, Boolean success) {}

    private static Map.Entry<String, Meaning> meaning(
            String id, String action, String category, Object types, Boolean success) {
        return Map.entry(id, new Meaning(action, category, types, success));
    }

    static void describe(JournalEntry entry, EventDraft event) {
        Meaning meaning = MEANINGS.get(String.valueOf(entry.get("MESSAGE_ID")));
        if (meaning == null) {
            return;
        }
        event.action(meaning.action).classify(meaning.category, meaning.types);
        if (meaning.success != null) {
            event.outcome(meaning.success);
        }
        if (meaning.category.equals("session")) {
            event.user(entry.get("USER_ID"));
        }
        event.text(UNIT, entry.either("UNIT", "USER_UNIT"));
        if (entry.get("COREDUMP_EXE") != null) {
            event.text(Fields.PROCESS_EXECUTABLE, entry.get("COREDUMP_EXE"));
            event.text(Fields.PROCESS_NAME, entry.get("COREDUMP_COMM"));
            event.number(Fields.PROCESS_PID, entry.number("COREDUMP_PID"));
            event.text(Fields.PROCESS_COMMAND_LINE, entry.get("COREDUMP_CMDLINE"));
            event.text(SIGNAL, entry.get("COREDUMP_SIGNAL_NAME"));
        }
    }
}
