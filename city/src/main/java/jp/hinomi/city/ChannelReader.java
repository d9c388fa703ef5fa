package jp.hinomi.city;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;

/** Reads one entry of a contact's {@code channels}. */
final class ChannelReader {
    private static final List<String> TYPES = List.of("email", "webhook");

    private ChannelReader() {}

    static Optional<Channel> read(Node node, Reading reading) {
        Optional<Form> entry = Form.of(node, "a channel", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> type = form.required("type", Formats.oneOf("type of channel", TYPES));
            if (type.isEmpty()) {
                // Which keys belong here is not known, so no key is called unknown.
                form.optional("address", text -> text);
                form.optional("url", text -> text);
                form.optional("secret", Reachable::secret);
                return Optional.empty();
            }
            return type.get().equals("email")
                    ? form.required("address", Reachable::email).map(Channel.Email::new)
                    : webhook(form, reading);
        }
    }

    private static Optional<Channel> webhook(Form form, Reading reading) {
        Optional<URI> url = form.required("url", Reachable::url);
        Optional<String> secret = form.optional("secret", Reachable::secret);
        if (!form.has("secret")) {
            reading.accept(Problem.warning(
                    form.at(),
                    "unsigned-webhook",
                    "the receiver of this webhook cannot tell Hinomi's posts from anybody's",
                    "add 'secret: env:NAME' and give the receiver the same key"));
        }
        return url.map(known -> new Channel.Webhook(known, secret));
    }
}
