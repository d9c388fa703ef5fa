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
                            "1,2026/04/01 10:00:22,001801000001,AUDIT,cli,2561,2026/04/01 10:00:22,0,opcmd,kanri,show system info,success")));

    /** Beginnings of lines behind which a decoder of the format looks for something; for tests of time. */
    static final Map<String, List<String>> BEGINNINGS = Map.ofEntries(entry(
            "paloalto",
            List.of(
                    "1,2026/04/01 10:00:00,1,TRAFFIC,end,1,2026/04/01 10:00:00,",
                    "1,2026/04/01 10:00:00,1,THREAT,url,1,2026/04/01 10:00:00,192.0.2.1,198.51.100.1,,,r,,,ssl,v,a,b,c,d,e,,7,1,1,2,0,0,0x0,tcp,alert,\"",
                    "1,2026/04/01 10:00:00,1,SYSTEM,auth,1,2026/04/01 10:00:00,,auth-fail,,0,0,general,low,\"user ")));

    private NetworkSampleLines() {}
}
