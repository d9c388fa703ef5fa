package jp.hinomi.rules.match;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/**
 * The reference: a slow, plain reading of the Sigma specification over the YAML's own maps and lists. Shares no code with
 * the product: other parser, other pattern matching (java.util.regex), no index.
 */
final class NaiveSigma {
    private final Map<String, Object> detection;
    private final SecurityEvent event;
    private List<String> tokens;
    private int next;

    private NaiveSigma(Map<String, Object> detection, SecurityEvent event) {
        this.detection = detection;
        this.event = event;
    }

    static boolean holds(Map<String, Object> detection, SecurityEvent event) {
        return new NaiveSigma(detection, event).condition();
    }

    private boolean condition() {
        String text = detection.get("condition").toString();
        tokens = Arrays.asList(
                text.replace("(", " ( ").replace(")", " ) ").strip().split("\\s+"));
        return or();
    }

    private boolean or() {
        boolean value = and();
        while (next < tokens.size() && tokens.get(next).equals("or")) {
            next++;
            value |= and();
        }
        return value;
    }

    private boolean and() {
        boolean value = not();
        while (next < tokens.size() && tokens.get(next).equals("and")) {
            next++;
            value &= not();
        }
        return value;
    }

    private boolean not() {
        String token = tokens.get(next++);
        if (token.equals("not")) {
            return !not();
        }
        if (token.equals("(")) {
            boolean value = or();
            next++;
            return value;
        }
        if (next < tokens.size() && tokens.get(next).equals("of")) {
            String pattern = tokens.get(next + 1);
            next += 2;
            long all = 0;
            long held = 0;
            for (String name : detection.keySet()) {
                if (!name.equals("condition")
                        && !name.startsWith("_")
                        && (pattern.equals("them") || name.matches(pattern.replace("*", ".*")))) {
                    all++;
                    held += identifier(detection.get(name)) ? 1 : 0;
                }
            }
            return token.equals("all") ? held == all : held >= Integer.parseInt(token);
        }
        return identifier(detection.get(token));
    }

    private boolean identifier(Object definition) {
        if (definition instanceof Map<?, ?> map) {
            return map.entrySet().stream().allMatch(item -> item(item.getKey().toString(), item.getValue()));
        }
        return ((List<?>) definition)
                .stream().anyMatch(part -> part instanceof Map<?, ?> ? identifier(part) : item("", part));
    }

    private boolean item(String key, Object written) {
        List<String> parts = Arrays.asList(key.split("\\|"));
        List<String> modifiers = parts.subList(Math.min(1, parts.size()), parts.size());
        String field = parts.isEmpty() ? "" : parts.get(0);
        List<Object> values = new ArrayList<>();
        if (written instanceof List<?> list) {
            values.addAll(list);
        } else {
            values.add(written);
        }
        boolean result;
        if (modifiers.contains("exists")) {
            result = elements(field).isEmpty() != (Boolean) values.get(0);
        } else if (values.get(0) == null) {
            result = elements(field).isEmpty();
        } else if (modifiers.contains("all")) {
            result = values.stream().allMatch(value -> value(field, modifiers, value));
        } else {
            result = values.stream().anyMatch(value -> value(field, modifiers, value));
        }
        return modifiers.contains("neq") != result;
    }

    private boolean value(String field, List<String> modifiers, Object value) {
        if (field.isEmpty()) {
            List<String> wider = new ArrayList<>(modifiers);
            wider.add("contains");
            return value("event.original", wider, value) || value("message", wider, value);
        }
        // Decoders keep no empty values: asking for one asks for a field that is not there.
        boolean empty = "".equals(value) && List.of("neq", "cased").containsAll(modifiers);
        return empty && elements(field).isEmpty()
                || elements(field).stream().anyMatch(element -> one(element, modifiers, value));
    }

    private List<Object> elements(String field) {
        Object value = event.get(Fields.of(field));
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list ? new ArrayList<>(list) : List.of(value);
    }

