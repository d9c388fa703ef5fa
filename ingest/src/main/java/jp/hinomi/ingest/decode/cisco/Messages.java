package jp.hinomi.ingest.decode.cisco;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * The messages by their number, as the syslog message guides of ASA and FTD word them; of several wordings the first that
 * fits is taken. A message that is not here keeps number, severity and text. Immutable and thread-safe.
 */
final class Messages {
    private static final String WHO = "Group <{group}> User <{user}> IP <{src}~> {detail}";
    private static final String WHO_PLAIN = "Group {group} User {user} IP {src}~ {detail}";

    private record Message(Kind kind, List<Template> wordings) {}

    private final Map<String, Message> byNumber = new HashMap<>();
    private final Values values;

    /** @param prefix {@code cisco.asa.} or {@code cisco.ftd.} */
    Messages(String prefix) {
        this.values = new Values(prefix);
        filters();
        connections();
        attacks();
        administration();
        authentication();
        vpn();
        sessions();
    }

    /** @return false if the number is not known, or the wording is another: then only the classification is put */
    boolean describe(String number, String text, int from, EventDraft event) {
        Message message = byNumber.get(number.startsWith("4000") ? "4000" : number);
        if (message == null) {
            return false;
        }
        message.kind.put(event);
        for (Template wording : message.wordings) {
            if (wording.put(text, from, event)) {
                return true;
            }
        }
        return false;
    }

