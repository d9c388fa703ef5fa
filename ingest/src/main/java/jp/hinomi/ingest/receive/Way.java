package jp.hinomi.ingest.receive;

/** A way in: what the receivers listen to. */
public enum Way {
    SYSLOG_UDP("syslog-udp", "syslog UDP"),
    SYSLOG_TCP("syslog-tcp", "syslog TCP"),
    SYSLOG_TLS("syslog-tls", "syslog TLS"),
    RELP("relp", "RELP"),
    RELP_TLS("relp-tls", "RELP over TLS"),
    HTTP("http", "HTTP");

    private final String transport;
    private final String title;

    Way(String transport, String title) {
        this.transport = transport;
        this.title = title;
    }

    /** The value of the header {@link jp.hinomi.events.Topics#HEADER_TRANSPORT}. */
    public String transport() {
        return transport;
    }

    /** What a person calls it. */
    public String title() {
        return title;
    }
}
