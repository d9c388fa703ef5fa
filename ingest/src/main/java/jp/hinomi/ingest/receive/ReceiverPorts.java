package jp.hinomi.ingest.receive;

/**
 * The ports of the receivers: each 1–65535, 0 for any free one, or {@link #OFF}.
 *
 * @param syslogTls RFC 5425; needs a certificate
 * @param relpTls needs a certificate
 */
public record ReceiverPorts(int syslogUdp, int syslogTcp, int syslogTls, int relp, int relpTls, int http) {
    /** A port that is not opened. */
    public static final int OFF = -1;

    /** 5514 for syslog (UDP and TCP), 6514 over TLS (RFC 5425), 2514 for RELP, 2515 over TLS, 8088 for HTTP. */
    public static final ReceiverPorts USUAL = new ReceiverPorts(5514, 5514, 6514, 2514, 2515, 8088);

    /** Any free ports. */
    public static final ReceiverPorts ANY = new ReceiverPorts(0, 0, 0, 0, 0, 0);

    public ReceiverPorts {
        check(syslogUdp, Way.SYSLOG_UDP);
        check(syslogTcp, Way.SYSLOG_TCP);
        check(syslogTls, Way.SYSLOG_TLS);
        check(relp, Way.RELP);
        check(relpTls, Way.RELP_TLS);
        check(http, Way.HTTP);
    }

    int of(Way way) {
        return switch (way) {
            case SYSLOG_UDP -> syslogUdp;
            case SYSLOG_TCP -> syslogTcp;
            case SYSLOG_TLS -> syslogTls;
            case RELP -> relp;
            case RELP_TLS -> relpTls;
            case HTTP -> http;
        };
    }

    /** The same without what needs a certificate. */
    public ReceiverPorts withoutTls() {
        return new ReceiverPorts(syslogUdp, syslogTcp, OFF, relp, OFF, http);
    }

    private static void check(int port, Way way) {
        if (port < OFF || port > 65535) {
            throw new IllegalArgumentException(
                    "the port of " + way.title() + " must be 1–65535, 0 for any free one or -1 for none, not " + port);
        }
    }
}
