package jp.hinomi.ingest.decode.cisco;

/** Messages about who does what: administration and authentication, in the form that {@link Messages} reads. */
final class AccountMessages {
    static final String TABLE = """
            # The firewall itself: its settings, administrators and users
            CONFIGURED 111001: Begin configuration: {src} writing to {device}
            CONFIGURED 111004 111005: {src} end configuration: {result}
            CONFIGURED 111007: Begin configuration: {src} reading from {device}
            COMMAND 111008: User {admin} executed the {command_line_arguments} command
            SHOW 111009: User {admin} executed cmd: {command_line_arguments}
            COMMAND 111010: User {admin}, running {application} from IP {src}, executed {command_line_arguments}
            LOGOUT 315011: SSH session from {src} on interface {ingress} for user {user} disconnected by SSH server, reason: {reason}
            USER_ADDED 502101: New user added to local dbase: Uname: {admin} Priv: {privilege}~ Encpass: {*}
            USER_REMOVED 502102: User deleted from local dbase: Uname: {admin} Priv: {privilege}~ Encpass: {*}
            PRIVILEGE 502103: User priv level changed: Uname: {admin} From: {privilege_before} To: {privilege}
            GROUP_ADDED 502111: New group policy added: name: {group} Type: {group_type}
            GROUP_REMOVED 502112: Group policy deleted: name: {group} Type: {group_type}
            LOGIN_FAILED 605004: Login denied from {src} to {dst} for user {user}
            LOGIN 605005: Login permitted from {src} to {dst} for user {user}
            LOGIN 606001: ASDM session number {session_number} from {src} started
            LOGOUT 606002: ASDM session number {session_number} from {src} ended
            LOGIN 606003: ASDM logging session number {session_number} from {src} started
            LOGOUT 606004: ASDM logging session number {session_number} from {src} ended
            LOGIN 611101: User authentication succeeded: IP address: {src}, Uname: {admin}
              | User authentication succeeded: {*}Uname: {admin}
            LOGIN_FAILED 611102: User authentication failed: IP address: {src}, Uname: {admin}
              | User authentication failed: {*}Uname: {admin}
            LOGOUT 611103: User logged out: Uname: {user}
            USER_MAPPED 746012: user-identity: Add IP-User mapping {src} - {user} {result} - {reason}
            USER_UNMAPPED 746013: user-identity: Delete IP-User mapping {src} - {user} {result} - {reason}
            HOST 411001 411002: Line protocol on Interface {ingress}, changed state to {result}
            AAA 409023: Attempting AAA Fallback method {method} for {request} request for user {user}{*}Auth-server group {server_group} {reason}
            # Who logs in, and what the servers say that are asked
            LOGIN 109005: Authentication succeeded for user {user} from {src} to {dst} on interface {ingress}
            LOGIN_FAILED 109006: Authentication failed for user {user} from {src} to {dst} on interface {ingress}
            LOGIN 109007: Authorization permitted for user {user} from {src} to {dst} on interface {ingress}
            LOGIN_FAILED 109008: Authorization denied for user {user} from {src} to {dst} on interface {ingress}
            LOGIN 113004: AAA user {aaa_type} Successful{*}server ={dst}ser = {user}
            LOGIN_FAILED 113005: AAA user {aaa_type} Rejected{*}reason = {reason}: server = {dst}: user = {user}~: user IP = {src}
            LOGIN_FAILED 113006: User {user} locked out on exceeding {attempts} successive failed authentication attempts
            USER_CHANGED 113007: User {user} unlocked by {unlocked_by}
            LOGIN 113008: AAA transaction status {result} : user = {user}
            AAA 113009: AAA retrieved default group policy {group_policy} for user = {user}
              | AAA retrieved default group policy {group_policy} for user {user}
            AAA 113010: AAA challenge received for user {user} from server {dst}
            AAA 113011: AAA retrieved user specific group policy {group_policy} for user = {user}
            LOGIN 113012: AAA user {aaa_type} Successful{*}local database{*}ser = {user}
            LOGIN_FAILED 113013: AAA unable to complete the request Error : reason = {reason} : user = {user}
            LOGIN_FAILED 113014: AAA authentication server not accessible : server = {dst} : user = {user}
            LOGIN_FAILED 113015: AAA user {aaa_type} Rejected{*}reason = {reason} : local database{*}ser = {user}~ : user IP = {src}
            LOGIN_FAILED 113016: AAA credentials rejected{*}reason = {reason} : server = {dst} : user = {user}~ : user IP = {src}
            LOGIN_FAILED 113017: AAA credentials rejected{*}reason = {reason} : local database : user = {user}~ : user IP = {src}
            AAA 113018: User: {user}, Unsupported downloaded ACL Entry: {acl_entry}, Action: {acl_action}
            VPN_DOWN 113019: Group = {group}, Username = {user}, IP = {src}, Session disconnected. Session Type: {session_type}, Duration: {duration}, Bytes xmt: {received}, Bytes rcv: {sent}, Reason: {reason}
            AAA 113020: Kerberos error: {reason} with server {dst} greater than {*}
            LOGIN_FAILED 113021: Attempted console login failed user {user} {reason}
              | Attempted console login failed. User {user} {reason}
            AAA 113022 113023: AAA Marking {protocol} server {dst} in aaa-server group {server_group} as {result}
            VPN_FAILED 113040: Terminating the VPN connection attempt from {group}. Reason: {reason}
            VPN_FAILED 113029 113030 113031 113032 113033 113034 113035 113036 113037 113038
            VPN_UP 113039: Group <{group}> User <{user}> IP <{src}~> {detail}
              | Group {group} User {user} IP {src}~ {detail}
            """;

    private AccountMessages() {}
}