    private void filters() {
        add(
                Kind.DENY,
                "106001",
                "{direction} {transport} connection denied from {src} to {dst}~ flags {flags} on interface {ingress}");
        add(Kind.DENY, "106002", "{transport} Connection denied by {direction} list {list} src {src} dest {dst}");
        add(Kind.DENY, "106006", "Deny {direction} {transport} from {src} to {dst}~ on interface {ingress}");
        add(Kind.DENY, "106007", "Deny {direction} {transport} from {src} to {dst}~ due to {reason}");
        add(Kind.DENY, "106010", "Deny {direction} {transport} src {src} dst {dst}");
        add(Kind.DENY, "106011", "Deny {direction} (No xlate) {transport} src {src} dst {dst}");
        add(Kind.DENY, "106012", "Deny IP from {src} to {dst}, {reason}");
        add(Kind.DENY, "106013", "Dropping echo request from {src} to PAT address {dst}");
        add(Kind.DENY, "106014", "Deny {direction} {transport} src {src} dst {dst}");
        add(
                Kind.DENY,
                "106015",
                "Deny {transport} ({reason}) from {src} to {dst}~ flags {flags} on interface {ingress}");
        add(Kind.ATTACK_DENIED, "106016", "Deny IP spoof from ({src}) to {dst}~ on interface {ingress}");
        add(Kind.ATTACK_DENIED, "106017", "Deny IP due to {reason} from {src} to {dst}");
        add(
                Kind.DENY,
                "106018",
                "{transport} packet type {icmp_type} denied by {direction} list {list} src {src} dest {dst}");
        add(Kind.ATTACK_DENIED, "106020", "Deny IP {reason} fragment (size = {*}, offset = {*}) from {src} to {dst}");
        add(
                Kind.ATTACK_DENIED,
                "106021",
                "Deny {transport} reverse path check from {src} to {dst}~ on interface {ingress}");
        add(
                Kind.ATTACK_DENIED,
                "106022",
                "Deny {transport} connection spoof from {src} to {dst}~ on interface {ingress}");
        add(Kind.DENY, "106023", "Deny {transport} src {src} dst {dst} by access-group {list}~ [{*}");
        add(Kind.DENY, "106027", "{*}Deny src {src} dst {dst} by access-group {list}~ [{*}");
        add(
                Kind.LIST,
                "106100",
                "access-list {list} {verdict} {transport} {aclsrc} -> {acldst} hit-cnt {hit_count}~ {interval} [{*}");
        add(
                Kind.LIST,
                "106102",
                "access-list {list} {verdict} {transport} for user {user} {aclsrc} -> {acldst} hit-cnt {hit_count}~ {interval} [{*}");
        add(
                Kind.DENY,
                "106103",
                "access-list {list} {verdict} {transport} for user {user} {aclsrc} -> {acldst} hit-cnt {hit_count}~ {interval} [{*}");
        add(Kind.DENY, "110002", "Failed to locate egress interface for {transport} from {src} to {dst}");
        add(Kind.DENY, "110003", "Routing failed to locate next hop for {transport} from {src} to {dst}");
        add(
                Kind.DENY,
                "313001",
                "Denied {transport} type={icmp_type}, code={icmp_code} from {src} on interface {ingress}");
        add(
                Kind.DENY,
                "313004",
                "Denied {transport} type={icmp_type}, from{*}addr {src} on interface {ingress} to {dst}: {reason}");
        add(
                Kind.DENY,
                "313005",
                "{reason} for ICMP error message: {transport} src {src} dst {dst} (type {icmp_type}, code {icmp_code}) on {ingress} interface.{*}Original IP payload: {original_payload}");
        add(
                Kind.DENY,
                "313008",
                "Denied {transport} type={icmp_type}, code={icmp_code} from {src} on interface {ingress}");
        add(Kind.DENY, "313009", "Denied invalid {transport} code {icmp_code}, for {src} to {dst}");
        add(Kind.ATTACK_DENIED, "322001", "Deny MAC address {mac}, possible spoof attempt on interface {ingress}");
        add(
                Kind.ATTACK,
                "322002",
                "ARP inspection check failed for arp {*} received from host {mac} on interface {ingress}");
        add(Kind.DENY, "410001", "Dropped {transport} DNS {dns_packet} from {src} to {dst}; {reason}");
        add(
                Kind.DENY,
                "418001",
                "Through-the-device packet to/from management-only network is denied: {transport} src {src} dst {dst}");
        add(Kind.DENY, "419001", "Dropping {transport} packet from {src} to {dst}, reason: {reason}");
        add(Kind.ATTACK_DENIED, "419002", "Duplicate {transport} SYN from {src} to {dst} with {reason}");
        add(Kind.DENY, "434002", "SFR requested to drop {transport} packet from {src} to {dst}");
        add(
                Kind.FLOW,
                "434004",
                "SFR requested ASA to bypass further packet redirection and process {transport} flow from {src} to {dst} locally");
        add(
                Kind.DENY,
                "500003",
                "Bad {transport} hdr length (hdrlen={header_length}, pktlen={packet_length}) from {src} to {dst}, flags: {flags}, on interface {ingress}");
        add(Kind.DENY, "500004", "Invalid transport field for protocol={transport}, from {src} to {dst}");
        add(
                Kind.DENY,
                "507003",
                "{transport} flow from {src} to {dst} terminated by inspection engine, reason - {reason}");
        add(Kind.DENY, "710001", "{transport} access requested from {src} to {dst}");
        add(Kind.BUILT, "710002", "{transport} access permitted from {src} to {dst}");
        add(Kind.DENY, "710003", "{transport} access denied by ACL from {src} to {dst}");
        add(Kind.DENY, "710004", "{transport} connection limit exceeded from {src} to {dst}~ (current {*}");
        add(Kind.DENY, "710005", "{transport} request discarded from {src} to {dst}");
        add(Kind.DENY, "710006", "{transport} request discarded from {src} to {dst}");
        add(Kind.FLOW, "710007", "NAT-T keepalive received from {src} to {dst}");
    }

