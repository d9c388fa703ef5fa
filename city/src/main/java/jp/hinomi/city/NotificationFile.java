package jp.hinomi.city;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Suggestion;

/** Reads {@code notification.yaml}, which may be missing. */
final class NotificationFile {
    static final String NAME = "notification.yaml";

    private static final Set<String> PLACEHOLDERS = Set.of("number", "text", "id");
    private static final java.util.regex.Pattern PLACEHOLDER = java.util.regex.Pattern.compile("\\{\\{([^{}]*)\\}\\}");

    private final Reading reading;

    NotificationFile(Reading reading) {
        this.reading = reading;
    }

    Notification read() {
        Notification standard = Notification.standard();
        if (!reading.has(NAME)) {
            return standard;
        }
        Optional<Form> entry =
                reading.root(NAME, "notification").flatMap(node -> Form.of(node, "'notification'", reading));
        if (entry.isEmpty()) {
            return standard;
        }
        try (Form form = entry.get()) {
            List<String> egress = form.form("egress", false, "'egress'")
                    .map(NotificationFile::egress)
                    .orElse(List.of());
            List<Gateway> gateways = new ArrayList<>();
            for (Node gateway : form.list("gateways", false)) {
                gateway(gateway).ifPresent(gateways::add);
            }
            QuietFile quiet = new QuietFile(reading);
            Optional<Grouping> grouping =
                    form.form("grouping", false, "'grouping'").flatMap(quiet::grouping);
            Storm storm = form.form("storm", false, "'storm'").map(quiet::storm).orElse(standard.storm());
            List<Inhibition> inhibitions = new ArrayList<>();
            form.list("inhibitions", false)
                    .forEach(node -> quiet.inhibition(node).ifPresent(inhibitions::add));
            List<Silence> silences = new ArrayList<>();
            form.list("silences", false).forEach(node -> quiet.silence(node).ifPresent(silences::add));
            Set<PersonalData> masking = form.has("masking")
                    ? Set.copyOf(form.values("masking", NotificationFile::personalData))
                    : standard.masking();
            form.optionalKey("masking");
            DeliveryTerms delivery = form.form("delivery", false, "'delivery'")
                    .map(NotificationFile::delivery)
                    .orElse(standard.delivery());
            return new Notification(
                    egress,
                    City.byId(gateways, Gateway::id),
                    grouping,
                    storm,
                    inhibitions,
                    silences,
                    masking,
                    delivery);
        }
    }

    private static DeliveryTerms delivery(Form entry) {
        DeliveryTerms standard = DeliveryTerms.standard();
        try (Form form = entry) {
            Duration deadline = form.optional("deadline", Formats::duration).orElse(standard.deadline());
            Duration alarmAfter =
                    form.optional("alarm-after", Formats::duration).orElse(standard.alarmAfter());
            if (DeliveryTerms.isInTime(deadline, alarmAfter)) {
                return new DeliveryTerms(deadline, alarmAfter);
            }
            form.error(
                    form.at(form.has("alarm-after") ? "alarm-after" : "deadline"),
                    "alarm-too-late",
                    "messages are given up before the alarm that they fail: 'alarm-after' is " + minutes(alarmAfter)
                            + " and 'deadline' is " + minutes(deadline),
                    "write an 'alarm-after' that is shorter than the 'deadline'");
            return standard;
        }
    }

    private static String minutes(Duration duration) {
        return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }

    private static PersonalData personalData(String text) {
        return Formats.word("class of data about people", PersonalData.values(), PersonalData::word)
                .apply(text);
    }

    private static List<String> egress(Form entry) {
        try (Form form = entry) {
            return form.values("allow", NotificationFile::allowed);
        }
    }

    /** A block, an address, a host name, or {@code *.} and a name. */
    private static String allowed(String text) {
        if (text.contains("/") || Addresses.parse(text).isPresent()) {
            return Addresses.block(text).toCanonicalString();
        }
        return Hosts.pattern(text);
    }

