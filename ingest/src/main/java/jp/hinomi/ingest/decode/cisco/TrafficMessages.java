package jp.hinomi.ingest.decode.cisco;

/** Messages about packets, connections and attacks, in the form that {@link Messages} reads. */
final class TrafficMessages {
    static final String TABLE = """
            # What was not let through, and what access lists decided
            DENY 106001: {direction} {transport} connection denied from {src} to {dst}~ flags {flags} on interface {ingress}
            DENY 106002: {transport} Connection denied by {direction} list {list} src {src} dest {dst}
            DENY 106006: Deny {direction} {transport} from {src} to {dst}~ on interface {ingress}
            DENY 106007: Deny {direction} {transport} from {src} to {dst}~ due to {reason}
            DENY 106010 106014: Deny {direction} {transport} src {src} dst {dst}
            DENY 106011: Deny {direction} (No xlate) {transport} src {src} dst {dst}
            DENY 106012: Deny IP from {src} to {dst}, {reason}
            DENY 106013: Dropping echo request from {src} to PAT address {dst}
            DENY 106015: Deny {transport} ({reason}) from {src} to {dst}~ flags {flags} on interface {ingress}
            DENY 106016: Deny IP spoof from ({src}) to {dst}~ on interface {ingress}
            DENY 106017: Deny IP due to {reason} from {src} to {dst}
            DENY 106018: {transport} packet type {icmp_type} denied by {direction} list {list} src {src} dest {dst}
            DENY 106020: Deny IP {reason} fragment (size = {*}, offset = {*}) from {src} to {dst}
            DENY 106021: Deny {transport} reverse path check from {src} to {dst}~ on interface {ingress}
            DENY 106022: Deny {transport} connection spoof from {src} to {dst}~ on interface {ingress}
            DENY 106023: Deny {transport} src {src} dst {dst} by access-group {list}~ [{*}
            DENY 106027: {*}Deny src {src} dst {dst} by access-group {list}~ [{*}
            LIST 106100: access-list {list} {verdict} {transport} {aclsrc} -> {acldst} hit-cnt {hit_count}~ {interval} [{*}
            LIST 106102
            DENY 106103: access-list {list} {verdict} {transport} for user {user} {aclsrc} -> {acldst} hit-cnt {hit_count}~ {interval} [{*}
            DROPPED 110002: Failed to locate egress interface for {transport} from {src} to {dst}
            DROPPED 110003: Routing failed to locate next hop for {transport} from {src} to {dst}
            DENY 313001 313008: Denied {transport} type={icmp_type}, code={icmp_code} from {src} on interface {ingress}
            DENY 313004: Denied {transport} type={icmp_type}, from{*}addr {src} on interface {ingress} to {dst}: {reason}
            DENY 313005: {reason} for ICMP error message: {transport} src {src} dst {dst} (type {icmp_type}, code {icmp_code}) on {ingress} interface.{*}Original IP payload: {original_payload}
            DENY 313009: Denied invalid {transport} code {icmp_code}, for {src} to {dst}
            DENY 322001: Deny MAC address {mac}, possible spoof attempt on interface {ingress}
            ATTACK 322002: ARP inspection check failed for arp {*} received from host {mac} on interface {ingress}
            DENY 410001: Dropped {transport} DNS {dns_packet} from {src} to {dst}; {reason}
            DENY 418001: Through-the-device packet to/from management-only network is denied: {transport} src {src} dst {dst}
            DENY 419001: Dropping {transport} packet from {src} to {dst}, reason: {reason}
            DENY 419002: Duplicate {transport} SYN from {src} to {dst} with {reason}
            DENY 434002: SFR requested to drop {transport} packet from {src} to {dst}
            FLOW 434004: SFR requested ASA to bypass further packet redirection and process {transport} flow from {src} to {dst} locally
            DENY 500003: Bad {transport} hdr length (hdrlen={header_length}, pktlen={packet_length}) from {src} to {dst}, flags: {flags}, on interface {ingress}
            DENY 500004: Invalid transport field for protocol={transport}, from {src} to {dst}
            DENY 507003: {transport} flow from {src} to {dst} terminated by inspection engine, reason - {reason}
            DENY 710001: {transport} access requested from {src} to {dst}
            BUILT 710002: {transport} access permitted from {src} to {dst}
            DENY 710003: {transport} access denied by ACL from {src} to {dst}
            DENY 710004: {transport} connection limit exceeded from {src} to {dst}~ (current {*}
            DROPPED 710005 710006: {transport} request discarded from {src} to {dst}
            FLOW 710007: NAT-T keepalive received from {src} to {dst}
            # Connections and translations begin and end
            BUILT 302013 302015 302017 302303: Built outbound {transport} connection {connection_id} for {dst} to {src}
              | Built inbound {transport} connection {connection_id} for {src} to {dst}
              | Built {direction} {transport} connection {connection_id} from {src} to {dst}
              | Built {transport} state-bypass connection {connection_id} from {src} to {dst}
            OVER 302014 302016 302018 302304: Teardown {transport} connection {connection_id} for {ends} duration {duration} bytes {bytes}~ {reason}
              | Teardown {transport} connection {connection_id} from {ends} duration {duration} bytes {bytes}~ {reason}
            BUILT_ICMP 302020: Built inbound {echo} connection for faddr {src} gaddr {*} laddr {dst}
              | Built outbound {echo} connection for faddr {dst} gaddr {natted} laddr {src}
            OVER 302021: Teardown {echo} connection for faddr {src} gaddr {*} laddr {dst}
            BUILT 302022 302024 302026: Built {stub}stub {transport} connection for {src} to {dst}
            OVER 302023 302025 302027: Teardown stub {transport} connection for {ends} duration {duration} forwarded bytes {bytes}~ {reason}
            HOST 302010: {connections_in_use} in use, {connections_most_used} most used
            FILE 303002: {protocol} connection from {src} to {dst}, user {user} {file_operation} file {file}
            WEB 304001: {src} Accessed {*}URL {site}:{url}
            DENY 304002: Access denied URL {url} SRC {src} DEST {dst}~ on interface {ingress}
            DENY 305005 305006: {reason} for {transport} src {src} dst {dst}
            TRANSLATED 305009: Built {translation} translation from {src} to {mapped}
            OVER 305010: Teardown {translation} translation from {src} to {mapped}~ duration {duration}
            TRANSLATED 305011: Built {translation} {transport} translation from {src} to {mapped}
            OVER 305012: Teardown {translation} {transport} translation from {src} to {mapped}~ duration {duration}
            FLOW 607001: Pre-allocate {protocol} {channel} secondary channel for {src} to {dst}~ from {sip_message} message
            FLOW 609001: Built local-host {src}
            OVER 609002: Teardown local-host {src}~ duration {duration}
            FLOW 805001: Offloaded {transport} Flow for connection {connection_id} from {src} to {dst}
            FLOW 805002: {transport} Flow is no longer offloaded for connection {connection_id} from {src} to {dst}
            # Attacks, and what looks like one
            ATTACK 4000: IPS:{signature} {attack} from {src} to {dst}~ on interface {ingress}
            FLOW 338101 338102 338103 338104
            ATTACK 338001 338002 338003 338004 338201 338202
            ATTACK_DENIED 338203 338204 338005 338006 338007 338008: Dynamic {*}ilter {filter_action} {color}listed {transport} traffic from {src} to {dst}, source {malicious} resolved from {list} list: {source_listed}~, threat-level: {threat_level}, category: {threat_category}
              | Dynamic {*}ilter {filter_action} {color}listed {transport} traffic from {src} to {dst}, destination {malicious} resolved from {list} list: {listed}~, threat-level: {threat_level}, category: {threat_category}
            ATTACK_DENIED 201010: Embryonic connection limit exceeded {connections} for {direction} packet from {src} to {dst} on interface {ingress}
            ATTACK 405001: Received ARP {arp} collision from {src} on interface {ingress}
            ATTACK 733100: [{threat_object}] drop {rate_id} exceeded. Current burst rate is {burst_rate} per second, max configured rate is {burst_limit}; Current average rate is {average_rate} per second, max configured rate is {average_limit}; Cumulative total count is {total_count}
            ATTACK 733101: {*} {src} (is {reason}). Current burst rate is {burst_rate} per second, max configured rate is {burst_limit}; Current average rate is {average_rate} per second, max configured rate is {average_limit}; Cumulative total count is {total_count}
              | {*} {src} is {reason}. Current burst rate is {burst_rate} per second, max configured rate is {burst_limit}; Current average rate is {average_rate} per second, max configured rate is {average_limit}; Cumulative total count is {total_count}
            ATTACK_DENIED 733102: Threat-detection adds host {src} to shun list
            ATTACK 733103: Threat-detection removes host {src} from shun list
            ATTACK_DENIED 401004: Shunned packet: {src} ==> {dst} on interface {ingress}
            ATTACK 402117: {protocol}: Received a non-IPSec packet (protocol={transport}) from {src} to {dst}
            ATTACK 402119: {protocol}: Received an {transport} packet (SPI={spi}, sequence number={*}) from {src} (user={user}) to {dst} that {reason}
            """;

    private TrafficMessages() {}
}
