package jp.hinomi.ingest.decode.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;

/** Brings values of documents into the types of the dictionary. Stateless. */
final class EcsTypes {
    private EcsTypes() {}

    /** @return null if the value cannot be of the field's type; of an array, what cannot is left out */
    static Object convert(Field field, Object value) {
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>(list.size());
            for (Object element : list) {
                Object one = single(field, element);
                if (one != null) {
                    all.add(one);
                }
            }
            return all.isEmpty() ? null : all;
        }
        return single(field, value);
    }

    private static Object single(Field field, Object value) {
        if (field.isExtra()) {
            return value;
        }
        return switch (field.type()) {
            case TEXT -> isHost(field) ? EventDraft.hostForm(value.toString()) : value.toString();
            case TIME -> value.toString();
            case ADDRESS -> Addresses.canonical(value.toString());
            case LONG -> number(value);
            case DOUBLE -> value instanceof Number number ? (Object) number.doubleValue() : decimal(value.toString());
            case FLAG -> flag(value);
        };
    }

    private static boolean isHost(Field field) {
        return field.equals(Fields.HOST_NAME)
                || field.equals(Fields.SOURCE_DOMAIN)
                || field.equals(Fields.DESTINATION_DOMAIN)
                || field.equals(Fields.URL_DOMAIN)
                || field.equals(Fields.DNS_QUESTION_NAME)
                || field.equals(Fields.TLS_CLIENT_SERVER_NAME)
                || field.equals(Fields.RELATED_HOSTS);
    }

    private static Object number(Object value) {
        if (value instanceof Long) {
            return value;
        }
        if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e18 ? (Object) number.longValue() : null;
        }
        String text = value.toString();
        boolean negative = text.startsWith("-");
        long number = Numbers.parse(text, negative ? 1 : 0, text.length());
        return number < 0 ? null : (Object) (negative ? -number : number);
    }

    private static Object decimal(String text) {
        if (text.length() > 40) {
            return null;
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? (Object) number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Object flag(Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        return switch (value.toString().toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        };
    }
}
