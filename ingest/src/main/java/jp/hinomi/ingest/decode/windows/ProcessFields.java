package jp.hinomi.ingest.decode.windows;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** Programs and command lines as Windows writes them. Stateless. */
final class ProcessFields {
    static final Field ARGS = Fields.of("process.args");
    static final Field ARGS_COUNT = Fields.of("process.args_count");
    static final Field PARENT_NAME = Fields.of("process.parent.name");
    static final Field PARENT_ARGS = Fields.of("process.parent.args");
    static final Field PARENT_ARGS_COUNT = Fields.of("process.parent.args_count");
    static final Field PARENT_PID = Fields.of("process.parent.pid");
    static final Field ENTITY = Fields.of("process.entity_id");
    static final Field PARENT_ENTITY = Fields.of("process.parent.entity_id");
    static final Field WORKING_DIRECTORY = Fields.of("process.working_directory");
    static final Field FILE_DIRECTORY = Fields.of("file.directory");
    static final Field FILE_EXTENSION = Fields.of("file.extension");

    private static final int MAX_ARGUMENTS = 256;

    private ProcessFields() {}

    static void executable(Field path, Field name, String value, EventDraft event) {
        if (value != null) {
            event.text(path, value).text(name, baseName(value));
        }
    }

    static void commandLine(Field line, Field args, Field count, String value, EventDraft event) {
        if (value == null) {
            return;
        }
        List<Object> arguments = arguments(value);
        event.text(line, value);
        if (!arguments.isEmpty()) {
            event.put(args, arguments).number(count, arguments.size());
        }
    }

    static void file(String path, EventDraft event) {
        if (path == null) {
            return;
        }
        event.text(Fields.FILE_PATH, path);
        int slash = path.lastIndexOf('\\');
        if (slash >= 0) {
            event.text(Fields.FILE_NAME, path.substring(slash + 1)).text(FILE_DIRECTORY, path.substring(0, slash));
        }
        int dot = path.lastIndexOf('.');
        if (dot > slash && dot + 1 < path.length()) {
            event.text(FILE_EXTENSION, path.substring(dot + 1));
        }
    }

    static String baseName(String path) {
        return path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
    }

    /**
     * The arguments as the C run-time library takes them apart: spaces separate, quotation marks join, a backslash is
     * special only before a quotation mark.
     */
    static List<Object> arguments(String line) {
        List<Object> out = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        int backslashes = 0;
        for (int i = 0; i < line.length() && out.size() < MAX_ARGUMENTS; i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                backslashes++;
                begun = true;
                continue;
            }
            if (c == '"') {
                append(argument, backslashes / 2);
                if (backslashes % 2 != 0) {
                    argument.append(c);
                } else if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    argument.append(c);
                    quoted = false;
                    i++;
                } else {
                    quoted = !quoted;
                }
                begun = true;
            } else {
                append(argument, backslashes);
                if ((c == ' ' || c == '\t') && !quoted) {
                    if (begun) {
                        out.add(argument.toString());
                    }
                    argument.setLength(0);
                    begun = false;
                } else {
                    argument.append(c);
                    begun = true;
                }
            }
            backslashes = 0;
        }
        append(argument, backslashes);
        if (begun && out.size() < MAX_ARGUMENTS) {
            out.add(argument.toString());
        }
        return out;
    }

    private static void append(StringBuilder out, int backslashes) {
        for (int i = 0; i < backslashes; i++) {
            out.append('\\');
        }
    }
}
