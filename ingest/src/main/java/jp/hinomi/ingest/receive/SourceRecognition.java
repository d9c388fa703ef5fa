package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.city.City;
import jp.hinomi.city.Source;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Which source a syslog message is from: by the host name in its header (a source's id or one of its {@code senders}),
 * a FortiGate without header by its {@code devname}, else by the client certificate, else by the address it came from.
 * Where several sources share a sender, as a host's web server and its sshd do, the program decides. Anybody can write a
 * host name; so a source that lists {@code certificates} is believed only from whoever shows one of them. Immutable and
 * thread-safe.
 */
final class SourceRecognition {
    /** A header is within the first bytes, whatever the length of the message. */
    private static final int HEADER_BYTES = 1024;

    private static final Map<String, Set<String>> PROGRAMS = Map.of(
            "nginx", Set.of("nginx"),
            "apache", Set.of("apache", "apache2", "httpd"),
            "suricata-eve", Set.of("suricata"));

    private final Map<String, List<Source>> bySender = new HashMap<>();
    private final Map<String, List<Source>> byCertificate = new HashMap<>();
    private final SyslogParser syslog = new SyslogParser(new ZoneClock(ZoneOffset.UTC));

    /** What was found out about a sender. */
    sealed interface Sender {
        record Known(Source source) implements Sender {}

        /** @param reason what is wrong and what to do */
        record Unknown(String reason) implements Sender {}
    }

    SourceRecognition(City city) {
        for (Source source : city.sources().values()) {
            add(bySender, source.id(), source);
            source.senders().forEach(sender -> add(bySender, sender, source));
            source.certificates().forEach(name -> add(byCertificate, name, source));
        }
    }

    private static void add(Map<String, List<Source>> index, String name, Source source) {
        List<Source> sources = index.computeIfAbsent(CertificateNames.form(name), any -> new ArrayList<>(1));
        if (!sources.contains(source)) {
            sources.add(source);
        }
    }

    /** @param message at least its beginning */
    Sender of(byte[] message, Peer peer, long nowMillis) {
        String beginning = new String(message, 0, Math.min(message.length, HEADER_BYTES), ISO_8859_1);
        SyslogHeader header = syslog.parse(beginning, nowMillis);
        String host = header.host() == null ? deviceName(beginning, header.messageStart()) : header.host();
        List<Source> sources = host == null ? null : bySender.get(CertificateNames.form(host));
        if (sources == null) {
            sources = certified(peer);
        }
        if (sources == null) {
            sources = bySender.get(peer.address());
        }
        if (sources == null) {
            return new Sender.Unknown("unknown sender: "
                    + (host == null ? "no host name in the syslog header" : "host name '" + printable(host) + "'")
                    + ", sent from " + origin(peer)
                    + ": add the name or the address to \"senders\" of a source in sources.yaml");
        }
        List<Source> believed = believed(sources, peer);
        if (believed.isEmpty()) {
            return new Sender.Unknown("not believed: the message says it is of source '"
                    + sources.get(0).id() + "', which needs one of the certificates "
                    + sources.get(0).certificates() + ", but it was sent from " + origin(peer)
                    + ": send it over TLS with such a certificate, or change \"certificates\" of the source in"
                    + " sources.yaml");
        }
        return new Sender.Known(byProgram(believed, header.program()));
    }

    /** A certificate that several sources list is a relay's: what it passes on is known by host names only. */
    private List<Source> certified(Peer peer) {
        for (String name : peer.certificateNames()) {
            List<Source> sources = byCertificate.get(name);
            if (sources != null && sources.size() == 1) {
                return sources;
            }
        }
        for (String name : peer.certificateNames()) {
            List<Source> sources = bySender.get(name);
            if (sources != null) {
                return sources;
            }
        }
        return null;
    }

    private static List<Source> believed(List<Source> sources, Peer peer) {
        for (Source source : sources) {
            if (!source.certificates().isEmpty()) {
                return sources.stream()
                        .filter(each -> each.certificates().isEmpty()
                                || each.certificates().stream()
                                        .anyMatch(
                                                name -> peer.certificateNames().contains(CertificateNames.form(name))))
                        .toList();
            }
        }
        return sources;
    }

    private static String origin(Peer peer) {
        return peer.certificateNames().isEmpty()
                ? peer.address()
                : peer.address() + " with the certificate of "
                        + printable(peer.certificateNames().get(0));
    }

    private static Source byProgram(List<Source> sources, String program) {
        if (sources.size() > 1 && program != null) {
            String word = program.toLowerCase(Locale.ROOT);
            for (Source source : sources) {
                if (PROGRAMS.getOrDefault(source.format(), Set.of()).contains(word)) {
                    return source;
                }
            }
            for (Source source : sources) {
                if (!PROGRAMS.containsKey(source.format())) {
                    return source;
                }
            }
        }
        return sources.get(0);
    }

    /** {@code devname="fw-edge-01"} of a FortiGate message, or null. */
    private static String deviceName(String text, int from) {
        int key = text.indexOf("devname=", from);
        if (key < 0 || key > 0 && text.charAt(key - 1) != ' ' && text.charAt(key - 1) != '>') {
            return null;
        }
        int start = key + "devname=".length();
        boolean quoted = start < text.length() && text.charAt(start) == '"';
        int end = text.indexOf(quoted ? '"' : ' ', quoted ? start + 1 : start);
        return end < 0 ? null : text.substring(quoted ? start + 1 : start, end);
    }

    private static String printable(String host) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(host.length(), 80); i++) {
            char c = host.charAt(i);
            out.append(c > ' ' && c < 0x7F ? c : '\u00B7');
        }
        return out.toString();
    }
}
