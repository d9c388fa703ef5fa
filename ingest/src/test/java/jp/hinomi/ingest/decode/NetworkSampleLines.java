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
                            "LEEF:1.0|Example|IPS|4|Port scan|src=203.0.113.7 dst=192.0.2.10 proto=6 action=Dropped by policy sev=9")),
            entry(
                    "netfilter",
                    List.of(
                            "Apr  1 10:00:00 gw-1 kernel: [12345.678901] [UFW BLOCK] IN=eth0 OUT= MAC=02:00:5e:00:53:01:02:00:5e:00:53:02:08:00 SRC=203.0.113.7 DST=192.0.2.10 LEN=60 TOS=0x00 PREC=0x00 TTL=52 ID=4711 DF PROTO=TCP SPT=40112 DPT=23 WINDOW=29200 RES=0x00 SYN URGP=0",
                            "<4>Apr  1 10:00:01 gw-1 kernel: FWD-ACCEPT: IN=lan OUT=wan PHYSIN=eth1 SRC=192.0.2.15 DST=198.51.100.20 LEN=76 TOS=0x00 PREC=0x00 TTL=63 ID=0 PROTO=UDP SPT=51000 DPT=123 LEN=56 MARK=0x1",
                            "2026-04-01T10:00:02.5+09:00 gw-1 kernel: nft drop: IN=wan OUT= MAC=02:00:5e:00:53:01:02:00:5e:00:53:02:86:dd SRC=2001:0db8:0000:0000:0000:0000:0000:0007 DST=2001:0db8:0000:0000:0000:0000:0000:0010 LEN=104 TC=0 HOPLIMIT=57 FLOWLBL=123456 PROTO=ICMPv6 TYPE=128 CODE=0 ID=7 SEQ=1",
                            "Apr  1 10:00:03 gw-1 kernel: IN=wan OUT= SRC=203.0.113.7 DST=192.0.2.10 LEN=88 TOS=0x00 PREC=0xC0 TTL=60 ID=9 PROTO=ICMP TYPE=3 CODE=1 [SRC=192.0.2.10 DST=203.0.113.7 LEN=60 TOS=0x00 PREC=0x00 TTL=63 ID=8 PROTO=TCP SPT=80 DPT=4000 ]",
                            "<4>Apr  1 10:00:04 usg kernel: [WAN_IN-3001-D]IN=eth0 OUT=eth1 SRC=203.0.113.8 DST=192.0.2.11 LEN=40 PROTO=TCP SPT=1 DPT=445 ACK FIN URGP=0")),
            entry(
                    "pfsense",
                    List.of(
                            "<134>Apr  1 10:00:00 pf-1 filterlog[31246]: 5,,,1000000103,igb0,match,block,in,4,0x0,,52,4711,0,DF,6,tcp,60,203.0.113.7,192.0.2.10,40112,23,0,S,1234567890,,29200,,mss;nop;wscale",
                            "<134>1 2026-04-01T10:00:01.123456+09:00 pf-1.city.example filterlog 31246 - - 83,,,1770001466,igb1,match,pass,out,4,0x0,,64,0,0,DF,17,udp,76,192.0.2.15,198.51.100.20,51000,123,56",
                            "<134>Apr  1 10:00:02 pf-1 filterlog: 5,,,1000000103,igb0,match,block,in,4,0x0,,52,4711,0,none,1,icmp,84,203.0.113.7,192.0.2.10,request,7,1,64",
                            "<134>Apr  1 10:00:03 pf-1 filterlog: 5,,,1000000103,igb0,match,block,in,4,0xc0,,52,9,0,none,1,icmp,88,203.0.113.7,192.0.2.10,unreachport,198.51.100.53,udp,53",
                            "<134>Apr  1 10:00:04 pf-1 filterlog[31246]: 7,,,1000000105,igb0,match,block,in,6,0x00,0x00000,57,TCP,6,40,2001:db8::7,2001:db8::10,40113,443,0,S,1,,64800,,mss",
                            "<134>1 2026-04-01T10:00:05+09:00 opn-1 filterlog 64412 - [meta sequenceId=\"9\"] 11,,,02f4bab031b57d1e30553ce08e0ec131,vtnet1,match,block,in,4,0x0,,128,1234,0,none,17,udp,96,192.0.2.15,192.0.2.255,137,137,76")),
            entry(
                    "vpc-flow",
                    List.of(
                            "2 111122223333 eni-0a1b2c3d4e5f60718 192.0.2.15 198.51.100.20 51000 443 6 25 20000 1775005140 1775005200 ACCEPT OK",
                            "2 111122223333 eni-0a1b2c3d4e5f60718 - - - - - - - 1775005140 1775005200 - NODATA",
                            "3 vpc-0a1b2c3d subnet-0a1b2c3d i-0a1b2c3d eni-0a1b2c3d4e5f60718 111122223333 IPv4 192.0.2.15 198.51.100.20 51000 443 192.0.2.15 198.51.100.20 6 20000 25 1775005140 1775005200 ACCEPT 19 OK",
                            "5 111122223333 eni-0a1b2c3d4e5f60718 2001:db8::15 2001:db8::20 51000 443 6 25 20000 1775005140 1775005200 ACCEPT OK vpc-0a1b2c3d subnet-0a1b2c3d - 2 IPv6 2001:db8::15 2001:db8::20 ap-northeast-1 apne1-az4 - - - S3 egress 8")),
            entry(
                    "juniper-srx",
                    List.of(
                            "<14>1 2026-04-01T10:00:01.184+09:00 srx-1 RT_FLOW - RT_FLOW_SESSION_CLOSE [junos@2636.1.1.1.2.129 reason=\"TCP FIN\" source-address=\"192.0.2.15\" source-port=\"51000\" destination-address=\"198.51.100.20\" destination-port=\"443\" service-name=\"junos-https\" nat-source-address=\"203.0.113.1\" nat-source-port=\"19162\" nat-destination-address=\"198.51.100.20\" nat-destination-port=\"443\" src-nat-rule-name=\"nat1\" dst-nat-rule-name=\"None\" protocol-id=\"6\" policy-name=\"permit-web\" source-zone-name=\"trust\" destination-zone-name=\"untrust\" session-id-32=\"5\" packets-from-client=\"6\" bytes-from-client=\"337\" packets-from-server=\"4\" bytes-from-server=\"535\" elapsed-time=\"1\" application=\"SSL\" nested-application=\"EXAMPLE-APP\" username=\"N/A\" roles=\"N/A\" packet-incoming-interface=\"ge-0/0/0.0\" encrypted=\"No \"]",
                            "<14>1 2026-04-01T10:00:02.573+09:00 srx-1 RT_FLOW - RT_FLOW_SESSION_DENY_LS [junos@2636.1.1.1.2.129 source-address=\"203.0.113.7\" source-port=\"37233\" destination-address=\"192.0.2.10\" destination-port=\"161\" service-name=\"None\" protocol-id=\"17\" icmp-type=\"0\" policy-name=\"deny-all\" source-zone-name=\"untrust\" destination-zone-name=\"junos-host\" application=\"UNKNOWN\" nested-application=\"UNKNOWN\" username=\"N/A\" roles=\"N/A\" packet-incoming-interface=\"ge-0/0/1.0\" encrypted=\"No\" reason=\"Denied by policy\"]",
                            "<165>1 2026-04-01T10:00:03.193+09:00 srx-1 RT_IDP - IDP_ATTACK_LOG_EVENT [junos@2636.1.1.1.2.129 epoch-time=\"1775005203\" message-type=\"SIG\" source-address=\"203.0.113.7\" source-port=\"40113\" destination-address=\"192.0.2.10\" destination-port=\"80\" protocol-name=\"TCP\" service-name=\"SERVICE_IDP\" application-name=\"HTTP\" rule-name=\"3\" rulebase-name=\"IPS\" policy-name=\"Recommended\" export-id=\"20175\" repeat-count=\"0\" action=\"DROP\" threat-severity=\"HIGH\" attack-name=\"HTTP:MISC:GENERIC-DIR-TRAVERSAL\" nat-source-address=\"0.0.0.0\" nat-source-port=\"0\" nat-destination-address=\"10.20.0.8\" nat-destination-port=\"8080\" elapsed-time=\"0\" inbound-bytes=\"120\" outbound-bytes=\"0\" inbound-packets=\"2\" outbound-packets=\"0\" source-zone-name=\"untrust\" source-interface-name=\"reth1.24\" destination-zone-name=\"dmz\" destination-interface-name=\"reth2.21\" packet-log-id=\"0\" alert=\"no\" username=\"unknown-user\" roles=\"N/A\" message=\"-\"]",
                            "<12>1 2026-04-01T10:00:05.391+09:00 srx-1 RT_UTM - WEBFILTER_URL_BLOCKED [junos@2636.1.1.1.2.129 source-zone=\"trust\" destination-zone=\"untrust\" source-address=\"192.0.2.15\" source-port=\"58071\" destination-address=\"198.51.100.80\" destination-port=\"80\" category=\"Gambling\" reason=\"BY_BLACK_LIST\" profile=\"uf1\" url=\"bet.example\" obj=\"/a?b=c\" username=\"carol\" roles=\"N/A\"]",
                            "<14>1 2026-04-01T10:00:08.134+09:00 srx-1 RT_AAMW - SRX_AAMW_ACTION_LOG [junos@2636.1.1.1.2.129 http-host=\"www.example\" file-category=\"executable\" action=\"BLOCK\" verdict-number=\"8\" verdict-source=”cloud/blacklist” source-address=\"192.0.2.15\" source-port=\"57116\" destination-address=\"198.51.100.80\" destination-port=\"80\" protocol-id=\"6\" application=\"HTTP\" nested-application=\"UNKNOWN\" policy-name=\"aamw\" username=\"carol\" session-id-32=\"50000002\" source-zone-name=\"trust\" destination-zone-name=\"untrust\" sample-sha256=\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"]",
                            "<14>Apr  1 10:00:10 srx-1 RT_FLOW: RT_FLOW_SESSION_CREATE: session created 192.0.2.15/51001->198.51.100.20/443 0x0 junos-https 203.0.113.1/19163->198.51.100.20/443 0x0 source rule nat1 N/A N/A 6 permit-web trust untrust 6 carol(staff) ge-0/0/0.0 SSL UNKNOWN UNKNOWN",
                            "<14>Apr  1 10:00:11 srx-1 RT_FLOW: RT_FLOW_SESSION_CLOSE: session closed TCP FIN: 192.0.2.15/51001->198.51.100.20/443 junos-https 203.0.113.1/19163->198.51.100.20/443 nat1 None 6 permit-web trust untrust 6 6(337) 4(535) 1 UNKNOWN UNKNOWN N/A(N/A) ge-0/0/0.0 No",
                            "<14>Apr  1 10:00:12 srx-1 RT_FLOW: RT_FLOW_SESSION_DENY: session denied 203.0.113.7/37233->192.0.2.10/161 None 17(0) deny-all untrust trust UNKNOWN UNKNOWN N/A(N/A) ge-0/0/1.0 No")),
            entry(
                    "checkpoint",
                    List.of(
                            "<134>1 2026-04-01T01:00:00Z cp-1 CheckPoint 15190 - [action:\"Accept\"; flags:\"411908\"; ifdir:\"inbound\"; ifname:\"eth1\"; logid:\"0\"; loguid:\"{0x1,0x0,0x2,0x3}\"; origin:\"192.0.2.254\"; originsicname:\"CN=cp-1,O=mgmt..abc\"; sequencenum:\"1\"; time:\"1775005200\"; version:\"5\"; __policy_id_tag:\"product=VPN-1 & FireWall-1[db_tag={0};mgmt=m;policy_name=Standard\\]\"; bytes:\"9120\"; client_inbound_bytes:\"1850\"; server_inbound_bytes:\"7270\"; dst:\"198.51.100.20\"; inzone:\"Internal\"; outzone:\"External\"; layer_name:\"Network\"; rule:\"7\"; rule_name:\"allow web\"; rule_uid:\"00000000-0000-4000-8000-000000000001\"; product:\"VPN-1 & FireWall-1\"; proto:\"6\"; s_port:\"51000\"; service:\"443\"; service_id:\"https\"; src:\"192.0.2.15\"; src_machine_name:\"pc-7@city.example\"; src_user_name:\"Carol (carol)\"; user:\"carol\"; xlatesrc:\"203.0.113.1\"; xlatesport:\"28493\"; xlatedst:\"0.0.0.0\"; start_time:\"1775005170\"; elapsed:\"30\"]",
                            "<134>1 2026-04-01T01:00:02Z cp-1 CheckPoint 15190 - [action:\"Prevent\"; loguid:\"{0x1,0x2,0x2,0x3}\"; origin:\"192.0.2.254\"; time:\"1775005202\"; dst:\"192.0.2.10\"; product:\"SmartDefense\"; protection_name:\"Apache Log4j Remote Code Execution\"; protection_id:\"asm_dynamic_prop_CVE_2021_44228\"; severity:\"4\"; proto:\"6\"; s_port:\"40113\"; service:\"443\"; src:\"203.0.113.7\"; resource:\"https://api.example.jp/a?b=\\\"c\\\"\"; method:\"GET\"; user_agent:\"curl/8\"]",
                            "<134>1 2026-04-01T01:00:05Z cp-m CheckPoint 16700 - [action:\"Accept\"; loguid:\"{0x1,0x5,0x2,0x3}\"; origin:\"192.0.2.253\"; time:\"1775005205\"; additional_info:\"Authentication method: Password\"; administrator:\"kanri\"; client_ip:\"192.0.2.40\"; operation:\"Log In\"; product:\"SmartConsole\"; subject:\"Administrator Login\"]",
                            "<85>1 2026-04-01T10:00:07+09:00 cp-2 CP-GW - Log [Fields@1.3.6.1.4.1.2620 inzone=\"External\" outzone=\"DMZ\" service_id=\"https\" src=\"203.0.113.7\" dst=\"192.0.2.10\" proto=\"6\" xlatesrc=\"\" xlatedst=\"10.20.0.8\" user=\"\" rule_uid=\"00000000-0000-4000-8000-000000000002\" rule_name=\"publish\" ProductName=\"VPN-1 & FireWall-1\" svc=\"443\" sport_svc=\"56530\" xlatedport_svc=\"8443\" action=\"Accept\" ProductFamily=\"Network\" ]",
                            "<134>Apr  1 10:00:08 cp-1 time=1775005208|hostname=cp-1|product=Firewall|action=Reject|ifdir=inbound|ifname=eth0|loguid={0x1,0x7,0x2,0x3}|origin=192.0.2.254|src=203.0.113.7|dst=192.0.2.10|proto=17|s_port=40000|service=53|rule=9|rule_name=a \\| b")),
            entry(
                    "yamaha-rtx",
                    List.of(
                            "<134>Apr  1 10:00:00 rtx-1 PP[01] Rejected at IN(2000) filter: TCP 203.0.113.7:40112 > 192.0.2.10:23",
                            "<134>LAN2 Passed at OUT(2099) filter: UDP 192.0.2.15:51000 > 198.51.100.53:53",
                            "<134>Apr  1 10:00:02 rtx-1 LAN2 Rejected at IN(11) filter: TCP 2001:db8::7.56609 > 2001:db8::10.443",
                            "<134>Apr  1 10:00:04 rtx-1 LAN1(port3) Rejected at IN(5) filter: 02:00:5e:00:53:01 > 02:00:5e:00:53:02 IP6",
                            "<134>Apr  1 10:00:05 rtx-1 [INSPECT] PP[01][out][101080] TCP 192.0.2.15:51000 > 198.51.100.20:443 (2026/04/01 09:59:24)",
                            "2026/04/01 10:00:12: PP[01] PPP/IPCP up  (Local: 192.0.2.254, Remote: 198.51.100.1)",
                            "<134>Apr  1 10:00:14 rtx-1 IP Tunnel[1] Up",
                            "<134>Apr  1 10:00:16 rtx-1 [IKE] initiate ISAKMP phase to 203.0.113.7 (local address 192.0.2.254)")));

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
            entry("leef", List.of("LEEF:1.0|V|P|1|e|", "LEEF:2.0|V|P|1|e|^|a=", "LEEF:1.0|V|P|1|e|devTime=")),
            entry(
                    "netfilter",
                    List.of(
                            "IN=eth0 OUT= SRC=192.0.2.1 ",
                            "Apr  1 10:00:00 h kernel: [UFW BLOCK] IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2 PROTO=ICMP [")),
            entry("pfsense", List.of("<134>Apr  1 10:00:00 pf filterlog[1]: 5,,,17,igb0,match,block,in,4,")),
            entry("vpc-flow", List.of("2 111122223333 eni-1 ", "version srcaddr start end\n")),
            entry(
                    "juniper-srx",
                    List.of(
                            "<14>1 2026-04-01T10:00:00Z srx RT_FLOW - RT_FLOW_SESSION_CREATE [junos@2636 a=\"",
                            "<14>Apr  1 10:00:00 srx RT_FLOW: session closed ")),
            entry(
                    "checkpoint",
                    List.of("<134>1 2026-04-01T01:00:00Z cp CheckPoint 1 - [a:\"b\"; ", "time=1775005201|a=b|c=")),
            entry(
                    "yamaha-rtx",
                    List.of(
                            "<134>PP[01] Rejected at IN(1) filter: TCP ",
                            "[INSPECT] PP[01][out][1] ",
                            "[IKE] initiate ",
                            "Login failed for ")));

    private NetworkSampleLines() {}
}
