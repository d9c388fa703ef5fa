package jp.hinomi.alerting.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/** Looks a name up once and lets through only what the guard does: what comes out is what is connected to. Thread-safe. */
final class CheckedNames implements DnsResolver {
    /** More addresses of one name than this are not tried: each costs a time-out. */
    private static final int MOST = 4;

    private final EgressGuard guard;

    CheckedNames(EgressGuard guard) {
        this.guard = guard;
    }

    /** The name leads where nothing may be sent to. */
    static final class Refused extends UnknownHostException {
        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why);
        }
    }

    /** For a client that looks the name up again itself: every address must be fine, since it may take any. */
    void check(String host) throws UnknownHostException {
        for (InetAddress address : InetAddress.getAllByName(host)) {
            String why = guard.refusal(host, address).orElse(null);
            if (why != null) {
                throw new Refused(why);
            }
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> fine = new ArrayList<>();
        String refusal = null;
        for (InetAddress address : InetAddress.getAllByName(host)) {
            String why = guard.refusal(host, address).orElse(null);
            if (why != null) {
                refusal = why;
            } else if (fine.size() < MOST) {
                fine.add(address);
            }
        }
        if (fine.isEmpty()) {
            throw new Refused(refusal);
        }
        return fine.toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
