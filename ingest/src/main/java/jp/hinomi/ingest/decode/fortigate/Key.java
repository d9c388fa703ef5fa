package jp.hinomi.ingest.decode.fortigate;

import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;

/**
 * The keys that FortiOS (6.0 to 7.6) logs often. Each has its place under {@code fortinet.firewall.*}, where its value
 * stays unless ECS has a better one.
 */
enum Key {
    DATE,
    TIME,
    TZ,
    EVENTTIME,
    LOGID,
    LOGDESC,
    TYPE,
    SUBTYPE,
    EVENTTYPE,
    LEVEL,
    VD,
    DEVNAME,
    DEVID,
    SRCIP,
    SRCPORT,
    SRCNAME,
    SRCINTF,
    SRCINTFROLE,
    SRCMAC,
    SRCCOUNTRY,
    SRCUUID,
    DSTIP,
    DSTPORT,
    DSTNAME,
    DSTINTF,
    DSTINTFROLE,
    DSTMAC,
    DSTCOUNTRY,
    DSTUUID,
    DSTUSER,
    TRANDISP,
    TRANSIP,
    TRANSPORT,
    TRANIP,
    TRANPORT,
    PROTO,
    SERVICE,
    SESSIONID,
    POLICYID,
    POLICYNAME,
    POLICYTYPE,
    POLUUID,
    ACTION,
    STATUS,
    RESULT,
    REASON,
    UTMACTION,
    DURATION,
    SENTBYTE,
    RCVDBYTE,
    SENTPKT,
    RCVDPKT,
    SENTDELTA,
    RCVDDELTA,
    APP,
    APPID,
    APPCAT,
    APPRISK,
    APPLIST,
    APPACT,
    USER,
    GROUP,
    UNAUTHUSER,
    UNAUTHUSERSOURCE,
    AUTHSERVER,
    UI,
    METHOD,
    MSG,
    SEVERITY,
    ATTACK,
    ATTACKID,
    ATTACKCONTEXT,
    REF,
    CRSCORE,
    CRLEVEL,
    CRACTION,
    CRAUDIT,
    CRAUDITID,
    DIRECTION,
    HOSTNAME,
    URL,
    HTTPMETHOD,
    AGENT,
    REFERRALURL,
    CAT,
    CATDESC,
    PROFILE,
    VIRUS,
    VIRUSID,
    FILENAME,
    FILESIZE,
    FILETYPE,
    FILEHASH,
    ANALYTICSCKSUM,
    DTYPE,
    QNAME,
    QTYPE,
    QTYPEVAL,
    QCLASS,
    IPADDR,
    REMIP,
    LOCIP,
    REMPORT,
    LOCPORT,
    TUNNELIP,
    TUNNELID,
    TUNNELTYPE,
    VPNTUNNEL,
    XAUTHUSER,
    CFGPATH,
    CFGATTR,
    CFGOBJ,
    CFGTID,
    SN,
    OSNAME,
    DEVTYPE,
    MASTERSRCMAC,
    FORWARDEDFOR,
    INCIDENTSERIALNO,
    DST_HOST,
    VWLID,
    COMMENT,
    DSTUNAUTHUSER,
    EAPUSER,
    ADMINPROF,
    EVENTSUBTYPE,
    DIR,
    ERROR_NUM,
    SRC_PORT,
    DST_PORT,
    SRC_INT,
    DST_INT,
    SADDR,
    DADDR,
    INTERFACE,
    XID,
    FILE,
    INFECTEDFILENAME,
    INFECTEDFILESIZE,
    INFECTEDFILETYPE,
    MATCHEDFILENAME,
    MATCHEDFILETYPE,
    FROM,
    SENDER,
    TO,
    RECIPIENT,
    CC,
    SUBJECT,
    SNI,
    CIPHER,
    TLSVER,
    KXCURVE,
    HANDSHAKE,
    KEYALGO,
    AUTHALGO,
    KEYSIZE,
    CERTHASH,
    NOTBEFORE,
    NOTAFTER,
    ISSUER,
    CN,
    SAN,
    SCERTCNAME,
    SCERTISSUER,
    CCERTISSUER,
    COUNT_KEY("count");

    static final int COUNT = values().length;

    private static final Key[] TABLE = new Key[2048];

    static {
        for (Key key : values()) {
            int slot = hash(key.word, 0, key.word.length());
            while (TABLE[slot] != null) {
                slot = slot + 1 & TABLE.length - 1;
            }
            TABLE[slot] = key;
        }
    }

    private final String word;
    private final Field field;

    Key() {
        this.word = name().toLowerCase(Locale.ROOT);
        this.field = Fields.of("fortinet.firewall." + word);
    }

    Key(String word) {
        this.word = word;
        this.field = Fields.of("fortinet.firewall." + word);
    }

    Field field() {
        return field;
    }

    /** The key that stands between two indexes, or null if the table does not have it. */
    static Key find(String text, int from, int to) {
        int slot = hash(text, from, to);
        while (TABLE[slot] != null) {
            Key key = TABLE[slot];
            if (key.word.length() == to - from && text.startsWith(key.word, from)) {
                return key;
            }
            slot = slot + 1 & TABLE.length - 1;
        }
        return null;
    }

    /** Of four characters and the length: enough to tell the keys apart, and less to read than the whole key. */
    private static int hash(String text, int from, int to) {
        int length = to - from;
        int hash = (text.charAt(from) * 31 + text.charAt(to - 1)) * 31 + text.charAt(from + (length >> 1));
        hash = (hash * 31 + text.charAt(from + length * 3 / 4)) * 31 + length;
        return (hash ^ hash >>> 11) & TABLE.length - 1;
    }
}