    private boolean one(Object element, List<String> modifiers, Object value) {
        for (String operator : List.of("lt", "lte", "gt", "gte")) {
            if (modifiers.contains(operator)) {
                return compares(element, operator, ((Number) value).doubleValue());
            }
        }
        if (modifiers.contains("fieldref")) {
            return elements(value.toString()).stream()
                    .anyMatch(other -> fold(other.toString()).equals(fold(element.toString())));
        }
        if (modifiers.contains("re")) {
            return Pattern.compile(
                            value.toString(),
                            modifiers.contains("i") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0)
                    .matcher(element.toString())
                    .find();
        }
        if (modifiers.contains("cidr")) {
            return inNetwork(element.toString(), value.toString());
        }
        if (value instanceof Number number && modifiers.stream().noneMatch(NaiveSigma::changesText)) {
            return element instanceof Number other
                    ? other.doubleValue() == number.doubleValue()
                    : element.toString().equals(number.toString());
        }
        return texts(value.toString(), modifiers).stream()
                .anyMatch(regex -> text(element.toString(), regex, modifiers));
    }

    private static boolean changesText(String modifier) {
        return List.of("contains", "startswith", "endswith").contains(modifier);
    }

    /** The value's texts in Sigma's own notation. */
    private static List<String> texts(String value, List<String> modifiers) {
        List<String> texts = List.of(value);
        if (modifiers.contains("windash")) {
            List<String> all = new ArrayList<>();
            for (String dash : List.of("-", "/", "\u2013", "\u2014", "\u2015")) {
                all.add(value.startsWith("-") ? dash + value.substring(1) : value);
            }
            texts = all;
        }
        if (modifiers.contains("base64")) {
            texts = List.of(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        }
        return texts;
    }

    private static boolean text(String element, String sigma, List<String> modifiers) {
        boolean cased = modifiers.contains("cased");
        StringBuilder regex = new StringBuilder();
        if (modifiers.contains("contains") || modifiers.contains("endswith")) {
            regex.append(".*");
        }
        for (int i = 0; i < sigma.length(); i++) {
            char c = sigma.charAt(i);
            if (c == '\\' && i + 1 < sigma.length() && "*?\\".indexOf(sigma.charAt(i + 1)) >= 0) {
                regex.append(Pattern.quote(sigma.substring(++i, i + 1)));
            } else if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else {
                String literal = String.valueOf(c);
                regex.append(Pattern.quote(cased ? literal : fold(literal)));
            }
        }
        if (modifiers.contains("contains") || modifiers.contains("startswith")) {
            regex.append(".*");
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL)
                .matcher(cased ? element : fold(element))
                .matches();
    }

    private static boolean compares(Object element, String operator, double bound) {
        if (!(element instanceof Number) && !element.toString().matches("-?[0-9]+(\\.[0-9]+)?")) {
            return false;
        }
        double number = Double.parseDouble(element.toString());
        return switch (operator) {
            case "lt" -> number < bound;
            case "lte" -> number <= bound;
            case "gt" -> number > bound;
            default -> number >= bound;
        };
    }

    private static boolean inNetwork(String element, String network) {
        if (!element.matches("[0-9]+(\\.[0-9]+){3}")) {
            return false;
        }
        int bits = Integer.parseInt(network.substring(network.indexOf('/') + 1));
        long mask = -1L << (32 - bits);
        return (number(element) & mask) == (number(network.substring(0, network.indexOf('/'))) & mask);
    }

    private static long number(String address) {
        return Arrays.stream(address.split("\\.")).mapToLong(Long::parseLong).reduce(0, (a, b) -> a << 8 | b);
    }

    private static String fold(String text) {
        StringBuilder folded = new StringBuilder();
        for (char c : text.toCharArray()) {
            folded.append(Character.toLowerCase(Character.toUpperCase(c)));
        }
        return folded.toString();
    }
}
