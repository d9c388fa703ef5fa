package jp.hinomi.alerting.delivery;

import com.google.re2j.Pattern;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Gateway;

/** Hands text messages and telephone calls to the city's gateway. Thread-safe. */
final class PhoneTransport implements Transport {
    private final Gateway.Kind kind;
    private final HttpSender http;
    private final Secrets secrets;
    private final Channels channels;

    PhoneTransport(Gateway.Kind kind, HttpSender http, Secrets secrets, Channels channels) {
        this.kind = kind;
        this.http = http;
        this.secrets = secrets;
        this.channels = channels;
    }

    @Override
    public String channelType() {
        return kind.word();
    }

    @Override
    public SendResult send(Leased message) {
        Channels.Lookup<Channel.Phone> lookup = channels.find(message, Channel.Phone.class);
        if (lookup instanceof Channels.Lookup.Missing<Channel.Phone> missing) {
            return new SendResult.Refused(missing.reason());
        }
        Channel.Phone phone = ((Channels.Lookup.Found<Channel.Phone>) lookup).channel();
        Optional<Gateway> known = channels.gateway(phone.gateway());
        if (known.isEmpty()) {
            return new SendResult.Refused(
                    "there is no gateway '" + phone.gateway() + "' any more: nothing was sent; see notification.yaml");
        }
        Gateway gateway = known.get();
        Map<String, String> headers = new LinkedHashMap<>();
        List<String> hidden = new ArrayList<>();
        for (Map.Entry<String, String> header : gateway.headers().entrySet()) {
            String value = header.getValue();
            if (value.startsWith("env:") || value.startsWith("file:")) {
                Secrets.Lookup secret = secrets.find(value);
                if (secret instanceof Secrets.Lookup.Missing missing) {
                    return new SendResult.Refused(missing.reason());
                }
                value = new String(((Secrets.Lookup.Found) secret).key(), StandardCharsets.UTF_8);
                hidden.add(value);
            }
            headers.put(header.getKey(), value);
        }
        String text = Columns.tree(message.message().orElseThrow()).path("text").asText();
        HttpCall call = call(gateway, phone.number(), text, Idempotency.key(message), headers);
        HttpAnswer answer = http.send(call.with(Idempotency.HEADER, Idempotency.key(message)));
        hidden.addAll(Hidden.query(gateway.url()));
        return judge(gateway, answer, hidden);
    }

    private static HttpCall call(Gateway gateway, String number, String text, String id, Map<String, String> headers) {
        Map<String, String> values = Map.of("number", number, "text", text, "id", id);
        String body = fill(gateway.body(), values, gateway.encoding() == Gateway.Encoding.FORM ? FORM : JSON);
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (gateway.method() == Gateway.Method.GET) {
            // What would be the body is the query.
            String query = fill(gateway.body(), values, FORM);
            String before = gateway.url().toString();
            return new HttpCall(
                    "GET", URI.create(before + (before.indexOf('?') < 0 ? "?" : "&") + query), all, new byte[0]);
        }
        all.putIfAbsent("Content-Type", gateway.encoding().contentType());
        return new HttpCall(gateway.method().name(), gateway.url(), all, body.getBytes(StandardCharsets.UTF_8));
    }

    private static final UnaryOperator<String> FORM = text -> URLEncoder.encode(text, StandardCharsets.UTF_8);

    /** Inside the quotes of a JSON string. */
    private static final UnaryOperator<String> JSON = text -> {
        String quoted = Columns.json(text);
        return quoted.substring(1, quoted.length() - 1);
    };

    /** In one pass: a value that looks like a placeholder stays as it is. */
    private static String fill(String template, Map<String, String> values, UnaryOperator<String> escape) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        while (true) {
            int open = template.indexOf("{{", at);
            int close = open < 0 ? -1 : template.indexOf("}}", open);
            if (close < 0) {
                return filled.append(template, at, template.length()).toString();
            }
            String value = values.get(template.substring(open + 2, close));
            filled.append(template, at, open);
            filled.append(value == null ? template.substring(open, close + 2) : escape.apply(value));
            at = close + 2;
        }
    }

    private static SendResult judge(Gateway gateway, HttpAnswer answer, List<String> secrets) {
        if (gateway.success().isPresent()
                && answer instanceof HttpAnswer.Answered answered
                && answered.isFine()
                && !Pattern.compile(gateway.success().get())
                        .matcher(answered.words())
                        .find()) {
            // It has judged: asked again it would say the same, or send twice.
            return new SendResult.Refused(
                    "the gateway answered HTTP " + answered.status() + " without what 'success' asks for: "
                            + VisibleText.plain(answered.hiding(secrets).words(), 200));
        }
        return answer.hiding(secrets).result();
    }
}
