package jp.hinomi.ingest.decode.mapped;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.ecs.EcsCatalogue;
import jp.hinomi.events.ecs.EcsField;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.MacAddress;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** Puts values into one field, in the type and the form that ECS wants. Thread-safe; one per field of a format. */
public final class FieldWriter {
    private static final Set<String> HOSTS = Set.of(
            "source.domain",
            "destination.domain",
            "client.domain",
            "server.domain",
            "url.domain",
            "dns.question.name",
            "tls.client.server_name");

    private static final int MAX_ELEMENTS = 64;

    private final Field field;
    private final String name;
    /** Empty for a field of the vendor's own. */
    private final String type;

    private final boolean several;
    private final ZoneClock zone;

    /** @param zone for times that name none */
    public FieldWriter(String name, ZoneClock zone) {
        EcsField known = EcsCatalogue.get().field(name).orElse(null);
        this.field = Fields.of(name);
        this.name = name;
        this.type = known == null ? "" : known.type();
        this.several = known == null || known.several();
        this.zone = zone;
    }

    public Field field() {
        return field;
    }

    /**
     * @param value text, number, flag, or a list of these
     * @return false if it cannot be of the field's type; the field then stays as it was
     */
    public boolean put(Object value, EventDraft event) {
        if (value instanceof List<?> list) {
            return several ? all(list, event) : list.isEmpty() || put(list.get(0), event);
        }
        String text = value.toString();
        if (text.isEmpty() || text.equals("-")) {
            return true;
        }
        switch (name) {
            case "source.address" -> event.source(text);
            case "destination.address" -> event.destination(text);
            case "host.name" -> event.hostName(text);
            case "user.name" -> event.user(text);
            case "url.original", "url.full" -> event.url(text);
            default -> {
                return name.contains(".hash.") ? hash(text, event) : typed(value, event);
            }
        }
        return true;
    }

    private boolean hash(String text, EventDraft event) {
        event.hash(field, text);
        return true;
    }

    private boolean typed(Object value, EventDraft event) {
        Object form = form(value);
        if (form == null) {
            return false;
        }
        event.put(field, form);
        related(form.toString(), event);
        return true;
    }

    private boolean all(List<?> list, EventDraft event) {
        List<Object> forms = new ArrayList<>();
        boolean fits = true;
        for (Object element : list.subList(0, Math.min(list.size(), MAX_ELEMENTS))) {
            Object form = form(element);
            if (form == null) {
                fits = false;
            } else {
                forms.add(form);
                related(form.toString(), event);
            }
        }
        event.put(field, forms);
        return fits;
    }

    private void related(String value, EventDraft event) {
        if (type.equals("ip")) {
            event.relatedIp(value);
        } else if (HOSTS.contains(name)) {
            event.relatedHost(value);
        } else if (name.endsWith("user.name") || name.startsWith("user.") && name.endsWith(".name")) {
            event.relatedUser(value);
        }
    }

    /** Null if the value cannot be of the type. */
    private Object form(Object value) {
        String text = value.toString();
        return switch (type) {
            case "" -> value;
            case "ip" -> Addresses.canonical(text);
            case "long" -> whole(value, text);
            case "float", "scaled_float" -> decimal(value, text);
            case "boolean" -> flag(text);
            case "date" -> date(text);
            default ->
                name.endsWith(".mac") ? MacAddress.ecs(text) : HOSTS.contains(name) ? EventDraft.hostForm(text) : text;
        };
    }

    private static Object whole(Object value, String text) {
        if (value instanceof Long) {
            return value;
        }
        if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e18 ? (Object) number.longValue() : null;
        }
        boolean negative = text.startsWith("-");
        long number = Numbers.parse(text, negative ? 1 : 0, text.length());
        return number < 0 ? null : (Object) (negative ? -number : number);
    }

    private static Object decimal(Object value, String text) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean point = c == '.' && text.indexOf('.') == i;
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (!point && !(c == '-' && i == 0)) {
                return null;
            }
        }
        return digits == 0 || digits > 30 ? null : Double.valueOf(text);
    }

    private static Object flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes" -> Boolean.TRUE;
            case "false", "0", "no" -> Boolean.FALSE;
            default -> null;
        };
    }

    private Object date(String text) {
        TimeScan time = new TimeScan(zone);
        return time.iso(text, 0) && time.end == text.length()
                ? java.time.Instant.ofEpochMilli(time.millis).toString()
                : null;
    }
}
