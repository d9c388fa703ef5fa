package jp.hinomi.ingest.decode.cisco;

/** Messages about encrypted connections, in the form that {@link Messages} reads. */
final class TunnelMessages {
    static final String TABLE = """
            # Tunnels: IPsec, IKE, AnyConnect
            VPN_UP 602303: IPSEC: An {direction} {tunnel_type} SA (SPI={spi}) between {src} and {dst} (user={user}) has been created
            VPN_DOWN 602304: IPSEC: An {direction} {tunnel_type} SA (SPI={spi}) between {src} and {dst} (user={user}) has been deleted
            VPN_UP 713049 713119 713120 713228
            VPN_DOWN 713050 713123 713259
            VPN_FAILED 713048 713061 713068 713072 713122 713129 713166 713167 713185 713194 713198 713902 713903 713214
            VPN_FAILED 713227 713231 713254
            VPN 713184 713202 713041 713130 713131 713172 713201 713219 713220 713222 713236 713257 713273 713901
            VPN 713904 713905 713906: Group = {group}, Username = {user}, IP = {src}, {detail}
              | Group = {group}, IP = {src}, {detail}
              | IP = {src}, {detail}
              | Group = {group}, {detail}
              | {detail}
            LOGIN_FAILED 716039: Authentication: rejected, group = {group} user = {user} , Session Type: {session_type}
              | Group <{group}> User <{user}> IP <{src}> Authentication: rejected, Session Type: {session_type}
            VPN_DOWN 716002: Group <{group}> User <{user}> IP <{src}> WebVPN session terminated: {reason}
              | Group {group} User {user} IP {src} WebVPN session terminated: {reason}
            VPN_DOWN 722037: Group <{group}> User <{user}> IP <{src}> SVC closing connection: {reason}
              | Group {group} User {user} IP {src} SVC closing connection: {reason}
            VPN_UP 716001 722022 722033 722041
            VPN_DOWN 722023 722030 722031 722028 722012
            LOGIN 716038 716004
            LOGIN_FAILED 716005 716023
            VPN 716003 716058 716059 716060 722010 722011 722032 722034 722035 722036 722046 722049 722050 722053
            VPN 722055: Group <{group}> User <{user}> IP <{src}~> {detail}
              | Group {group} User {user} IP {src}~ {detail}
            VPN_UP 722051: Group <{group}> User <{user}> IP <{src}> IPv4 Address <{tunnel_ip}~> IPv6 address <{assigned_ipv6}> assigned to session
              | Group <{group}> User <{user}> IP <{src}~> {detail}
              | Group {group} User {user} IP {src}~ {detail}
            LOGIN 734001: DAP: User {user}, Addr {src}, Connection {connection}: {detail}
            VPN 750001 750002 750008 750009 750015 751001 751014 751019 751025 751026
            VPN_UP 750006
            VPN_DOWN 750007
            VPN_FAILED 750003 750004 750010 750012 750014 751002 751004 751005 751006 751007 751008 751009 751010 751011
            VPN_FAILED 751012 751013 751015 751016 751018 751020 751021 751022 751023 751024 751027: Local:{local} Remote:{remote} Username:{user} {detail}
              | Local:{local} Remote:{remote} {detail}
            # TLS
            TLS 725001: Starting SSL handshake with {peer_type} {src} to {dst} for {tls} session
              | Starting SSL handshake with {peer_type} {src}~ for {tls} session
            TLS_OK 725002: Device completed SSL handshake with {peer_type} {src} to {dst}~ for {tls} session
              | Device completed SSL handshake with {peer_type} {src}
            TLS 725003: SSL {peer_type} {src} to {dst} request to resume previous session
              | SSL {peer_type} {src} request to resume previous session
            TLS_FAILED 725006: Device failed SSL handshake with {peer_type} {src} to {dst}
              | Device failed SSL handshake with {peer_type} {src}
            OVER 725007: SSL session with {peer_type} {src} to {dst} terminated
              | SSL session with {peer_type} {src} terminated
            TLS 725008: SSL {peer_type} {src} to {dst} proposes the following {*}
            TLS 725012: Device chooses cipher {cipher} for the SSL session with {peer_type} {src} to {dst}
              | Device chooses cipher {cipher} for the SSL session with {peer_type} {src}
            TLS_FAILED 725014: SSL lib error. Function: {function} Reason: {reason}
            TLS_FAILED 725015: Error verifying client certificate. {reason}
            TLS 725016: Device selects trust-point {trust_point} for {peer_type} {src} to {dst}
            TLS_FAILED 725017: No certificates received during the handshake with {peer_type} {src} to {dst} for {tls} session
            """;

    private TunnelMessages() {}
}
