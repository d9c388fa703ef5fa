package jp.hinomi.ingest.decode;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/** One or more whole lines of every format, as seeds for mutation. */
final class SampleLines {
    static final Map<String, List<String>> BY_FORMAT = Map.ofEntries(
            entry(
                    "openssh",
                    List.of(
                            "<38>1 2026-04-01T10:00:00.5+09:00 h.example sshd 1 ID [a@1 k=\"v\\\"\"][b c=\"d\"] Failed password for invalid user x from 203.0.113.7 port 1 ssh2",
                            "Apr  1 10:00:00 h sshd[1]: Accepted publickey for a@b from ::ffff:203.0.113.7 port 1 ssh2: RSA SHA256:x",
                            "Apr  1 10:00:00 h sshd[1]: message repeated 2 times: [ Connection closed by invalid user u 203.0.113.7 port 1 [preauth]]",
                            "Apr  1 10:00:00 h sshd[1]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=1.2.3.4  user=r",
                            "Apr  1 10:00:00 h sudo: a : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh -c x",
                            "Apr  1 10:00:00 h su[1]: FAILED SU (to root) a on pts/1",
                            "Apr  1 10:00:00 h usermod[1]: add 'a' to group 'sudo'")),
            entry(
                    "nginx",
                    List.of(
                            "v.example:443 203.0.113.7 - a b [01/Apr/2026:10:00:00 +0900] \"GET http://h:1/a.b?c#d HTTP/1.1\" 200 1 \"r\" \"u\\x22\\xE6\\xB8\\xAF\" \"1.2.3.4, ::1\" 0.125")),
            entry(
                    "apache",
                    List.of(
                            "<190>Apr  1 10:00:00 h httpd[1]: ::1 - - [01/Apr/2026:10:00:00 +0900] \"CONNECT [::1]:1 HTTP/1.1\" 200 - \"-\" \"\\\"\" 15")),
            entry(
                    "suricata-eve",
                    List.of(
                            "{\"timestamp\":\"2026-04-01T10:00:00.1+0900\",\"event_type\":\"alert\",\"src_ip\":\"::1\",\"src_port\":1,\"dest_ip\":\"1.2.3.4\",\"proto\":\"6\",\"alert\":{\"action\":\"blocked\",\"signature_id\":1,\"metadata\":{\"a\":[\"b\",{\"c\":[]}]}},\"http\":{\"hostname\":\"a:1\",\"url\":\"/x?y\",\"http_content_type\":\";\",\"protocol\":\"HTTP/1\"},\"dns\":{\"query\":[{\"rrname\":\"a.\"}],\"answer\":{\"grouped\":{\"A\":[1,{},[2]]}}},\"tls\":{\"version\":\"TLS 1\",\"fingerprint\":\":\"},\"files\":[{\"filename\":\"a/\"}],\"flow\":{\"start\":\"x\",\"bytes_toserver\":9e99}}")),
            entry(
                    "fortigate",
                    List.of(
                            "<189>date=2026-04-01 time=10:00:00 tz=\"+0900\" eventtime=1775005200123456789 type=\"event\" subtype=\"vpn\" action=\"tunnel-up\" ui=\"x(1.2.3.4)\" user=\"a\\\\b\" msg=\"\\\"q\" srcmac=\"a:b\" proto=6 url=\"http://a/b\" unknown=1 count=2 duration=3 ipaddr=\"1.2.3.4, 5.6.7.8\" filehash=00000000000000000000000000000000")),
            entry(
                    "ecs-json",
                    List.of(
                            "{\"@timestamp\":\"2026-04-01T10:00:00Z\",\"source\":{\"ip\":[\"::1\",\"x\"],\"port\":\"1\"},\"a\":[[1,[2]],{\"b\":{\"c\":null}}],\"event.risk_score\":\"1e3\",\"clock.suspect\":\"TRUE\",\"event.id\":\"\",\"n\":123456789012345678901234567890,\"tags\":\"t\"}")),
            entry(
                    "auto",
                    List.of(
                            "<38>Apr  1 10:00:00 h sshd[1]: Failed password for x from 203.0.113.7 port 1 ssh2",
                            "{\"timestamp\":\"2026-04-01T10:00:00.1+0900\",\"event_type\":\"flow\",\"flow_id\":1}",
                            "{\"a\":{\"b\":[1,{\"c\":null}]}}",
                            "no format at all")),
            entry(
                    "json",
                    List.of(
                            "{\"ts\":1775005200.5,\"msg\":\"m\",\"level\":\"WARN\",\"device_id\":\"d\",\"ip\":\"::1\",\"src_port\":\"1\",\"user\":\"a@b\",\"host\":\"H\",\"mac\":\"00:00:5e:00:53:01\",\"n\":{\"a\":[1,{\"b\":true}]}}",
                            "<13>Apr  1 10:00:00 h app[1]: @cee: {\"time\":\"Apr  1 10:00:00\",\"event\":\"e\"}")),
            entry(
                    "syslog",
                    List.of(
                            "<165>1 2026-04-01T10:00:00.003Z h.example app 8710 ID47 [x@32473 k=\"v\"][y z=\"\\]\"] \uFEFFtext",
                            "<13>Apr  1 10:00:00 h app[1]: text",
                            "*Apr  1 10:00:00.123 UTC: %SYS-5-CONFIG_I: Configured from console")),
            entry("text", List.of("[2026-04-01T10:00:00Z] anything", "anything")));

    private SampleLines() {}
}