    private Optional<Gateway> gateway(Node node) {
        Optional<Form> entry = Form.of(node, "a gateway", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> id = form.required("id", Formats::id);
            id.ifPresent(known -> reading.references().define(References.Kind.GATEWAY, known, form.at("id")));
            Optional<Gateway.Kind> kind =
                    form.required("kind", Formats.word("kind of gateway", Gateway.Kind.values(), Gateway.Kind::word));
            Optional<URI> url = form.required("url", Reachable::url);
            Gateway.Method method = form.optional(
                            "method", Formats.word("method", Gateway.Method.values(), Gateway.Method::name))
                    .orElse(Gateway.Method.POST);
            Gateway.Encoding encoding = form.optional(
                            "encoding", Formats.word("encoding", Gateway.Encoding.values(), Gateway.Encoding::word))
                    .orElse(Gateway.Encoding.JSON);
            Optional<String> body = form.required("body", NotificationFile::body);
            Optional<String> success = form.optional("success", NotificationFile::expression);
            Map<String, String> headers = headers(form);
            Optional<Integer> maxLength = form.optional("max-length", text -> number(text, 20, 4000));
            Optional<Integer> limit = form.optional("limit", text -> number(text, 1, 1000));
            Duration window = form.optional("window", Formats::duration).orElse(Duration.ofMinutes(15));
            if (id.isEmpty() || kind.isEmpty() || url.isEmpty() || body.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Gateway(
                    id.get(),
                    kind.get(),
                    url.get(),
                    method,
                    headers,
                    encoding,
                    body.get(),
                    success,
                    maxLength.orElse(kind.get().maxLength()),
                    limit.orElse(kind.get().limit()),
                    window));
        }
    }

    private Map<String, String> headers(Form form) {
        Map<String, String> headers = new LinkedHashMap<>();
        Optional<Node.Mapping> mapping = form.mapping("headers");
        if (mapping.isEmpty()) {
            return headers;
        }
        for (String name : mapping.get().names()) {
            Node value = mapping.get().get(name);
            if (!name.matches("[A-Za-z0-9-]{1,100}") || !(value instanceof Node.Scalar scalar) || scalar.isNull()) {
                form.error(
                        mapping.get().keyAt(name),
                        "bad-header",
                        "'" + name + "' is not the name of a header with one value",
                        "write Name: value, with letters, digits and '-' in the name");
            } else if (SecretReference.isOurs(scalar.text())) {
                Mistake mistake = Reachable.ours(scalar.text());
                form.error(value.at(), mistake.code(), mistake.getMessage(), mistake.remedy());
            } else if (name.equalsIgnoreCase("authorization") && !scalar.text().matches("(env|file):.+")) {
                form.error(
                        value.at(),
                        "secret-in-file",
                        "what authenticates us does not belong into a file",
                        "write env:NAME or file:/path, which hold the whole value of the header");
            } else if (scalar.text().chars().anyMatch(c -> c < ' ' || c > '~')) {
                form.error(value.at(), "bad-header", "the value of '" + name + "' is not plain ASCII", "correct it");
            } else {
                headers.put(name, scalar.text());
            }
        }
        return headers;
    }

    private static String body(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            if (!PLACEHOLDERS.contains(matcher.group(1))) {
                throw new Mistake(
                        "unknown-placeholder",
                        "there is no {{" + matcher.group(1) + "}}",
                        Suggestion.remedy(
                                matcher.group(1), PLACEHOLDERS.stream().sorted().toList()));
            }
        }
        if (!text.contains("{{text}}") || !text.contains("{{number}}")) {
            throw new Mistake(
                    "no-placeholder",
                    "the body does not say what goes where",
                    "use {{number}} for the receiver and {{text}} for the message");
        }
        return text;
    }

    private static String expression(String text) {
        try {
            Pattern.compile(text);
            return text;
        } catch (PatternSyntaxException e) {
            throw new Mistake(
                    "bad-expression", "'" + text + "' is not an expression: " + e.getDescription(), "correct it");
        }
    }

    static int number(String text, int least, int most) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new Mistake(
                    "bad-number", "'" + text + "' is no number that fits", "write one from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }
}