    private void connections() {
        for (String number : new String[] {"302013", "302015", "302017", "302303"}) {
            add(
                    Kind.BUILT,
                    number,
                    "Built outbound {transport} connection {connection_id} for {dst} to {src}",
                    "Built inbound {transport} connection {connection_id} for {src} to {dst}",
                    "Built {direction} {transport} connection {connection_id} from {src} to {dst}",
                    "Built {transport} state-bypass connection {connection_id} from {src} to {dst}");
        }
        for (String number : new String[] {"302014", "302016", "302018", "302304"}) {
            add(
                    Kind.OVER,
                    number,
                    "Teardown {transport} connection {connection_id} for {ends} duration {duration} bytes {bytes}~ {reason}",
                    "Teardown {transport} connection {connection_id} from {ends} duration {duration} bytes {bytes}~ {reason}");
        }
        add(
                Kind.BUILT,
                "302020",
                "Built inbound {transport} connection for faddr {src} gaddr {*} laddr {dst}",
                "Built outbound {transport} connection for faddr {dst} gaddr {natted} laddr {src}");
        add(Kind.OVER, "302021", "Teardown {transport} connection for faddr {src} gaddr {*} laddr {dst}");
        for (String number : new String[] {"302022", "302024", "302026"}) {
            add(Kind.BUILT, number, "Built {stub}stub {transport} connection for {src} to {dst}");
        }
        for (String number : new String[] {"302023", "302025", "302027"}) {
            add(
                    Kind.OVER,
                    number,
                    "Teardown stub {transport} connection for {ends} duration {duration} forwarded bytes {bytes}~ {reason}");
        }
        add(Kind.HOST, "302010", "{connections_in_use} in use, {connections_most_used} most used");
        add(Kind.FILE, "303002", "{protocol} connection from {src} to {dst}, user {user} {file_operation} file {file}");
        add(Kind.WEB, "304001", "{src} Accessed {*}URL {dst}:{url}");
        add(Kind.WEB_DENIED, "304002", "Access denied URL {url} SRC {src} DEST {dst}~ on interface {ingress}");
        add(Kind.DENY, "305005", "{reason} for {transport} src {src} dst {dst}");
        add(Kind.DENY, "305006", "{reason} for {transport} src {src} dst {dst}");
        add(Kind.TRANSLATED, "305009", "Built {translation} translation from {src} to {natted}");
        add(
                Kind.TRANSLATION_OVER,
                "305010",
                "Teardown {translation} translation from {src} to {natted}~ duration {duration}");
        add(Kind.TRANSLATED, "305011", "Built {translation} {transport} translation from {src} to {natted}");
        add(
                Kind.TRANSLATION_OVER,
                "305012",
                "Teardown {translation} {transport} translation from {src} to {natted}~ duration {duration}");
        add(
                Kind.FLOW,
                "607001",
                "Pre-allocate {protocol} {channel} secondary channel for {src} to {dst}~ from {sip_message} message");
        add(Kind.FLOW, "609001", "Built local-host {src}");
        add(Kind.FLOW, "609002", "Teardown local-host {src}~ duration {duration}");
        add(Kind.FLOW, "805001", "Offloaded {transport} Flow for connection {connection_id} from {src} to {dst}");
        add(
                Kind.FLOW,
                "805002",
                "{transport} Flow is no longer offloaded for connection {connection_id} from {src} to {dst}");
    }

    private void attacks() {
        add(Kind.ATTACK, "4000", "IPS:{signature} {attack} from {src} to {dst}~ on interface {ingress}");
        for (String number :
                new String[] {"338001", "338002", "338003", "338004", "338005", "338006", "338007", "338008"}) {
            add(
                    number.compareTo("338005") < 0 ? Kind.ATTACK : Kind.ATTACK_DENIED,
                    number,
                    "Dynamic {*}ilter {filter_action} {color}listed {transport} traffic from {src} to {dst}, source {malicious} resolved from {list} list: {source_listed}~, threat-level: {threat_level}, category: {threat_category}",
                    "Dynamic {*}ilter {filter_action} {color}listed {transport} traffic from {src} to {dst}, destination {malicious} resolved from {list} list: {listed}~, threat-level: {threat_level}, category: {threat_category}");
        }
        add(
                Kind.ATTACK_DENIED,
                "201010",
                "Embryonic connection limit exceeded {connections} for {direction} packet from {src} to {dst} on interface {ingress}");
        add(Kind.ATTACK, "405001", "Received ARP {arp} collision from {src} on interface {ingress}");
        add(
                Kind.ATTACK,
                "733100",
                "[{threat_object}] drop {rate_id} exceeded. Current burst rate is {burst_rate} per second, max configured rate is {burst_limit}; Current average rate is {average_rate} per second, max configured rate is {average_limit}; Cumulative total count is {total_count}");
        add(
                Kind.ATTACK,
                "733101",
                "{*} {src} (is {reason}). Current burst rate is {burst_rate} per second, max configured rate is {burst_limit}; Current average rate is {average_rate} per second, max configured rate is {average_limit}; Cumulative total count is {total_count}",
                "{*} {src} is {reason}. Current burst rate is {burst_rate} per second, max configured rate is {burst_limit}; Current average rate is {average_rate} per second, max configured rate is {average_limit}; Cumulative total count is {total_count}");
        add(Kind.ATTACK_DENIED, "733102", "Threat-detection adds host {src} to shun list");
        add(Kind.ATTACK, "733103", "Threat-detection removes host {src} from shun list");
        add(Kind.ATTACK_DENIED, "401004", "Shunned packet: {src} ==> {dst} on interface {ingress}");
        add(
                Kind.ATTACK,
                "402117",
                "{protocol}: Received a non-IPSec packet (protocol={transport}) from {src} to {dst}");
        add(
                Kind.ATTACK,
                "402119",
                "{protocol}: Received an {transport} packet (SPI={spi}, sequence number={*}) from {src} (user={user}) to {dst} that {reason}");
    }

