package jp.hinomi.ingest.decode;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/** Seeds for mutation of the formats of hosts, services, intrusion detection and web application firewalls. */
final class HostSampleLines {
    static final Map<String, List<String>> BY_FORMAT = Map.ofEntries(
            entry(
                    "snort",
                    List.of(
                            "04/01-10:00:00.123456  [**] [1:2003:8] MS-SQL Worm propagation attempt [**] [Classification: Misc Attack] [Priority: 2] {UDP} 203.0.113.7:1117 -> 10.20.0.9:1434",
                            "26/04/01-10:00:01.000001 [drop] [**] [1:1000001:2] \"WEB-PHP remote include path\" [**] [Classification: Web Application Attack] [Priority: 1] [AppID: HTTP] {TCP} 2001:db8::7:40000 -> 2001:db8::8:80",
                            "04/01/2026-10:00:03.000000  [Drop] [**] [1:2010935:3] ET SCAN Suspicious inbound to MSSQL port 1433 [**] [Classification: Potentially Bad Traffic] [Priority: 2] {TCP} 203.0.113.7:40001 -> 10.20.0.9:1433",
                            "<33>Apr  1 10:00:04 ids-1 snort[4711]: [1:2003:8] MS-SQL Worm propagation attempt [Classification: Misc Attack] [Priority: 2] <eth0> {UDP} 203.0.113.7:1117 -> 10.20.0.9:1434",
                            "[**] [1:1923:2] RPC portmap proxy attempt UDP [**]\n[Classification: Decode of an RPC Query] [Priority: 2] \n04/01-10:00:05.250000 203.0.113.7:1117 -> 10.20.0.9:111\nUDP TTL:64 TOS:0x0 ID:0 IpLen:20 DgmLen:84 DF",
                            "04/01-10:00:06.000000 , 1, TCP, raw, 60, C2S, 203.0.113.7:40002, 10.20.0.9:80, 1:1000001:2, block",
                            "04/01/26-10:00:07.000000 ,1,2003,8,\"worm, again\",UDP,203.0.113.7,1117,10.20.0.9,1434,00:00:5E:00:53:01,00:00:5E:00:53:02,0x3C,,,,,,64,0,4321,376,404,,,,",
                            "04/01/26-10:00:08.000000 ,119,33,1,\"(http_inspect) UNESCAPED SPACE\",TCP,203.0.113.7,40003,10.20.0.8,80,4322,Unknown Traffic,3,alert,Allow",
                            "{ \"seconds\" : 1775005209, \"timestamp\" : \"04/01-10:00:09.750000\", \"action\" : \"would_drop\", \"class\" : \"Misc Attack\", \"b64_data\" : \"AAAA\", \"dir\" : \"C2S\", \"dst_addr\" : \"10.20.0.9\", \"dst_ap\" : \"10.20.0.9:1434\", \"dst_port\" : 1434, \"eth_dst\" : \"00:00:5E:00:53:02\", \"eth_len\" : 62, \"eth_src\" : \"00:00:5E:00:53:01\", \"eth_type\" : \"0x800\", \"gid\" : 1, \"iface\" : \"eth0\", \"ip_id\" : 7, \"ip_len\" : 384, \"msg\" : \"worm\", \"mpls\" : 0, \"pkt_gen\" : \"raw\", \"pkt_len\" : 404, \"pkt_num\" : 3, \"priority\" : 2, \"proto\" : \"UDP\", \"rev\" : 8, \"rule\" : \"1:2003:8\", \"service\" : \"ms-sql\", \"sid\" : 2003, \"src_addr\" : \"203.0.113.7\", \"src_ap\" : \"203.0.113.7:1117\", \"src_port\" : 1117, \"tos\" : 0, \"ttl\" : 64, \"udp_len\" : 384, \"vlan\" : 0 }")),
            entry(
                    "zeek",
                    List.of(
                            "{\"ts\":1775005202.25,\"uid\":\"CAbc3\",\"id.orig_h\":\"10.20.0.5\",\"id.orig_p\":40000,\"id.resp_h\":\"10.20.0.53\",\"id.resp_p\":53,\"proto\":\"udp\",\"trans_id\":4711,\"rtt\":0.0125,\"query\":\"portal.example.jp\",\"qclass\":1,\"qclass_name\":\"C_INTERNET\",\"qtype\":1,\"qtype_name\":\"A\",\"rcode\":0,\"rcode_name\":\"NOERROR\",\"AA\":false,\"TC\":false,\"RD\":true,\"RA\":true,\"Z\":0,\"answers\":[\"edge.example.jp\",\"203.0.113.9\"],\"TTLs\":[300.0,60.0],\"rejected\":false}",
                            "{\"ts\":1775005204.0,\"uid\":\"CAbc5\",\"id.orig_h\":\"10.20.0.5\",\"id.orig_p\":40002,\"id.resp_h\":\"203.0.113.7\",\"id.resp_p\":443,\"version\":\"TLSv12\",\"cipher\":\"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\",\"curve\":\"secp256r1\",\"server_name\":\"api.example.jp\",\"resumed\":false,\"last_alert\":\"unknown_ca\",\"next_protocol\":\"h2\",\"established\":false,\"ssl_history\":\"CsxknGIt\",\"cert_chain_fps\":[\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"],\"client_cert_chain_fps\":[],\"subject\":\"CN=api.example.jp,O=Example,C=JP\",\"issuer\":\"CN=Example CA,O=Example,C=JP\",\"sni_matches_cert\":true,\"validation_status\":\"self signed certificate\",\"ja3\":\"e7d705a3286e19ea42f587b344ee6865\",\"ja3s\":\"1249fb68f48c0444718e4d3b48b27188\"}",
                            "{\"ts\":1775005205.0,\"fingerprint\":\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\",\"certificate.version\":3,\"certificate.serial\":\"0a1b\",\"certificate.subject\":\"CN=api.example.jp,O=Example,ST=Tokyo,C=JP\",\"certificate.issuer\":\"CN=Example CA,C=JP\",\"certificate.not_valid_before\":1767225600.0,\"certificate.not_valid_after\":1798761599.0,\"certificate.key_alg\":\"rsaEncryption\",\"certificate.sig_alg\":\"sha256WithRSAEncryption\",\"certificate.key_type\":\"rsa\",\"certificate.key_length\":2048,\"certificate.exponent\":\"65537\",\"san.dns\":[\"api.example.jp\",\"www.example.jp\"],\"san.ip\":[\"203.0.113.7\"],\"basic_constraints.ca\":false,\"host_cert\":true,\"client_cert\":false}",
                            "{\"_path\":\"smb_files\",\"ts\":1775005216.0,\"uid\":\"CAbcF\",\"id.orig_h\":\"10.20.0.31\",\"id.orig_p\":40010,\"id.resp_h\":\"10.20.0.3\",\"id.resp_p\":445,\"fuid\":\"F4\",\"action\":\"SMB::FILE_DELETE\",\"path\":\"\\\\\\\\fs01\\\\plans\",\"name\":\"dam\\\\a.pdf\",\"size\":100,\"times.modified\":1767225600.5,\"times.accessed\":1767225601.0,\"times.created\":1767225600.0,\"times.changed\":1767225602.0}",
                            "{\"_path\":\"notice\",\"ts\":1775005210.0,\"note\":\"SSH::Password_Guessing\",\"msg\":\"203.0.113.7 appears to be guessing SSH passwords (seen in 30 connections).\",\"sub\":\"Sampled servers: 10.20.0.9\",\"src\":\"203.0.113.7\",\"dst\":\"10.20.0.9\",\"p\":22,\"peer_descr\":\"worker-1\",\"actions\":[\"Notice::ACTION_DROP\",\"Notice::ACTION_LOG\"],\"email_dest\":[],\"suppress_for\":3600.0,\"dropped\":true}",
                            "{\"_path\":\"intel\",\"ts\":1775005227.0,\"uid\":\"CAbcL\",\"id.orig_h\":\"10.20.0.31\",\"id.orig_p\":40014,\"id.resp_h\":\"203.0.113.7\",\"id.resp_p\":80,\"seen.indicator\":\"203.0.113.7\",\"seen.indicator_type\":\"Intel::ADDR\",\"seen.where\":\"Conn::IN_RESP\",\"seen.node\":\"worker-1\",\"matched\":[\"Intel::ADDR\"],\"sources\":[\"city-feed\"]}",
                            "{\"_path\":\"capture_loss\",\"ts\":1775005236.0,\"ts_delta\":900.0,\"peer\":\"worker-1\",\"gaps\":1,\"acks\":100,\"percent_lost\":1.0}",
                            "1775005300.123456\tCAbc1\t192.0.2.31\t50123\t203.0.113.7\t443\ttcp\tssl\t1.500000\t700\t5200\tSF\tT\tF\t0\tShADadFf\t12\t1200\t10\t5800\t-",
                            "1775005302.000000\tCAbc4\t198.51.100.9\t40001\t10.20.0.8\t80\t1\tGET\tportal.example.jp\t/\\xe6\\xb8\\xaf?q=\\x09\t-\t1.1\tMozilla/5.0 (X11)\t-\t0\t15\t200\tOK\t-\t-\t(empty)\t-\t-\t-\t-\t-\t-\tF2\t-\ttext/html",
                            "<13>Apr  1 10:00:09 sensor-1 zeek_weird: 1775005309.000000\tCAbc9\t203.0.113.7\t40006\t10.20.0.8\t80\tbad_HTTP_request\t-\tF\tzeek\t-",
                            "#fields\tts\tuid\tid.orig_h")));

    private HostSampleLines() {}
}
