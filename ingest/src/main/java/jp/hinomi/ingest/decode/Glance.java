package jp.hinomi.ingest.decode;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;

/**
 * What one sees of a record at first sight: its syslog header, how its message begins, and the names at the top of a JSON
 * object. Not thread-safe: one per record.
 */
public final class Glance {
    /** A format shows itself within that many characters, whatever the length of the message. */
    private static final int LOOK = 2048;

    private static final int MAX_MEMBERS = 512;

    /** Of a member that is an object or array. */
    private static final String NESTED = "";

    private final SyslogHeader header;
    private final String text;
    private final int start;
    private final String head;
    private Map<String, String> members;

    /** @param text the whole record */
    Glance(String text, SyslogHeader header) {
        this.text = text;
        this.header = header;
        int from = header.present() ? header.messageStart() : 0;
        if (text.startsWith("@cee:", from)) {
            from += "@cee:".length();
        }
        while (from < text.length() && text.charAt(from) <= ' ') {
            from++;
        }
        this.start = from;
        this.head = text.substring(from, Math.min(text.length(), from + LOOK));
    }

    /** The syslog header; not {@linkplain SyslogHeader#present() present} if there is none. */
    public SyslogHeader header() {
        return header;
    }

    /** The beginning of the message, after syslog header and spaces; at most 2048 characters. */
    public String message() {
        return head;
    }

    /** The beginning of the record as it came, for formats whose beginning resembles a syslog header. */
    public boolean recordBegins(String beginning) {
        return text.startsWith(beginning);
    }

    /** The beginning of the record as it came, syslog header and all; at most 2048 characters. */
    public String record() {
        return text.length() <= LOOK ? text : text.substring(0, LOOK);
    }

    public boolean begins(String beginning) {
        return head.startsWith(beginning);
    }

    /** Whether that stands in {@link #message}. */
    public boolean contains(String part) {
        return head.contains(part);
    }

    /** @param names in lower case */
    public boolean programIsOneOf(String... names) {
        if (header.program() == null) {
            return false;
        }
        String program = header.program().toLowerCase(Locale.ROOT);
        for (String name : names) {
            if (program.equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** True if the message begins as a JSON object does. */
    public boolean isJson() {
        return !head.isEmpty() && head.charAt(0) == '{';
    }

    /** @param name of a member of the object, {@code a}, or of an object right inside it, {@code a.b} */
    public boolean has(String name) {
        return isJson() && members().containsKey(name);
    }

    /** The member's value as text; null if there is none, empty if it is an object or array. */
    public String member(String name) {
        return isJson() ? members().get(name) : null;
    }

    private Map<String, String> members() {
        if (members == null) {
            members = new HashMap<>();
            try (JsonParser parser = JsonTree.FACTORY.createParser(start == 0 ? text : text.substring(start))) {
                parser.nextToken();
                read(parser, null);
            } catch (JacksonException e) {
                // Cut or broken: what was read of it is enough to know it by, and the decoder will say what is wrong.
                return members;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("reading from memory", e);
            }
        }
        return members;
    }

    private void read(JsonParser parser, String outer) throws IOException {
        String name;
        while ((name = parser.nextFieldName()) != null && members.size() < MAX_MEMBERS) {
            JsonToken token = parser.nextToken();
            String path = outer == null ? name : outer + '.' + name;
            if (token == JsonToken.START_OBJECT && outer == null) {
                members.put(path, NESTED);
                read(parser, name);
            } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                members.put(path, NESTED);
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                members.put(path, parser.getText());
            }
        }
    }
}
