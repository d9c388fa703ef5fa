package jp.hinomi.rules.match;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/** Random detections and events over few fields and a small alphabet, so that they meet often. */
final class RandomSigma {
    private static final List<String> TEXT_FIELDS =
            List.of("user.name", "url.path", "process.command_line", "acme.note", "acme.tag", "message");
    private static final List<String> ALL_FIELDS = List.of(
            "user.name",
            "url.path",
            "process.command_line",
            "acme.note",
            "acme.tag",
            "message",
            "event.original",
            "source.port",
            "source.ip",
            "acme.score");
    private static final String[] LETTERS = {
        "a", "b", "A", "B", "-", "/", "\\", ".", " ", "é", "É", "\u212A", "k", "火", "1"
    };
    private static final String[] ADDRESSES = {"10.0.0.1", "10.0.1.7", "192.168.3.4", "203.0.113.9", "10.1.0.0"};
    private static final String[] NETWORKS = {
        "10.0.0.0/8", "10.0.0.0/24", "192.168.0.0/16", "203.0.113.9/32", "0.0.0.0/0"
    };
    private static final String[] REGEXES = {
        "a+b",
        "^ab",
        "b$",
        "a.b",
        "(a|b)1",
        "[ab]{2}k",
        "ab?c?a",
        "1",
        "ab|ba",
        "a\\.b",
        "(a|b)+k",
        "(?:ab|kk)?1",
        "a{1,2}b",
        "(a|)(b|k)1"
    };

    private final Random random;

    RandomSigma(long seed) {
        random = new Random(seed);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String any(String[] of) {
        return of[random.nextInt(of.length)];
    }

    private String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(any(LETTERS));
        }
        return text.toString();
    }

    private String pattern() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(random.nextInt(6) == 0 ? any(new String[] {"*", "?", "\\*", "\\?", "\\\\"}) : any(LETTERS));
        }
        return text.toString();
    }

    Map<String, Object> detection() {
        Map<String, Object> detection = new LinkedHashMap<>();
        int identifiers = 1 + random.nextInt(4);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < identifiers; i++) {
            String name = any(new String[] {"sel", "sel_x", "filter", "_part"}) + i;
            names.add(name);
            detection.put(name, identifier());
        }
        detection.put("condition", condition(names, 3));
        return detection;
    }

    private String condition(List<String> names, int depth) {
        List<String> visible =
                names.stream().filter(name -> !name.startsWith("_")).toList();
        return switch (random.nextInt(depth == 0 ? 1 : 8)) {
            case 1 -> condition(names, depth - 1) + " and " + condition(names, depth - 1);
            case 2 -> condition(names, depth - 1) + " or " + condition(names, depth - 1);
            case 3 -> "not " + any(names);
            case 4 -> "(" + condition(names, depth - 1) + ")";
            case 5 -> visible.isEmpty() ? any(names) : any(new String[] {"1", "all"}) + " of them";
            case 6 ->
                visible.isEmpty()
                        ? any(names)
                        : any(new String[] {"1", "all"}) + " of " + any(visible).substring(0, 3) + "*";
            case 7 -> visible.isEmpty() ? any(names) : (1 + random.nextInt(visible.size())) + " of them";
            default -> any(names);
        };
    }

    private Object identifier() {
        if (random.nextInt(5) == 0) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                list.add(random.nextInt(3) == 0 ? map() : pattern());
            }
            return list;
        }
        return map();
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            item(map);
        }
        return map;
    }

    private void item(Map<String, Object> map) {
        String neq = random.nextInt(8) == 0 ? "|neq" : "";
        switch (random.nextInt(12)) {
            case 0 -> map.put(any(ALL_FIELDS) + neq, null);
            case 1 -> map.put(any(ALL_FIELDS) + "|exists", random.nextBoolean());
            case 2 ->
                map.put(any(ALL_FIELDS) + "|" + any(new String[] {"lt", "lte", "gt", "gte"}) + neq, random.nextInt(4));
            case 3 -> map.put(any(ALL_FIELDS) + neq, random.nextInt(4));
            case 4 -> map.put("source.ip|cidr" + neq, List.of(any(NETWORKS), any(NETWORKS)));
            case 5 -> map.put(any(TEXT_FIELDS) + "|re" + (random.nextBoolean() ? "|i" : "") + neq, any(REGEXES));
            case 6 -> map.put(any(TEXT_FIELDS) + "|fieldref" + neq, any(TEXT_FIELDS));
            case 7 -> map.put(any(TEXT_FIELDS) + "|windash|contains", "-" + any(new String[] {"a", "b", "ab"}));
            case 8 -> map.put(any(TEXT_FIELDS) + "|base64|contains", "a" + any(new String[] {"", "b", "kk"}));
            default -> {
                String modifiers = any(new String[] {
                    "",
                    "|contains",
                    "|startswith",
                    "|endswith",
                    "|contains",
                    "|cased",
                    "|contains|cased",
                    "|startswith|cased",
                    "|endswith|cased"
                });
                List<Object> values = new ArrayList<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    values.add(
                            switch (random.nextInt(12)) {
                                case 0 -> random.nextInt(20);
                                case 1 -> "";
                                default -> pattern();
                            });
                }
                boolean all = values.size() > 1 && random.nextInt(3) == 0;
                map.put(any(ALL_FIELDS) + modifiers + (all ? "|all" : "") + neq, values);
            }
        }
    }

    SecurityEvent event() {
        SecurityEvent.Builder event = new SecurityEvent.Builder("test-0-1", 0);
        for (String field : ALL_FIELDS) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    // Absent.
                }
                case 1 -> event.put(Fields.of(field), List.of(value(field), value(field), value(field)));
                default -> event.put(Fields.of(field), value(field));
            }
        }
        return event.build();
    }

    private Object value(String field) {
        if (field.equals("source.ip")) {
            return any(ADDRESSES);
        }
        if (field.equals("source.port") || field.equals("acme.score")) {
            return switch (random.nextInt(6)) {
                case 0 -> random.nextInt(4) * 0.5;
                case 1 -> String.valueOf(random.nextInt(20));
                case 2 -> Double.NaN;
                default -> (long) random.nextInt(20);
            };
        }
        return switch (random.nextInt(10)) {
            case 0 -> random.nextBoolean();
            case 1 -> "";
            case 2 -> "YWI=YWtrYQ==" + text(2);
            default -> text(6);
        };
    }
}
