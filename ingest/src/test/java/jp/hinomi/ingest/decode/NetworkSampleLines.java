package jp.hinomi.ingest.decode;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/** Seeds for mutation of the formats of network equipment: firewalls, routers, virtual networks. */
final class NetworkSampleLines {
    static final Map<String, List<String>> BY_FORMAT = Map.ofEntries(
            entry(
                    "paloalto",
                    List.of(
                            "<14>Apr  1 10:00:00 pa-edge-1 1,2026/04/01 10:00:01,001801000001,TRAFFIC,end,2561,2026/04/01 10:00:00,192.0.2.15,198.51.100.20,203.0.113.1,198.51.100.20,allow-web,minato\\carol,,ssl,vsys1,trust,untrust,ethernet1/2,ethernet1/1,to-siem,2026/04/01 10:00:00,28191,1,52984,443,37679,443,0x400053,tcp,allow,9120,1850,7270,31,2026/04/01 09:59:30,28,business-and-economy,,7726,0x8000000000000000,192.0.2.0-192.0.2.255,United States,,14,17,tcp-fin,12,0,0,0,vsys-main,pa-edge-1,from-policy,,,0,,0,,N/A,0,0,0,0,00000000-0000-4000-8000-000000000001,0,0,,,,,,,,,personal-laptop,notebook,ThinkPad,Lenovo,Windows,11,pc-7,02:00:5e:00:53:01,,,,,,,,,,,,,,,,,,,2026-04-01T10:00:00.250+09:00,,,internet-utility,general-internet,browser-based,4,\"used-by-malware,able-to-transfer-file\",,ssl,no,no,0",
                            "<12>Apr  1 10:00:03 pa-edge-1 1,2026/04/01 10:00:03,001801000001,THREAT,url,2561,2026/04/01 10:00:03,192.0.2.15,198.51.100.21,203.0.113.1,198.51.100.21,allow-web,minato\\carol,,web-browsing,vsys1,trust,untrust,ethernet1/2,ethernet1/1,to-siem,2026/04/01 10:00:03,28192,1,52985,80,37680,80,0x40b000,tcp,block-url,\"shop.example:8080/a/cart.php?id=1,2\",(9999),gambling,informational,client-to-server,7728,0x8000000000000000,192.0.2.0-192.0.2.255,United States,,text/html,0,,,1,Mozilla/5.0 (X11),,\"198.51.100.200\",http://portal.example/,,,,,12,0,0,0,,pa-edge-1,,,,post,0,,0,,N/A,unknown,AppThreat-0-0,0x0,0,4294967295,,\"gambling,high-risk\",00000000-0000-4000-8000-000000000001,0",
                            "1,2026/04/01 10:00:05,001801000001,THREAT,spyware,2305,2026/04/01 10:00:05,192.0.2.16,192.0.2.53,,,dns-out,,,dns,vsys1,trust,untrust,ethernet1/2,ethernet1/1,to-siem,2026/04/01 10:00:05,28194,1,53001,53,0,0,0x2000,udp,sinkhole,\"c2.bad.example\",generic:c2.bad.example(109001001),any,medium,client-to-server,7730,0x8000000000000000,192.0.2.0-192.0.2.255,192.0.2.0-192.0.2.255,0,,0,,,0,,,,,,,,0,12,0,0,0,,pa-edge-1,,,,,0,,0,,N/A,dns-c2,AppThreat-8500-7000,0x0",
                            "1,2026/04/01 10:00:06,001801000001,THREAT,wildfire,2305,2026/04/01 10:00:06,203.0.113.25,192.0.2.25,203.0.113.25,10.20.0.25,mail-in,,,smtp,vsys1,untrust,dmz,ethernet1/1,ethernet1/3,to-siem,2026/04/01 10:00:06,28195,1,40200,25,40200,25,0x2000,tcp,allow,\"invoice.docm\",Windows Executable (EXE)(52020),malicious,high,client-to-server,7731,0x8000000000000000,Germany,Japan,0,,0,e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,wildfire.example,0,,ms-office,,,billing@bad.example,\"Invoice \"\"April\"\"\",kanri@city.example,17400,12,0,0,0,,pa-edge-1",
                            "1,2026/04/01 10:00:09,001801000001,DECRYPTION,0,2561,2026/04/01 10:00:09,192.0.2.15,198.51.100.23,203.0.113.1,198.51.100.23,decrypt-all,minato\\carol,,incomplete,vsys1,trust,untrust,ethernet1/2,ethernet1/1,to-siem,2026/04/01 10:00:09,28197,1,52991,443,37682,443,0x1000000,tcp,allow,N/A,,,,,00000000-0000-4000-8000-000000000003,Client_Hello,Server_Hello,TLS1.2,ECDHE,AES_128_GCM,SHA256,strict-tls,secp256r1,Certificate,uninspected,Unverified,Forward,0a1b2c,e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,2026/03/01 00:00:00,2027/03/01 00:00:00,V3,2048,14,10,0,14,:,pay.example.net,Example CA,,pay.example.net,Certificate expired,,,,,,,,2026-04-01T10:00:09.100+09:00",
                            "<12>Apr  1 10:00:10 pa-edge-1 1,2026/04/01 10:00:10,001801000001,SYSTEM,auth,2561,2026/04/01 10:00:10,,auth-fail,,0,0,general,medium,\"failed authentication for user 'admin'. Reason: Invalid username/password. auth profile 'Local', vsys 'shared', From: 203.0.113.7.\",7734,0x8000000000000000,0,0,0,0,,pa-edge-1,0,0,2026-04-01T10:00:10.500+09:00",
                            "1,2026/04/01 10:00:14,001801000001,CONFIG,0,2561,2026/04/01 10:00:14,192.0.2.40,,set,kanri,CLI,Failed, deviceconfig system,\"timezone UTC\",\"timezone Japan\",7738,0x0,0,0,0,0,,pa-edge-1,0,change 17",
                            "1,2026/04/01 10:00:17,001801000001,HIPMATCH,0,2305,2026/04/01 10:00:17,minato\\carol,vsys1,PC-7,Windows,192.0.2.15,no-antivirus,1,profile,,,7741,0x0,0,0,0,0,,pa-edge-1,1,,00000000-0000-4000-8000-0000000000f7,,02:00:5e:00:53:01",
                            "1,2026/04/01 10:00:18,001801000001,GLOBALPROTECT,0,2561,2026/04/01 10:00:18,vsys1,gateway-auth,login,LDAP,,carol,NL,PC-7,203.0.113.7,0.0.0.0,0.0.0.0,0.0.0.0,00000000-0000-4000-8000-0000000000f7,SN-1,6.2.1,Windows,\"Microsoft Windows 11 Pro, 64-bit\",1,,Authentication failed: Invalid username or password,,failure,,0,user-logon,0,gw.city.example,7742,0x8000000000000000,2026-04-01T10:00:18.123+09:00,,0,,,,12,0,0,0,,pa-edge-1,1",
                            "1,2026/04/01 10:00:20,001801000001,AUTHENTICATION,auth,2561,2026/04/01 10:00:20,vsys1,192.0.2.15,carol,minato\\carol,Ldap-Seq,portal-policy,1,0,,to-siem,LDAP,Invalid password,Captive-Portal,auth-fail,0,7744,0x0,0,0,0,0,,pa-edge-1,1,LDAP,00000000-0000-4000-8000-000000000004,2026-04-01T10:00:20.123+09:00",
                            "1,2026/04/01 10:00:22,001801000001,AUDIT,cli,2561,2026/04/01 10:00:22,0,opcmd,kanri,show system info,success")),
            entry(
                    "cisco-asa",
                    List.of(
                            "<166>Apr 01 2026 10:00:00 asa-1 : %ASA-6-302013: Built outbound TCP connection 89743274 for outside:198.51.100.43/443 (198.51.100.43/443) to inside:192.0.2.42/4952 (203.0.113.1/12834)",
                            "Apr  1 10:00:01 asa-1 %ASA-6-302013: Built inbound TCP connection 251933191 for outside:2001:db8::6/62477 (2001:db8::6/62477)(LOCAL\\carol) to dmz:2001:db8::80/443 (2001:db8::80/443) (carol)",
                            "<166>Apr 01 2026 10:00:02: %ASA-6-302014: Teardown TCP connection 89743274 for outside:198.51.100.43/443 to inside:192.0.2.42/4952 duration 1:02:03 bytes 14804 TCP FINs from inside",
                            "<166>Apr 01 2026 10:00:03: %ASA-6-302020: Built outbound ICMP connection for faddr 198.51.100.9/0 gaddr 203.0.113.1/17233 laddr 192.0.2.42/17233 type 8 code 0",
                            "<164>Apr 01 2026 10:00:07 asa-1 : %ASA-4-106023: Deny tcp src outside:203.0.113.7/53638 dst inside:192.0.2.132/8111 by access-group \"acl_out\" [0x71761f18, 0x0]",
                            "<164>Apr 01 2026 10:00:08 asa-1 : %ASA-4-106023: Deny icmp src outside:203.0.113.7 dst inside:192.0.2.132 (type 8, code 0) by access-group \"acl_out\" [0x0, 0x0]",
                            "<165>Apr 01 2026 10:00:09 JST: %ASA-session-5-106100: access-list acl_in denied tcp inside/192.0.2.16(2241)(LOCAL\\dave) -> outside/198.51.100.89(2000) hit-cnt 1 first hit [0x71a87d94, 0x0]",
                            "<164>Apr 01 2026 10:00:16: %ASA-4-338006: Dynamic Filter dropped blacklisted TCP traffic from inside:192.0.2.45/6798 (203.0.113.1/7890) to outside:198.51.100.129/80 (198.51.100.129/80), destination 198.51.100.129 resolved from dynamic list: bad.example, threat-level: very-high, category: Malware",
                            "<165>Apr 01 2026 10:00:19: %ASA-5-111010: User 'kanri', running 'CLI' from IP 192.0.2.40, executed 'write memory'",
                            "<164>Apr 01 2026 10:00:23: %ASA-4-722051: Group <staff> User <carol> IP <203.0.113.7> IPv4 Address <192.0.2.201> IPv6 address <::> assigned to session",
                            "<164>Apr 01 2026 10:00:24: %ASA-4-113019: Group = staff, Username = carol, IP = 203.0.113.7, Session disconnected. Session Type: SSL, Duration: 1d 2h:03m:04s, Bytes xmt: 297103, Bytes rcv: 1216163, Reason: User Requested",
                            "<164>Apr 01 2026 10:00:26: %ASA-4-750003: Local:192.0.2.254:500 Remote:203.0.113.7:500 Username:carol IKEv2 Negotiation aborted due to ERROR: Failed to authenticate the IKE SA",
                            "<166>Apr 01 2026 10:00:27: %ASA-6-725002: Device completed SSL handshake with client outside:203.0.113.7/50123 to 192.0.2.254/443 for TLSv1.2 session",
                            "<113>2026-04-01T01:00:28Z ftd-1  %FTD-1-430003: EventPriority: Low, DeviceUUID: 00000000-0000-4000-8000-000000000001, InstanceID: 1, FirstPacketSecond: 2026-04-01T00:59:58Z, ConnectionID: 47661, AccessControlRuleAction: Block with reset, AccessControlRuleReason: Intrusion Block, SrcIP: 192.0.2.15, DstIP: 198.51.100.20, SrcPort: 52984, DstPort: 443, Protocol: tcp, IngressInterface: inside, EgressInterface: outside, IngressZone: trust, EgressZone: untrust, IngressVRF: Global, ACPolicy: edge, AccessControlRuleName: web, out, Prefilter Policy: default, User: minato\\carol, UserAgent: Mozilla/5.0, Client: SSL client, ApplicationProtocol: HTTPS, WebApplication: Example, ConnectionDuration: 30, InitiatorPackets: 12, ResponderPackets: 14, InitiatorBytes: 1850, ResponderBytes: 7270, NAPPolicy: Balanced Security and Connectivity, URLCategory: Business, URLReputation: Trusted, URL: https://shop.example/, SSLVersion: TLSv1.2, NAT_InitiatorPort: 40000, NAT_InitiatorIP: 203.0.113.1")),
            entry(
                    "cef",
                    List.of(
                            "<134>Apr  1 10:00:00 fw-1 CEF:0|Example|Edge \\| Firewall|7.4|traffic:13|forward deny|5|rt=Apr 01 2026 10:00:00.123 UTC act=deny src=203.0.113.7 spt=53638 dst=192.0.2.132 dpt=8111 proto=TCP in=120 out=0 deviceInboundInterface=wan1 deviceOutboundInterface=lan deviceDirection=0 cs1Label=Policy Name cs1=deny all cn1Label=Session cn1=4711 cs2=unlabelled sourceTranslatedAddress=203.0.113.8 sourceTranslatedPort=4000 app=HTTPS externalId=9 reason=policy",
                            "CEF:0|Example|WAF|2.1|200002|SQL injection attack|High|src=203.0.113.7 shost=scanner.example dst=192.0.2.10 dhost=api.example.jp dpt=443 request=https://api.example.jp/a?q\\=1&r=2 requestMethod=GET requestClientApplication=sqlmap/1.7 act=blocked msg=matched pattern \\= ' or 1\\\\=1\\nsecond line suser=MINATO\\\\carol cat=Attack end=1775005201000 start=1775005200000",
                            "CEF:1|Example|EDR|5|mal-1|Malware detected|Very-High|dvchost=pc-7 dvc=192.0.2.15 duser=carol fname=a.exe filePath=C:\\\\Temp\\\\a.exe fsize=1024 fileHash=E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855 act=quarantined outcome=success deviceExternalId=EDR-0001 rt=2026-04-01T10:00:02+09:00",
                            "<134>1 2026-04-01T10:00:03+09:00 idp-1 app - - - CEF:0|Example|IdP|1|login|Login failed|3|suser=dave@city.example src=203.0.113.7 outcome=failure reason=bad password")),
            entry(
                    "leef",
                    List.of(
                            "<134>Apr  1 10:00:00 fw-1 LEEF:1.0|Example|Firewall|7.4|Traffic Deny|src=203.0.113.7\tdst=192.0.2.132\tsrcPort=53638\tdstPort=8111\tproto=TCP\tsev=5\tdevTime=Apr 01 2026 10:00:00.123 GMT+09:00\tdevTimeFormat=MMM dd yyyy HH:mm:ss.SSS z\taction=deny\tpolicy=deny all\tsrcBytes=120\tdstBytes=0\tsrcPackets=2\tdstPackets=0\tusrName=MINATO\\carol\tzone=wan",
                            "LEEF:2.0|Example|IdP|1.2|login-failed|^|devTime=2026/04/01 10:00:01^devTimeFormat=yyyy/MM/dd HH:mm:ss^usrName=dave^src=2001:db8::7^isLoginEvent=true^cat=Login failed^sev=8^url=https://sso.example.jp/a=b",
                            "LEEF:2.0|Example|Proxy|3|web|0x09|cat=allowed\tact=allow\turl=http://shop.example/\tsrc=192.0.2.15\tdst=198.51.100.80\tidentHostName=PC-7\tidentSrc=192.0.2.15\tdevTime=1775005202000",
                            "LEEF:1.0|Example|IPS|4|Port scan|src=203.0.113.7 dst=192.0.2.10 proto=6 action=Dropped by policy sev=9")));