    private void administration() {
        add(Kind.CONFIGURED, "111001", "Begin configuration: {src} writing to {device}");
        add(Kind.CONFIGURED, "111004", "{src} end configuration: {result}");
        add(Kind.CONFIGURED, "111005", "{src} end configuration: {result}");
        add(Kind.CONFIGURED, "111007", "Begin configuration: {src} reading from {device}");
        add(Kind.COMMAND, "111008", "User {user} executed the {command_line_arguments} command");
        add(Kind.SHOW, "111009", "User {user} executed cmd: {command_line_arguments}");
        add(
                Kind.COMMAND,
                "111010",
                "User {user}, running {application} from IP {src}, executed {command_line_arguments}");
        add(
                Kind.LOGOUT,
                "315011",
                "SSH session from {src} on interface {ingress} for user {user} disconnected by SSH server, reason: {reason}");
        add(Kind.USER_ADDED, "502101", "New user added to local dbase: Uname: {user} Priv: {privilege}~ Encpass: {*}");
        add(
                Kind.USER_REMOVED,
                "502102",
                "User deleted from local dbase: Uname: {user} Priv: {privilege}~ Encpass: {*}");
        add(
                Kind.USER_CHANGED,
                "502103",
                "User priv level changed: Uname: {user} From: {privilege_before} To: {privilege}");
        add(Kind.GROUP_ADDED, "502111", "New group policy added: name: {group} Type: {group_type}");
        add(Kind.GROUP_REMOVED, "502112", "Group policy deleted: name: {group} Type: {group_type}");
        add(Kind.LOGIN_FAILED, "605004", "Login denied from {src} to {dst} for user {user}");
        add(Kind.LOGIN, "605005", "Login permitted from {src} to {dst} for user {user}");
        add(Kind.LOGIN, "606001", "ASDM session number {session_number} from {src} started");
        add(Kind.LOGOUT, "606002", "ASDM session number {session_number} from {src} ended");
        add(Kind.LOGIN, "606003", "ASDM logging session number {session_number} from {src} started");
        add(Kind.LOGOUT, "606004", "ASDM logging session number {session_number} from {src} ended");
        add(
                Kind.LOGIN,
                "611101",
                "User authentication succeeded: IP address: {src}, Uname: {user}",
                "User authentication succeeded: {*}Uname: {user}");
        add(
                Kind.LOGIN_FAILED,
                "611102",
                "User authentication failed: IP address: {src}, Uname: {user}",
                "User authentication failed: {*}Uname: {user}");
        add(Kind.LOGOUT, "611103", "User logged out: Uname: {user}");
        add(Kind.USER_MAPPED, "746012", "user-identity: Add IP-User mapping {src} - {user} {result} - {reason}");
        add(Kind.USER_UNMAPPED, "746013", "user-identity: Delete IP-User mapping {src} - {user} {result} - {reason}");
        add(Kind.HOST, "411001", "Line protocol on Interface {ingress}, changed state to {result}");
        add(Kind.HOST, "411002", "Line protocol on Interface {ingress}, changed state to {result}");
        add(
                Kind.AAA,
                "409023",
                "Attempting AAA Fallback method {method} for {request} request for user {user}{*}Auth-server group {server_group} {reason}");
    }

