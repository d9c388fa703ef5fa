package jp.hinomi.benchmarks.input;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Topics;

/**
 * Log lines of a smart city, as the sources of the example city write them: firewall 60 %, web 20 %, logins 10 %, IDS 5 %,
 * DNS 5 %. One line in twenty is of an attacker, and matches a rule of {@link MixedRules}. The same every time but for the
 * clock. Not thread-safe.
 */
public final class CityLogs {
    static final int PORTS = 20;
    static final int PATHS = 15;
    static final int USERS = 10;
    static final int SIGNATURES = 5;

    private static final double MATCHING = 0.05;
    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
    private static final DateTimeFormatter WEB = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
    private static final DateTimeFormatter FIREWALL = DateTimeFormatter.ofPattern("'date='yyyy-MM-dd' time='HH:mm:ss");
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
            "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36");

    private final Words words = new Words(11, SigmaRules.VOCABULARY);
    private final int attackers;
    private final double hot;
    private long cachedSecond = Long.MIN_VALUE;
    private String web;
    private String firewall;
    private String second;

    /** @param value bytes as the source wrote them */
    public record Line(String topic, String source, byte[] value) {}

    /**
     * @param attackers how many addresses the matching lines come from
     * @param hot share of the matching lines that come from one of them
     */
    public CityLogs(int attackers, double hot) {
        this.attackers = attackers;
        this.hot = hot;
    }

    /** The next line, written at that time (milliseconds since the epoch). */
    public Line next(long millis) {
        at(millis);
        boolean attack = words.chance(MATCHING);
        int kind = words.number(100);
        if (kind < 60) {
            return line(Topics.LOGS_FIREWALL, "fw-edge-01", firewall(millis, attack));
        }
        if (kind < 80) {
            return line(Topics.LOGS_SERVICE, "web-bousai-01", web(attack));
        }
        if (kind < 90) {
            return line(Topics.LOGS_CITY_OS, "bastion-01", login(millis, attack));
        }
        return line(Topics.LOGS_IDS, "ids-core-01", kind < 95 ? ids(millis, attack) : dns(millis));
    }

    /** A line of the web server only. */
    public Line nextWeb(long millis) {
        at(millis);
        return line(Topics.LOGS_SERVICE, "web-bousai-01", web(words.chance(MATCHING)));
    }

    private static Line line(String topic, String source, String text) {
        return new Line(topic, source, text.getBytes(StandardCharsets.UTF_8));
    }

    private void at(long millis) {
        if (Math.floorDiv(millis, 1000) != cachedSecond) {
            cachedSecond = Math.floorDiv(millis, 1000);
            ZonedDateTime time = Instant.ofEpochMilli(millis).atZone(ZONE);
            web = WEB.format(time);
            firewall = FIREWALL.format(time);
            second = SECOND.format(time);
        }
    }

    private String millis(long millis) {
        return second + '.' + String.valueOf(1000 + Math.floorMod(millis, 1000)).substring(1);
    }

    private String attacker() {
        int number = words.chance(hot) ? 0 : words.number(attackers);
        return "203." + (number >> 16 & 63) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    private String visitor() {
        return "192.0." + words.number(64) + "." + (1 + words.number(250));
    }

    private String firewall(long millis, boolean attack) {
        int port = attack ? 1_000 + words.number(PORTS) : words.pick(List.of(443, 443, 443, 80, 53, 8883));
        return firewall + " devname=\"fw-edge-01\" devid=\"FGT60FTK00000001\" eventtime=" + millis
                + "000000 tz=\"+0900\" logid=\"0000000013\" type=\"traffic\" subtype=\"forward\" level=\"notice\" vd=\"root\" srcip="
                + (attack ? attacker() : visitor()) + " srcport=" + port() + " srcintf=\"port1\" dstip=192.0.2."
                + (10 + words.number(40))
                + " dstport=" + port + " dstintf=\"port2\" proto=6 action=\"" + (attack ? "deny" : "accept")
                + "\" policyid=7 policytype=\"policy\" service=\"HTTPS\" sentbyte=" + words.number(9_000) + " rcvdbyte="
                + words.number(90_000) + " sessionid=" + words.number(1_000_000);
    }

    private String web(boolean attack) {
        String target = attack
                ? "/wp-admin-" + words.number(PATHS) + "/setup.php?x=1"
                : "/" + words.common() + "/" + words.common() + "?" + words.common() + "=" + words.rare() + "&page="
                        + words.number(90);
        return (attack ? attacker() : visitor()) + " - - [" + web + "] \"GET " + target + " HTTP/1.1\" "
                + (attack ? 404 : 200) + " " + words.number(20_000) + " \"https://www.example.jp/" + words.common()
                + "\" \""
                + words.pick(AGENTS) + "\"";
    }

    private String login(long millis, boolean attack) {
        String what = attack
                ? "Failed password for invalid user svc" + words.number(USERS) + " from " + attacker()
                : "Accepted publickey for maint0" + words.number(9) + " from 10.10.3." + words.number(250);
        return "<38>1 " + millis(millis) + "+09:00 bastion-01 sshd " + words.number(30_000) + " - - " + what + " port "
                + port() + " ssh2";
    }

    private String ids(long millis, boolean attack) {
        int id = attack ? 9_000_000 + words.number(SIGNATURES) : 2_013_028;
        return "{\"timestamp\":\"" + millis(millis) + "000+0900\",\"flow_id\":" + words.number(1_000_000_000)
                + ",\"in_iface\":\"mirror0\",\"event_type\":\"alert\",\"src_ip\":\"" + (attack ? attacker() : visitor())
                + "\",\"src_port\":" + port()
                + ",\"dest_ip\":\"10.30.40.11\",\"dest_port\":80,\"proto\":\"TCP\",\"alert\":{\"action\":\"allowed\","
                + "\"gid\":1,\"signature_id\":" + id + ",\"rev\":2,\"signature\":\"" + words.common() + " "
                + words.common()
                + " seen\",\"category\":\"Misc activity\",\"severity\":3}}";
    }

    private String dns(long millis) {
        return "{\"timestamp\":\"" + millis(millis) + "000+0900\",\"flow_id\":" + words.number(1_000_000_000)
                + ",\"in_iface\":\"mirror0\",\"event_type\":\"dns\",\"src_ip\":\"10.30.10." + words.number(250)
                + "\",\"src_port\":" + port()
                + ",\"dest_ip\":\"10.10.9.53\",\"dest_port\":53,\"proto\":\"UDP\",\"dns\":{\"type\":\"query\",\"id\":"
                + words.number(65_536)
                + ",\"rrname\":\"" + words.rare() + ".example.jp\",\"rrtype\":\"A\",\"tx_id\":0}}";
    }

    private int port() {
        return 32_768 + words.number(28_000);
    }
}
