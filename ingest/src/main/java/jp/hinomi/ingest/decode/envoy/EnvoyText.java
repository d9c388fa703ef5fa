package jp.hinomi.ingest.decode.envoy;

import jp.hinomi.ingest.decode.text.TimeScan;

/**
 * Takes an entry in Envoy's default text format, or Istio's longer one, apart. Envoy escapes nothing, so what a client may
 * write freely is found from both sides: quotes in a user agent stay in the user agent. Stateless.
 */
final class EnvoyText {
    static final String ACCESS = "ACCESS ";

    private EnvoyText() {}

    /** @return null if the text is no such entry */
    static AccessEntry read(String text, int from, TimeScan time) {
        int start = text.startsWith(ACCESS, from) ? from + ACCESS.length() : from;
        if (start >= text.length() || text.charAt(start) != '[' || !time.iso(text, start + 1)) {
            return null;
        }
        if (!text.startsWith("] \"", time.end)) {
            return null;
        }
        AccessEntry entry = new AccessEntry();
        entry.millis = time.millis;
        int request = time.end + 3;
        int requestEnd = text.indexOf("\" ", request);
        if (requestEnd < 0 || !request(text, request, requestEnd, entry)) {
            return null;
        }
        return new Rest(text, requestEnd + 2).read(entry) ? entry : null;
    }

    /** {@code GET /path HTTP/1.1}, or {@code - - -} of a connection that is not HTTP. */
    private static boolean request(String text, int from, int to, AccessEntry entry) {
        int method = text.indexOf(' ', from);
        int protocol = text.lastIndexOf(' ', to - 1);
        if (method < 0 || method >= to || protocol <= method) {
            return false;
        }
        entry.method = text.substring(from, method);
        entry.path = text.substring(method + 1, protocol);
        entry.protocol = text.substring(protocol + 1, to);
        return true;
    }

    /** What follows the request. */
    private static final class Rest {
        private final String text;
        private int at;

        Rest(String text, int at) {
            this.text = text;
            this.at = at;
        }

        boolean read(AccessEntry entry) {
            entry.code = word();
            entry.flags = word();
            String first = word();
            String second = word();
            entry.istio = at < text.length() && text.charAt(at) == '"';
            if (entry.istio) {
                entry.codeDetails = first;
                entry.terminationDetails = second;
                int end = text.indexOf("\" ", at + 1);
                if (end < 0) {
                    return false;
                }
                entry.transportFailure = text.substring(at + 1, end);
                at = end + 2;
                first = word();
                second = word();
            }
            entry.received = first;
            entry.sent = second;
            entry.duration = word();
            entry.serviceTime = word();
            return quoted(entry) && (!entry.istio || istioTail(entry));
        }

        /** X-Forwarded-For, user agent, request id, authority and upstream host, each in quotes. */
        private boolean quoted(AccessEntry entry) {
            int last = text.lastIndexOf('"');
            if (at >= text.length() || text.charAt(at) != '"' || last <= at) {
                return false;
            }
            int host = before(last);
            int authority = host < 0 ? -1 : before(host - 2);
            int id = authority < 0 ? -1 : before(authority - 2);
            int forwardedEnd = text.indexOf("\" \"", at + 1);
            if (id < 0 || forwardedEnd < 0 || forwardedEnd + 3 > id - 2) {
                return false;
            }
            entry.upstreamHost = text.substring(host + 1, last);
            entry.authority = text.substring(authority + 1, host - 2);
            entry.requestId = text.substring(id + 1, authority - 2);
            entry.userAgent = text.substring(forwardedEnd + 3, id - 2);
            entry.forwardedFor = text.substring(at + 1, forwardedEnd);
            at = Math.min(last + 2, text.length());
            return true;
        }

        /** The opening quote of the value whose closing quote is there; -1 unless another value stands before it. */
        private int before(int closing) {
            if (closing <= at + 2) {
                return -1;
            }
            int open = text.lastIndexOf("\" \"", closing - 3);
            return open <= at ? -1 : open + 2;
        }

        private boolean istioTail(AccessEntry entry) {
            entry.upstreamCluster = word();
            entry.upstreamLocal = word();
            entry.downstreamLocal = word();
            entry.downstreamRemote = word();
            entry.serverName = word();
            entry.routeName = at < text.length() ? text.substring(at) : null;
            return true;
        }

        private String word() {
            int space = text.indexOf(' ', at);
            int end = space < 0 ? text.length() : space;
            String word = text.substring(Math.min(at, end), end);
            at = Math.min(end + 1, text.length());
            return word;
        }
    }
}
