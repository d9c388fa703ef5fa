package jp.hinomi.ingest.receive;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate in force. Renewed ones are taken over when their files change: connections that stand keep the old one,
 * new ones get the new. What cannot be used is reported, and the old one stays. {@link #look} is for one thread at a time.
 */
final class TlsKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(TlsKeeper.class);

    private static final Duration WARN_BEFORE = Duration.ofDays(14);
    private static final Duration WARN_EVERY = Duration.ofDays(1);

    private final TlsSettings settings;
    private final Clock clock;
    private volatile TlsIdentity identity;
    private List<String> inForce;
    private List<String> lastSeen;
    private Instant warned = Instant.MIN;

    private TlsKeeper(TlsSettings settings, Clock clock) throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.inForce = stamps();
        this.lastSeen = inForce;
        this.identity = TlsIdentity.read(settings, clock.instant());
        LOG.info("TLS with the certificate of {}, which ends {}", identity.subject(), identity.expires());
        warnOfTheEnd();
    }

    /** @throws IOException if the files cannot be used; the message says which and why */
    static TlsKeeper open(TlsSettings settings, Clock clock) throws IOException {
        return new TlsKeeper(settings, clock);
    }

    TlsIdentity identity() {
        return identity;
    }

    SslHandler handler(ByteBufAllocator allocator) {
        return identity.context().newHandler(allocator);
    }

    /** A change is taken over once two looks have seen the same: certificate and key are not written in one moment. */
    void look() {
        List<String> now = stamps();
        boolean settled = now.equals(lastSeen);
        lastSeen = now;
        if (settled && !now.equals(inForce)) {
            inForce = now;
            try {
                identity = TlsIdentity.read(settings, clock.instant());
                warned = Instant.MIN;
                LOG.info(
                        "took over the renewed certificate of {}, which ends {}",
                        identity.subject(),
                        identity.expires());
            } catch (IOException | RuntimeException e) {
                LOG.error(
                        "the files of the TLS certificate changed, but cannot be used ({}); the certificate of {} stays"
                                + " in force until {}",
                        e.getMessage(),
                        identity.subject(),
                        identity.expires());
            }
        }
        warnOfTheEnd();
    }

    private void warnOfTheEnd() {
        Instant now = clock.instant();
        if (now.isAfter(identity.expires().minus(WARN_BEFORE))
                && (warned.equals(Instant.MIN) || now.isAfter(warned.plus(WARN_EVERY)))) {
            warned = now;
            LOG.warn(
                    "the TLS certificate of {} ends {}: senders refuse it then; renew {}",
                    identity.subject(),
                    identity.expires(),
                    settings.certificate());
        }
    }

    private List<String> stamps() {
        List<String> stamps = new ArrayList<>();
        Stream.concat(Stream.of(settings.certificate(), settings.key()), settings.clientAuthorities().stream())
                .forEach(file -> stamps.add(stamp(file)));
        return stamps;
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return is.lastModifiedTime() + " " + is.size() + " " + is.fileKey();
        } catch (IOException e) {
            return "unreadable: " + e;
        }
    }
}
