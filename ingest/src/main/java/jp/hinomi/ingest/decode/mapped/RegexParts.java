package jp.hinomi.ingest.decode.mapped;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.hinomi.ingest.decode.json.JsonObject;

/** The named groups of an expression that matches the whole message, in time proportional to its length. */
final class RegexParts implements PartReader {
    private final Pattern pattern;

    RegexParts(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    @Override
    public JsonObject read(String message) throws Unreadable {
        Matcher matcher = pattern.matcher(message);
        if (!matcher.matches()) {
            throw new Unreadable("the format's expression does not match the whole line: correct its pattern", 0);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        pattern.namedGroups().forEach((name, group) -> {
            String value = matcher.group(group);
            if (value != null && !value.isEmpty()) {
                values.put(name, value);
            }
        });
        return JsonObject.of(values);
    }
}
