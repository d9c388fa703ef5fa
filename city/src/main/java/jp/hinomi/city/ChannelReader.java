package jp.hinomi.city;

import java.net.URI;
import java.util.Optional;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.document.Node;

/** Reads one entry of a contact's {@code channels}. */
final class ChannelReader {
    private static final int SYSLOG_TLS = 6514; // RFC 5425, 4.1

    private ChannelReader() {}

    static Optional<Channel> read(Node node, Reading reading) {
        Optional<Form> entry = Form.of(node, "a channel", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> type = form.required("type", Formats.oneOf("type of channel", Channel.TYPES));
            Optional<Tlp> maxTlp = form.optional("max-tlp", Formats.word("TLP label", Tlp.values(), Tlp::word));
            if (type.isEmpty()) {
                // Which keys belong here is not known, so no key is called unknown.
                form.any();
                return Optional.empty();
            }
            return switch (type.get()) {
                case "email" -> form.required("address", Reachable::email).map(to -> new Channel.Email(to, maxTlp));
                case "webhook" -> webhook(form, maxTlp, reading);
                case "line-works" -> lineWorks(form, maxTlp);
                case "syslog" -> syslog(form, maxTlp);
                case "kafka" -> kafka(form, maxTlp);
                case "sms" -> phone(form, Gateway.Kind.SMS, maxTlp, reading);
                case "voice" -> phone(form, Gateway.Kind.VOICE, maxTlp, reading);
                default -> chat(form, type.get(), maxTlp);
            };
        }
    }

    private static Optional<Channel> webhook(Form form, Optional<Tlp> maxTlp, Reading reading) {
        Optional<URI> url = form.required("url", Reachable::url);
        Optional<String> secret = form.optional("secret", Reachable::secret);
        boolean unsigned = form.optional("unsigned", Formats::flag).orElse(false);
        if (form.has("secret") && unsigned) {
            reading.error(
                    form.at("unsigned"),
                    "contradiction",
                    "this webhook has a secret to sign with and is said to be unsigned",
                    "leave one of the two out");
        } else if (!form.has("secret") && !unsigned) {
            reading.accept(Tolerated.unsignedWebhook(form.at()));
        }
        return url.map(known -> new Channel.Webhook(known, secret, maxTlp));
    }

    private static Optional<Channel> chat(Form form, String type, Optional<Tlp> maxTlp) {
        Optional<String> url = form.required("url", Reachable::secretUrl);
        for (Channel.Chat.Product product : Channel.Chat.Product.values()) {
            if (product.word().equals(type)) {
                return url.map(known -> new Channel.Chat(product, known, maxTlp));
            }
        }
        throw new IllegalStateException("no reader for channels of type " + type);
    }

    private static Optional<Channel> lineWorks(Form form, Optional<Tlp> maxTlp) {
        Optional<String> bot = form.required("bot", Reachable::token);
        Optional<String> channel = form.optional("channel", Reachable::token);
        Optional<String> user = form.optional("user", Reachable::token);
        Optional<String> clientId = form.required("client-id", Reachable::token);
        Optional<String> clientSecret = form.required("client-secret", Reachable::secret);
        Optional<String> account = form.required("service-account", Reachable::token);
        Optional<String> key = form.required("private-key", Reachable::secret);
        URI api = form.optional("api", Reachable::url).orElse(Channel.LineWorks.API);
        URI auth = form.optional("auth", Reachable::url).orElse(Channel.LineWorks.AUTH);
        if (form.has("channel") == form.has("user")) {
            form.error(
                    form.at(),
                    "no-receiver",
                    "a channel of type line-works writes either to a talk room or to a member",
                    "give one of 'channel: ID' and 'user: ID'");
            return Optional.empty();
        }
        Optional<String> to = channel.map(id -> "channels/" + id).or(() -> user.map(id -> "users/" + id));
        if (bot.isEmpty()
                || to.isEmpty()
                || clientId.isEmpty()
                || clientSecret.isEmpty()
                || account.isEmpty()
                || key.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Channel.LineWorks(
                bot.get(), to.get(), clientId.get(), clientSecret.get(), account.get(), key.get(), api, auth, maxTlp));
    }

    private static Optional<Channel> syslog(Form form, Optional<Tlp> maxTlp) {
        Optional<String> host = form.required("host", Reachable::host);
        int port = form.optional("port", Reachable::port).orElse(SYSLOG_TLS);
        boolean tls = form.optional("tls", Reachable::yesOrNo).orElse(true);
        Channel.Syslog.Format format = form.optional(
                        "format", Formats.word("format", Channel.Syslog.Format.values(), Channel.Syslog.Format::word))
                .orElse(Channel.Syslog.Format.CEF);
        Optional<String> ca = form.optional("ca", Reachable::file);
        Optional<String> certificate = form.optional("certificate", Reachable::file);
        Optional<String> key = form.optional("key", Reachable::secret);
        if (form.has("certificate") != form.has("key")) {
            form.error(
                    form.at(),
                    "half-certificate",
                    "a certificate is of no use without its key, nor a key without its certificate",
                    "give both 'certificate: file:/path' and 'key: file:/path'");
            return Optional.empty();
        }
        if (form.has("certificate") && (certificate.isEmpty() || key.isEmpty())) {
            return Optional.empty();
        }
        return host.map(known -> new Channel.Syslog(known, port, tls, format, ca, certificate, key, maxTlp));
    }

    private static Optional<Channel> kafka(Form form, Optional<Tlp> maxTlp) {
        Optional<String> bootstrap = form.required("bootstrap", Reachable::bootstrap);
        Optional<String> topic = form.required("topic", Reachable::topic);
        Optional<String> properties = form.optional("properties", Reachable::file);
        return bootstrap.isEmpty() || topic.isEmpty()
                ? Optional.empty()
                : Optional.of(new Channel.Kafka(bootstrap.get(), topic.get(), properties, maxTlp));
    }

    private static Optional<Channel> phone(Form form, Gateway.Kind kind, Optional<Tlp> maxTlp, Reading reading) {
        Optional<String> number = form.required("number", Reachable::phone);
        Optional<String> gateway = form.required("gateway", Formats::id);
        gateway.ifPresent(id -> reading.references().use(References.Kind.GATEWAY, id, form.at("gateway")));
        return number.isEmpty() || gateway.isEmpty()
                ? Optional.empty()
                : Optional.of(new Channel.Phone(kind, number.get(), gateway.get(), maxTlp));
    }
}
