package jp.hinomi.ingest.decode.mapped;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.city.LogFormat;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** Decodes a format that the city describes itself. */
public final class MappedDecoder extends TextDecoder {
    private record Put(FieldWriter writer, List<String> from, Map<String, String> values, String otherwise) {}

    private record Constant(FieldWriter writer, Object value) {}

    private record Choice(Map<String, List<String>> when, List<Constant> set) {}

    private final LogFormat description;
    private final PartReader parts;
    private final SyslogParser syslog;
    private final StampReader stamp;
    private final List<Constant> constants;
    private final List<Put> puts = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();
    private final VendorFields rest;

    /** @param zone for time stamps that name none, unless the format has its own */
    public MappedDecoder(LogFormat format, ZoneId zone, Charset charset) {
        super(format.name(), charset);
        ZoneClock clock = new ZoneClock(zone);
        this.description = format;
        this.parts = PartReader.of(format.shape());
        this.syslog = new SyslogParser(clock);
        this.stamp = format.time()
                .map(time -> new StampReader(time.form(), time.zone().orElse(zone)))
                .orElse(null);
        this.constants = constants(format.constants(), clock);
        Set<String> used = new HashSet<>();
        format.time().ifPresent(time -> used.addAll(time.from()));
        for (LogFormat.Target target : format.fields()) {
            puts.add(new Put(
                    new FieldWriter(target.field(), clock),
                    target.from(),
                    target.values(),
                    target.otherwise().orElse(null)));
            // A part that becomes another text in its field is kept as it came as well.
            if (target.values().isEmpty()) {
                used.addAll(target.from());
            }
        }
        format.cases().forEach(one -> choices.add(new Choice(one.when(), constants(one.set(), clock))));
        this.rest = format.prefix()
                .map(prefix -> new VendorFields(prefix, used, Map.of()))
                .orElse(null);
    }

    private static List<Constant> constants(Map<String, List<String>> values, ZoneClock clock) {
        List<Constant> constants = new ArrayList<>();
        values.forEach((field, texts) -> constants.add(
                new Constant(new FieldWriter(field, clock), texts.size() == 1 ? texts.get(0) : List.copyOf(texts))));
        return constants;
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        SyslogHeader header = header(text, record);
        int start = header == null ? 0 : Math.min(header.messageStart(), text.length());
        JsonObject values;
        try {
            values = parts.read(start == 0 ? text : text.substring(start));
        } catch (PartReader.Unreadable e) {
            return reject(text, start + e.index(), e.getMessage());
        }
        long millis = header != null && header.hasTime() ? header.millis() : record.appendMillis();
        Object spelled = stamp == null
                ? null
                : first(values, description.time().orElseThrow().from());
        if (spelled != null) {
            millis = stamp.millis(spelled, record.appendMillis());
            if (millis == StampReader.UNREADABLE) {
                return reject(
                        text,
                        start,
                        "the time is " + excerpt(spelled.toString(), 0) + ", which is not of the form '"
                                + description.time().orElseThrow().form() + "': correct 'time' of the format");
            }
        }
        EventDraft event = draft(text, record, millis);
        event.module(description.name(), description.name());
        if (header != null) {
            header.describe(event);
        }
        fill(values, event);
        return event.finish();
    }

    private SyslogHeader header(String text, LogRecord record) {
        if (!description.syslog() && text.charAt(0) != '<') {
            return null;
        }
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        return header.present() ? header : null;
    }

    private void fill(JsonObject values, EventDraft event) {
        if (rest != null) {
            rest.put(values, event);
        }
        List<String> unfit = new ArrayList<>(0);
        constants.forEach(constant -> constant.writer().put(constant.value(), event));
        for (Put put : puts) {
            Object value = first(values, put.from());
            if (value != null && !put.values().isEmpty()) {
                value = put.values().getOrDefault(value.toString(), put.otherwise());
            }
            if (value != null && !put.writer().put(value, event)) {
                unfit.add("invalid:" + put.writer().field().name());
            }
        }
        for (Choice choice : choices) {
            if (holds(choice.when(), values)) {
                choice.set().forEach(constant -> constant.writer().put(constant.value(), event));
            }
        }
        if (!unfit.isEmpty()) {
            event.put(Fields.TAGS, unfit);
        }
    }

    private static boolean holds(Map<String, List<String>> when, JsonObject values) {
        for (Map.Entry<String, List<String>> condition : when.entrySet()) {
            Object value = value(values, condition.getKey());
            List<String> texts = condition.getValue();
            if (value == null || !texts.contains("*") && !texts.contains(value.toString())) {
                return false;
            }
        }
        return true;
    }

    private static Object first(JsonObject values, List<String> names) {
        for (String name : names) {
            Object value = value(values, name);
            if (value != null && !"".equals(value)) {
                return value;
            }
        }
        return null;
    }

    /** The part of that name, or the member at that dotted path; objects are no values. */
    private static Object value(JsonObject values, String path) {
        Object whole = values.members().get(path);
        if (whole != null || path.indexOf('.') < 0) {
            return whole instanceof JsonObject ? null : whole;
        }
        JsonObject object = values;
        int from = 0;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
            object = object.object(path.substring(from, dot));
            from = dot + 1;
        }
        Object value = object.members().get(path.substring(from));
        return value instanceof JsonObject ? null : value;
    }
}