    /** Beginnings of lines behind which a decoder of the format looks for something; for tests of time. */
    static final Map<String, List<String>> BEGINNINGS = Map.ofEntries(
            entry(
                    "paloalto",
                    List.of(
                            "1,2026/04/01 10:00:00,1,TRAFFIC,end,1,2026/04/01 10:00:00,",
                            "1,2026/04/01 10:00:00,1,THREAT,url,1,2026/04/01 10:00:00,192.0.2.1,198.51.100.1,,,r,,,ssl,v,a,b,c,d,e,,7,1,1,2,0,0,0x0,tcp,alert,\"",
                            "1,2026/04/01 10:00:00,1,SYSTEM,auth,1,2026/04/01 10:00:00,,auth-fail,,0,0,general,low,\"user ")),
            entry(
                    "cisco-asa",
                    List.of(
                            "%ASA-6-302014: Teardown TCP connection 1 for outside:",
                            "%ASA-4-106023: Deny tcp src ",
                            "%ASA-5-106100: access-list a denied tcp ",
                            "%FTD-1-430003: SrcIP: ",
                            "%ASA-4-722051: Group <a> User <",
                            "%ASA-6-605005: Login permitted from 192.0.2.1 (")),
            entry("cef", List.of("CEF:0|", "CEF:0|V|P|1|id|n|3|a=", "CEF:0|V|P|1|id|n|3|cs1Label=x cs1=")),
            entry("leef", List.of("LEEF:1.0|V|P|1|e|", "LEEF:2.0|V|P|1|e|^|a=", "LEEF:1.0|V|P|1|e|devTime=")));

    private NetworkSampleLines() {}
}