    private void authentication() {
        add(
                Kind.LOGIN,
                "109005",
                "Authentication succeeded for user {user} from {src} to {dst} on interface {ingress}");
        add(
                Kind.LOGIN_FAILED,
                "109006",
                "Authentication failed for user {user} from {src} to {dst} on interface {ingress}");
        add(Kind.LOGIN, "109007", "Authorization permitted for user {user} from {src} to {dst} on interface {ingress}");
        add(
                Kind.LOGIN_FAILED,
                "109008",
                "Authorization denied for user {user} from {src} to {dst} on interface {ingress}");
        add(Kind.LOGIN, "113004", "AAA user {aaa_type} Successful{*}server ={dst}ser = {user}");
        add(
                Kind.LOGIN_FAILED,
                "113005",
                "AAA user {aaa_type} Rejected{*}reason = {reason} : server = {dst} : user = {user}~ : user IP = {src}");
        add(
                Kind.LOGIN_FAILED,
                "113006",
                "User {user} locked out on exceeding {attempts} successive failed authentication attempts");
        add(Kind.USER_CHANGED, "113007", "User {user} unlocked by {unlocked_by}");
        add(Kind.LOGIN, "113008", "AAA transaction status {result} : user = {user}");
        add(
                Kind.AAA,
                "113009",
                "AAA retrieved default group policy {group_policy} for user = {user}",
                "AAA retrieved default group policy {group_policy} for user {user}");
        add(Kind.AAA, "113010", "AAA challenge received for user {user} from server {dst}");
        add(Kind.AAA, "113011", "AAA retrieved user specific group policy {group_policy} for user = {user}");
        add(Kind.LOGIN, "113012", "AAA user {aaa_type} Successful{*}local database{*}ser = {user}");
        add(
                Kind.LOGIN_FAILED,
                "113013",
                "AAA unable to complete the request Error : reason = {reason} : user = {user}");
        add(Kind.LOGIN_FAILED, "113014", "AAA authentication server not accessible : server = {dst} : user = {user}");
        add(
                Kind.LOGIN_FAILED,
                "113015",
                "AAA user {aaa_type} Rejected{*}reason = {reason} : local database{*}ser = {user}~ : user IP = {src}");
        add(
                Kind.LOGIN_FAILED,
                "113016",
                "AAA credentials rejected{*}reason = {reason} : server = {dst} : user = {user}~ : user IP = {src}");
        add(
                Kind.LOGIN_FAILED,
                "113017",
                "AAA credentials rejected{*}reason = {reason} : local database : user = {user}~ : user IP = {src}");
        add(Kind.AAA, "113018", "User: {user}, Unsupported downloaded ACL Entry: {acl_entry}, Action: {acl_action}");
        add(
                Kind.VPN_DOWN,
                "113019",
                "Group = {group}, Username = {user}, IP = {src}, Session disconnected. Session Type: {session_type}, Duration: {duration}, Bytes xmt: {received}, Bytes rcv: {sent}, Reason: {reason}");
        add(Kind.AAA, "113020", "Kerberos error: {reason} with server {dst} greater than {*}");
        add(
                Kind.LOGIN_FAILED,
                "113021",
                "Attempted console login failed user {user} {reason}",
                "Attempted console login failed. User {user} {reason}");
        add(Kind.AAA, "113022", "AAA Marking {protocol} server {dst} in aaa-server group {server_group} as {result}");
        add(Kind.AAA, "113023", "AAA Marking {protocol} server {dst} in aaa-server group {server_group} as {result}");
        for (String number : new String[] {"113029", "113030", "113033", "113035", "113037", "113038", "113040"}) {
            add(Kind.VPN_FAILED, number, WHO, WHO_PLAIN);
        }
        for (String number : new String[] {"113031", "113032", "113034", "113036"}) {
            add(Kind.VPN, number, WHO, WHO_PLAIN);
        }
        add(Kind.VPN_UP, "113039", WHO, WHO_PLAIN);
    }

