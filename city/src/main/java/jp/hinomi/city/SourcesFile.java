package jp.hinomi.city;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import jp.hinomi.events.Topics;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;

/** Reads {@code sources.yaml}. */
final class SourcesFile {
    static final String NAME = "sources.yaml";

    private record Sender(String name, String format) {}

    private record Claim(String source, Location at) {}

    private final Reading reading;
    private final Function<String, String> format;
    private final Map<Sender, Claim> senders = new HashMap<>();

    /**
     * @param formats names of the formats that can be decoded; empty = any name will do
     * @param own names of the formats that the city describes itself
     */
    SourcesFile(Reading reading, Set<String> formats, Set<String> own) {
        this.reading = reading;
        this.format = formats.isEmpty()
                ? Formats::id
                : Formats.oneOf(
                        "format",
                        Stream.concat(formats.stream(), own.stream()).sorted().toList());
    }

    List<Source> read() {
        return reading.entries(NAME, "sources", this::source);
    }

    private Optional<Source> source(Node node) {
        Optional<Form> entry = Form.of(node, "a source", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> id = form.required("id", Formats::id);
            id.ifPresent(known -> reading.references().define(References.Kind.SOURCE, known, form.at("id")));
            Optional<String> topic = form.required("topic", SourcesFile::topic);
            Optional<String> formatName = form.required("format", format);
            Optional<ZoneId> zone = form.required("zone", Formats::zone);
            Charset charset = form.optional("charset", Formats::charset).orElse(StandardCharsets.UTF_8);
            Optional<Duration> expectEvery = form.optional("expect-every", Formats::duration);
            Optional<String> resource = form.optional("resource", Formats::id);
            resource.ifPresent(known -> reading.references().use(References.Kind.RESOURCE, known, form.at("resource")));
            List<String> from = form.values("senders", SourcesFile::sender);
            List<String> certificates = form.values("certificates", SourcesFile::certificate);
            if (id.isEmpty() || topic.isEmpty() || formatName.isEmpty() || zone.isEmpty()) {
                return Optional.empty();
            }
            from.forEach(sender -> claim(sender, formatName.get(), id.get(), form.at("senders")));
            return Optional.of(reading.place(
                    new Source(
                            id.get(),
                            topic.get(),
                            formatName.get(),
                            zone.get(),
                            charset,
                            expectEvery,
                            resource,
                            from,
                            certificates),
                    form.at()));
        }
    }

    private static String topic(String text) {
        if (Topics.LOGS.contains("logs." + text)) {
            throw new Mistake("unknown-topic", "there is no topic '" + text + "'", "write 'logs." + text + "'");
        }
        return Formats.oneOf("topic", Topics.LOGS).apply(text);
    }

    /** A host name or an address, in the form that receivers compare. */
    private static String sender(String text) {
        return Addresses.parse(text)
                .map(inet.ipaddr.IPAddress::toCanonicalString)
                .or(() -> Hosts.normal(text))
                .orElseThrow(() -> new Mistake(
                        "bad-sender",
                        "'" + text + "' is neither a host name nor an address",
                        "write what stands in the syslog header, or the address that sends"));
    }

    /** What a client certificate calls its owner: a DNS name, an address, a URI or any common name. */
    private static String certificate(String text) {
        if (text.isBlank() || !text.equals(text.strip())) {
            throw new Mistake(
                    "bad-certificate",
                    "'" + text + "' is no name in a certificate",
                    "write the DNS name, the address or the common name (CN) that the client certificate has");
        }
        return text;
    }

    /**
     * A host may send the logs of its web server and of its sshd: receivers tell those apart by the program. Two sources
     * of one format they cannot tell apart.
     */
    private void claim(String sender, String format, String source, Location at) {
        Claim first = senders.putIfAbsent(new Sender(sender, format), new Claim(source, at));
        if (first != null && !first.source().equals(source)) {
            reading.error(
                    at,
                    "ambiguous-sender",
                    "'" + sender + "' is already a sender of '" + first.source() + "' in line "
                            + first.at().line() + ", in the same format",
                    "leave it to one of the two; tell them apart by the host name in their syslog headers");
        }
    }
}