    private void vpn() {
        add(
                Kind.VPN_UP,
                "602303",
                "IPSEC: An {direction} {tunnel_type} SA (SPI={spi}) between {src} and {dst} (user={user}) has been created");
        add(
                Kind.VPN_DOWN,
                "602304",
                "IPSEC: An {direction} {tunnel_type} SA (SPI={spi}) between {src} and {dst} (user={user}) has been deleted");
        isakmp(Kind.VPN_UP, "713049", "713119", "713120", "713228");
        isakmp(Kind.VPN_DOWN, "713050", "713123", "713259");
        isakmp(
                Kind.VPN_FAILED,
                "713048",
                "713061",
                "713068",
                "713072",
                "713122",
                "713129",
                "713166",
                "713167",
                "713185",
                "713194",
                "713198",
                "713902",
                "713903",
                "713214",
                "713227",
                "713231",
                "713254");
        isakmp(
                Kind.VPN, "713184", "713202", "713041", "713130", "713131", "713172", "713201", "713219", "713220",
                "713222", "713236", "713257", "713273", "713901", "713904", "713905", "713906");
        web(Kind.VPN_UP, "716001", "722022", "722033", "722041");
        web(Kind.VPN_DOWN, "716002", "722023", "722037", "722030", "722031", "722028", "722012");
        web(Kind.LOGIN, "716038", "716004");
        web(Kind.LOGIN_FAILED, "716039", "716005", "716023");
        web(
                Kind.VPN, "716003", "716058", "716059", "716060", "722010", "722011", "722032", "722034", "722035",
                "722036", "722046", "722049", "722050", "722053", "722055");
        add(
                Kind.VPN_UP,
                "722051",
                "Group <{group}> User <{user}> IP <{src}> IPv4 Address <{tunnel_ip}~> IPv6 address <{assigned_ipv6}> assigned to session",
                WHO,
                WHO_PLAIN);
        add(Kind.VPN, "734001", "DAP: User {user}, Addr {src}, Connection {connection}: {detail}");
        ike(
                Kind.VPN, "750001", "750002", "750008", "750009", "750015", "751001", "751014", "751019", "751025",
                "751026");
        ike(Kind.VPN_UP, "750006");
        ike(Kind.VPN_DOWN, "750007");
        ike(
                Kind.VPN_FAILED,
                "750003",
                "750004",
                "750010",
                "750012",
                "750014",
                "751002",
                "751004",
                "751005",
                "751006",
                "751007",
                "751008",
                "751009",
                "751010",
                "751011",
                "751012",
                "751013",
                "751015",
                "751016",
                "751018",
                "751020",
                "751021",
                "751022",
                "751023",
                "751024",
                "751027");
    }

    private void sessions() {
        add(
                Kind.TLS,
                "725001",
                "Starting SSL handshake with {peer_type} {src} to {dst} for {tls} session",
                "Starting SSL handshake with {peer_type} {src}~ for {tls} session");
        add(
                Kind.TLS_OK,
                "725002",
                "Device completed SSL handshake with {peer_type} {src} to {dst}~ for {tls} session",
                "Device completed SSL handshake with {peer_type} {src}");
        add(
                Kind.TLS,
                "725003",
                "SSL {peer_type} {src} to {dst} request to resume previous session",
                "SSL {peer_type} {src} request to resume previous session");
        add(
                Kind.TLS_FAILED,
                "725006",
                "Device failed SSL handshake with {peer_type} {src} to {dst}",
                "Device failed SSL handshake with {peer_type} {src}");
        add(
                Kind.OVER,
                "725007",
                "SSL session with {peer_type} {src} to {dst} terminated",
                "SSL session with {peer_type} {src} terminated");
        add(Kind.TLS, "725008", "SSL {peer_type} {src} to {dst} proposes the following {*}");
        add(
                Kind.TLS,
                "725012",
                "Device chooses cipher {cipher} for the SSL session with {peer_type} {src} to {dst}",
                "Device chooses cipher {cipher} for the SSL session with {peer_type} {src}");
        add(Kind.TLS_FAILED, "725014", "SSL lib error. Function: {function} Reason: {reason}");
        add(Kind.TLS_FAILED, "725015", "Error verifying client certificate. {reason}");
        add(Kind.TLS, "725016", "Device selects trust-point {trust_point} for {peer_type} {src} to {dst}");
        add(
                Kind.TLS_FAILED,
                "725017",
                "No certificates received during the handshake with {peer_type} {src} to {dst} for {tls} session");
    }

    private void isakmp(Kind kind, String... numbers) {
        for (String number : numbers) {
            add(
                    kind,
                    number,
                    "Group = {group}, Username = {user}, IP = {src}, {detail}",
                    "Group = {group}, IP = {src}, {detail}",
                    "IP = {src}, {detail}",
                    "Group = {group}, {detail}");
        }
    }

    private void web(Kind kind, String... numbers) {
        for (String number : numbers) {
            add(kind, number, WHO, WHO_PLAIN);
        }
    }

    private void ike(Kind kind, String... numbers) {
        for (String number : numbers) {
            add(
                    kind,
                    number,
                    "Local:{local} Remote:{remote} Username:{user} {detail}",
                    "Local:{local} Remote:{remote} {detail}");
        }
    }

    private void add(Kind kind, String number, String... wordings) {
        List<Template> templates = new ArrayList<>();
        for (String wording : wordings) {
            templates.add(Template.of(wording, values::of));
        }
        if (byNumber.put(number, new Message(kind, List.copyOf(templates))) != null) {
            throw new IllegalStateException("two descriptions of message " + number);
        }
    }
}
