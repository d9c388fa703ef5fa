package jp.hinomi.ingest.decode;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One or more whole lines of every format, as seeds for mutation. */
final class SampleLines {
    private static final Map<String, List<String>> OWN = Map.ofEntries(
            entry(
                    "windows",
                    List.of(
                            "{\"@timestamp\":\"2026-04-01T01:00:00.123Z\",\"agent\":{\"type\":\"winlogbeat\"},\"event\":{\"code\":\"4624\",\"provider\":\"Microsoft-Windows-Security-Auditing\",\"action\":\"Logon\",\"outcome\":\"success\",\"kind\":\"event\"},\"host\":{\"name\":\"dc01.city.example\"},\"log\":{\"level\":\"information\"},\"message\":\"An account was successfully logged on.\",\"winlog\":{\"channel\":\"Security\",\"computer_name\":\"DC01.city.example\",\"event_id\":\"4624\",\"provider_name\":\"Microsoft-Windows-Security-Auditing\",\"record_id\":77,\"keywords\":[\"Audit Success\"],\"task\":\"Logon\",\"event_data\":{\"SubjectUserSid\":\"S-1-5-18\",\"SubjectUserName\":\"DC01$\",\"SubjectDomainName\":\"CITY\",\"SubjectLogonId\":\"0x3e7\",\"TargetUserSid\":\"S-1-5-21-1-2-3-1105\",\"TargetUserName\":\"carol\",\"TargetDomainName\":\"CITY\",\"TargetLogonId\":\"0x8dcdc\",\"LogonType\":\"10\",\"WorkstationName\":\"PC7\",\"ProcessId\":\"0x1d0\",\"ProcessName\":\"C:\\\\Windows\\\\System32\\\\lsass.exe\",\"IpAddress\":\"192.0.2.31\",\"IpPort\":\"50123\"}}}",
                            "{\"@timestamp\":\"2026-04-01T01:00:01Z\",\"winlog\":{\"channel\":\"Security\",\"computer_name\":\"dc01\",\"event_id\":4728,\"provider_name\":\"Microsoft-Windows-Security-Auditing\",\"keywords\":[\"Audit Success\"],\"event_data\":{\"MemberName\":\"CN=Bob,OU=Staff,DC=city,DC=example\",\"MemberSid\":\"S-1-5-21-1-2-3-1106\",\"TargetUserName\":\"Domain Admins\",\"TargetDomainName\":\"CITY\",\"TargetSid\":\"S-1-5-21-1-2-3-512\",\"SubjectUserSid\":\"S-1-5-21-1-2-3-500\",\"SubjectUserName\":\"root\",\"SubjectDomainName\":\"CITY\",\"SubjectLogonId\":\"0x1\",\"PrivilegeList\":\"-\"}}}",
                            "{\"EventTime\":\"2026-04-01 10:00:02\",\"Hostname\":\"pc7.city.example\",\"Keywords\":-9218868437227405312,\"EventType\":\"AUDIT_FAILURE\",\"SeverityValue\":4,\"Severity\":\"ERROR\",\"EventID\":4625,\"SourceName\":\"Microsoft-Windows-Security-Auditing\",\"Task\":12544,\"RecordNumber\":9,\"Channel\":\"Security\",\"Category\":\"Logon\",\"Message\":\"An account failed to log on.\",\"SubjectUserSid\":\"S-1-0-0\",\"SubjectUserName\":\"-\",\"TargetUserName\":\"admin\",\"TargetDomainName\":\"PC7\",\"Status\":\"0xc000006d\",\"SubStatus\":\"0xc000006a\",\"FailureReason\":\"%%2313\",\"LogonType\":\"3\",\"WorkstationName\":\"ATTACKER\",\"IpAddress\":\"203.0.113.7\",\"IpPort\":\"0\",\"SourceModuleName\":\"in\",\"SourceModuleType\":\"im_msvistalog\"}",
                            "{\"@timestamp\":\"2026-04-01T01:00:03Z\",\"winlog\":{\"channel\":\"Microsoft-Windows-Sysmon/Operational\",\"computer_name\":\"pc7\",\"event_id\":\"1\",\"provider_name\":\"Microsoft-Windows-Sysmon\",\"user\":{\"identifier\":\"S-1-5-18\"},\"event_data\":{\"UtcTime\":\"2026-04-01 01:00:02.900\",\"ProcessGuid\":\"{c0ffee00-0000-0000-0000-000000000001}\",\"ProcessId\":\"4242\",\"Image\":\"C:\\\\Windows\\\\System32\\\\cmd.exe\",\"CommandLine\":\"cmd.exe /c \\\"echo a b\\\"\",\"CurrentDirectory\":\"C:\\\\Temp\\\\\",\"User\":\"CITY\\\\carol\",\"Hashes\":\"SHA1=00112233445566778899AABBCCDDEEFF00112233,IMPHASH=00000000000000000000000000000000\",\"ParentImage\":\"C:\\\\Windows\\\\explorer.exe\",\"ParentProcessId\":\"7\",\"ParentCommandLine\":\"explorer.exe\",\"Company\":\"Microsoft\"}}}",
                            "{\"@timestamp\":\"2026-04-01T01:00:04Z\",\"winlog\":{\"channel\":\"Microsoft-Windows-Sysmon/Operational\",\"computer_name\":\"pc7\",\"event_id\":\"22\",\"provider_name\":\"Microsoft-Windows-Sysmon\",\"event_data\":{\"Image\":\"C:\\\\a.exe\",\"QueryName\":\"c2.example\",\"QueryResults\":\"type:  5 edge.example;::ffff:203.0.113.9;\"}}}",
                            "{\"@timestamp\":\"2026-04-01T01:00:05Z\",\"winlog\":{\"channel\":\"Microsoft-Windows-Sysmon/Operational\",\"computer_name\":\"pc7\",\"event_id\":\"13\",\"provider_name\":\"Microsoft-Windows-Sysmon\",\"event_data\":{\"Image\":\"C:\\\\a.exe\",\"TargetObject\":\"HKLM\\\\Software\\\\Run\\\\x\",\"Details\":\"DWORD (0x00000004)\"}}}")),
            entry(
                    "auditd",
                    List.of(
                            "node=web01.city.example type=SYSCALL msg=audit(1775005200.123:456): arch=c000003e syscall=59 success=yes exit=0 a0=1 items=2 ppid=1 pid=42 auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=3 comm=\"cat\" exe=\"/usr/bin/cat\" key=\"exec\"",
                            "type=EXECVE msg=audit(1775005200.123:456): argc=2 a0=\"cat\" a1=2F746D702F6120622E747874",
                            "type=USER_LOGIN msg=audit(1775005201.5:457): pid=43 uid=0 auid=4294967295 ses=4294967295 msg='op=login acct=\"root\" exe=\"/usr/sbin/sshd\" hostname=? addr=203.0.113.7 terminal=ssh res=failed'",
                            "type=USER_CMD msg=audit(1775005202.5:458): pid=44 uid=1000 auid=1000 ses=3 msg='cwd=\"/home/carol\" cmd=6C73202D6C exe=\"/usr/bin/sudo\" terminal=pts/0 res=success'\u001dUID=\"carol\" AUID=\"carol\"")),
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
            entry("text", List.of("[2026-04-01T10:00:00Z] anything", "anything")),
            entry(
                    "cloudtrail",
                    List.of(
                            "{\"eventVersion\":\"1.09\",\"userIdentity\":{\"type\":\"IAMUser\",\"principalId\":\"AIDAEXAMPLEPRINCIPAL1\",\"arn\":\"arn:aws:iam::111122223333:user/kanri\",\"accountId\":\"111122223333\",\"userName\":\"kanri\"},\"eventTime\":\"2026-04-01T01:00:00Z\",\"eventSource\":\"signin.amazonaws.com\",\"eventName\":\"ConsoleLogin\",\"awsRegion\":\"ap-northeast-1\",\"sourceIPAddress\":\"203.0.113.7\",\"userAgent\":\"Mozilla/5.0\",\"errorMessage\":\"Failed authentication\",\"requestParameters\":null,\"responseElements\":{\"ConsoleLogin\":\"Failure\"},\"additionalEventData\":{\"MobileVersion\":\"No\",\"LoginTo\":\"https://console.aws.amazon.com/console/home\",\"MFAUsed\":\"Yes\"},\"eventID\":\"00000000-0000-4000-8000-000000000001\",\"readOnly\":false,\"eventType\":\"AwsConsoleSignIn\",\"managementEvent\":true,\"recipientAccountId\":\"111122223333\",\"eventCategory\":\"Management\",\"tlsDetails\":{\"tlsVersion\":\"TLSv1.3\",\"cipherSuite\":\"TLS_AES_128_GCM_SHA256\",\"clientProvidedHostHeader\":\"signin.aws.amazon.com\"}}",
                            "{\"Records\":[{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"AssumedRole\",\"principalId\":\"AROAEXAMPLEPRINCIPAL2:deploy\",\"arn\":\"arn:aws:sts::111122223333:assumed-role/CityDeploy/deploy\",\"accountId\":\"111122223333\",\"accessKeyId\":\"ASIAEXAMPLEKEY000001\",\"sessionContext\":{\"sessionIssuer\":{\"type\":\"Role\",\"principalId\":\"AROAEXAMPLEPRINCIPAL2\",\"arn\":\"arn:aws:iam::111122223333:role/CityDeploy\",\"accountId\":\"111122223333\",\"userName\":\"CityDeploy\"},\"attributes\":{\"mfaAuthenticated\":\"false\",\"creationDate\":\"20260401T005500Z\"}},\"invokedBy\":\"cloudformation.amazonaws.com\"},\"eventTime\":\"2026-04-01T01:00:01Z\",\"eventSource\":\"iam.amazonaws.com\",\"eventName\":\"CreateUser\",\"awsRegion\":\"us-east-1\",\"sourceIPAddress\":\"cloudformation.amazonaws.com\",\"userAgent\":\"cloudformation.amazonaws.com\",\"requestParameters\":{\"userName\":\"sensor-gw\",\"tags\":[{\"key\":\"ward\",\"value\":\"minato\"},{\"key\":\"layer\",\"value\":\"asset\"}]},\"responseElements\":{\"user\":{\"userName\":\"sensor-gw\",\"userId\":\"AIDAEXAMPLEPRINCIPAL3\"}},\"requestID\":\"00000000-0000-4000-8000-0000000000a2\",\"eventID\":\"00000000-0000-4000-8000-000000000002\",\"resources\":[{\"ARN\":\"arn:aws:iam::111122223333:user/sensor-gw\",\"accountId\":\"111122223333\",\"type\":\"AWS::IAM::User\"}],\"eventType\":\"AwsApiCall\"}]}",
                            "{\"version\":\"0\",\"detail-type\":\"AWS API Call via CloudTrail\",\"detail\":{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"Root\",\"principalId\":\"111122223333\",\"arn\":\"arn:aws:iam::111122223333:root\",\"accountId\":\"111122223333\"},\"eventTime\":\"2026-04-01T01:00:02Z\",\"eventSource\":\"s3.amazonaws.com\",\"eventName\":\"PutBucketPolicy\",\"awsRegion\":\"ap-northeast-1\",\"sourceIPAddress\":\"AWS Internal\",\"errorCode\":\"AccessDenied\",\"requestParameters\":{\"bucketName\":\"minato-open-data\"},\"responseElements\":null,\"eventID\":\"00000000-0000-4000-8000-000000000003\"}}",
                            "{\"awsAccountId\":\"111122223333\",\"digestStartTime\":\"2026-04-01T00:00:00Z\",\"digestEndTime\":\"2026-04-01T01:00:00Z\",\"digestS3Bucket\":\"minato-trail\",\"digestS3Object\":\"AWSLogs/111122223333/CloudTrail-Digest/d.json.gz\",\"digestPublicKeyFingerprint\":\"00\",\"digestSignatureAlgorithm\":\"SHA256withRSA\",\"newestEventTime\":\"2026-04-01T00:59:00Z\",\"oldestEventTime\":\"2026-04-01T00:01:00Z\",\"previousDigestS3Bucket\":\"minato-trail\",\"previousDigestHashValue\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"previousDigestHashAlgorithm\":\"SHA-256\",\"logFiles\":[{\"s3Bucket\":\"minato-trail\",\"s3Object\":\"a.json.gz\",\"hashValue\":\"00\",\"hashAlgorithm\":\"SHA-256\"}]}")),
            entry(
                    "emqx",
                    List.of(
                            "2026-04-01T10:00:00.123456+09:00 [warning] tag: AUTHN, clientid: thermo-17, msg: authentication_failure, peername: 203.0.113.7:40000, username: sensor, reason: not_authorized",
                            "2026-04-01T10:00:01.000000+09:00 [info] clientid: thermo-17, msg: authorization_permission_denied, mfa: emqx_authz:authorize/5(412), peername: 203.0.113.7:40000, topic: city/door, 1, username: undefined, action: PUBLISH(Q1,R0)",
                            "2026-04-01T10:00:02.000000+09:00 [warning] thermo-17@203.0.113.7:40000 [Channel] Client thermo-17 (Username: 'sensor') login failed for bad_username_or_password",
                            "{\"time\":\"2026-04-01T10:00:03.000000+09:00\",\"level\":\"warning\",\"msg\":\"authentication_failure\",\"mfa\":\"emqx_authn:log/1\",\"tag\":\"AUTHN\",\"peername\":\"203.0.113.7:40000\",\"clientid\":\"thermo-17\",\"username\":\"sensor\",\"reason\":\"bad_username_or_password\",\"pid\":\"<0.1.0>\"}",
                            "{\"username\":\"sensor\",\"timestamp\":1775005204000,\"sockname\":\"10.20.0.8:1883\",\"receive_maximum\":32,\"proto_ver\":5,\"proto_name\":\"MQTT\",\"peername\":\"203.0.113.7:40000\",\"node\":\"emqx@10.20.0.8\",\"mountpoint\":\"undefined\",\"keepalive\":60,\"is_bridge\":false,\"expiry_interval\":3600,\"event\":\"client.connected\",\"connected_at\":1775005204000,\"clientid\":\"thermo-17\",\"clean_start\":true}",
                            "{\"username\":\"sensor\",\"timestamp\":1775005205000,\"sockname\":\"10.20.0.8:1883\",\"reason\":\"tcp_closed\",\"proto_ver\":4,\"proto_name\":\"MQTT\",\"peername\":\"203.0.113.7:40000\",\"node\":\"emqx@10.20.0.8\",\"event\":\"client.disconnected\",\"disconnected_at\":1775005205000,\"connected_at\":1775005204000,\"clientid\":\"thermo-17\"}",
                            "{\"username\":\"sensor\",\"topic\":\"city/door/1\",\"timestamp\":1775005206000,\"result\":\"deny\",\"peerhost\":\"203.0.113.7\",\"peername\":\"203.0.113.7:40000\",\"node\":\"emqx@10.20.0.8\",\"event\":\"client.check_authz_complete\",\"clientid\":\"thermo-17\",\"authz_source\":\"file\",\"action\":\"publish\"}",
                            "{\"username\":\"sensor\",\"timestamp\":1775005207000,\"reason_code\":\"bad_username_or_password\",\"peername\":\"203.0.113.7:40000\",\"node\":\"emqx@10.20.0.8\",\"is_superuser\":false,\"is_anonymous\":false,\"event\":\"client.check_authn_complete\",\"clientid\":\"thermo-17\"}",
                            "{\"action\":\"client_connected\",\"clientid\":\"thermo-17\",\"username\":\"sensor\",\"ipaddress\":\"203.0.113.7\",\"keepalive\":60,\"proto_ver\":4,\"connected_at\":1775005208}",
                            "{\"username\":\"sensor\",\"topic\":\"city/temp/17\",\"timestamp\":1775005209000,\"qos\":1,\"publish_received_at\":1775005209000,\"peerhost\":\"203.0.113.7\",\"payload\":\"21.5\",\"node\":\"emqx@10.20.0.8\",\"id\":\"0005\",\"flags\":{\"retain\":false,\"dup\":false},\"event\":\"message.publish\",\"clientid\":\"thermo-17\"}")),
            entry(
                    "envoy",
                    List.of(
                            "[2026-04-01T01:00:00.123Z] \"GET /v2/entities?type=Device HTTP/1.1\" 404 - 0 89 5 4 \"203.0.113.9,203.0.113.7\" \"curl/8 \"odd\" one\" \"00000000-0000-4000-8000-000000000001\" \"api.example.jp:8443\" \"10.20.0.5:1026\"",
                            "[2026-04-01T01:00:01.000Z] \"- - -\" 0 UF,URX 87 254 4 - \"-\" \"-\" \"-\" \"-\" \"[2001:db8::5]:1883\"",
                            "[2026-04-01T01:00:02.000Z] \"POST /ngsi-ld/v1/entities HTTP/2\" 503 UF upstream_reset_before_response_started{connection_failure} - \"delayed_connect_error:_111\" 12 145 31 - \"203.0.113.7\" \"sensor-gw/1.0\" \"00000000-0000-4000-8000-000000000002\" \"orion:1026\" \"10.20.0.6:1026\" outbound|1026||orion.os.svc.cluster.local 10.20.0.4:57130 10.20.0.6:1026 10.20.0.3:50514 outbound_.1026_._.orion.os.svc.cluster.local default",
                            "{\"authority\":\"orion:1026\",\"bytes_received\":0,\"bytes_sent\":358,\"connection_termination_details\":null,\"downstream_local_address\":\"10.20.0.6:1026\",\"downstream_remote_address\":\"[2001:db8::7]:43612\",\"duration\":15,\"method\":\"GET\",\"path\":\"/version\",\"protocol\":\"HTTP/1.1\",\"request_id\":\"00000000-0000-4000-8000-000000000003\",\"requested_server_name\":null,\"response_code\":200,\"response_code_details\":\"via_upstream\",\"response_flags\":\"-\",\"route_name\":\"default\",\"start_time\":\"2026-04-01T01:00:03.000Z\",\"upstream_cluster\":\"inbound|1026||\",\"upstream_host\":\"[2001:db8::6]:1026\",\"upstream_local_address\":\"127.0.0.6:37685\",\"upstream_service_time\":\"14\",\"upstream_transport_failure_reason\":null,\"user_agent\":\"curl/8\",\"x_forwarded_for\":null}",
                            "{\":authority\":\"api.example.jp\",\"bytes_received\":3,\"bytes_sent\":10,\"duration\":2,\"method\":\"PUT\",\"x-envoy-origin-path\":\"/a\",\"protocol\":\"HTTP/1.1\",\"response_code\":401,\"response_flags\":\"-\",\"start_time\":\"2026-04-01T01:00:04.000Z\",\"upstream_host\":\"10.20.0.6:80\",\"x-envoy-upstream-service-time\":\"1\",\"x-forwarded-for\":\"203.0.113.7\",\"user-agent\":\"x\",\"x-request-id\":\"r-4\",\"downstream_remote_address\":\"203.0.113.7:5000\"}",
                            "{\"message\":\"ACCESS [2026-04-01T01:00:05.000Z] \\\"GET / HTTP/1.1\\\" 200 - 0 1 1 1 \\\"-\\\" \\\"-\\\" \\\"r-5\\\" \\\"h\\\" \\\"10.20.0.6:80\\\"\",\"stream\":\"stdout\",\"kubernetes\":{\"namespace\":\"os\",\"pod\":{\"name\":\"gw-0\"}}}")),
            entry(
                    "keycloak",
                    List.of(
                            "2026-04-01 10:00:00,123 WARN  [org.keycloak.events] (executor-thread-7) type=\"LOGIN_ERROR\", realmId=\"0f1e2d3c\", realmName=\"minato\", clientId=\"portal\", userId=\"null\", ipAddress=\"203.0.113.7\", error=\"invalid_user_credentials\", auth_method=\"openid-connect\", auth_type=\"code\", redirect_uri=\"https://portal.example.jp:8443/cb?x=1#top\", code_id=\"c-1\", username=\"sato\\\"a\", authSessionParentId=\"p-1\", authSessionTabId=\"t-1\"",
                            "2026-04-01 10:00:01,000 DEBUG [org.keycloak.events] (default task-3) type=LOGIN, realmId=minato, clientId=portal, userId=11111111-2222-4333-8444-555555555555, ipAddress=2001:db8::7, auth_method=openid-connect, scope='openid email', username=sato",
                            "2026-04-01 10:00:02,000 DEBUG [org.keycloak.events] (default task-3) operationType=UPDATE, realmId=minato, clientId=admin-cli, userId=11111111-2222-4333-8444-555555555555, ipAddress=10.20.0.5, resourceType=USER, resourcePath=users/66666666-7777-4888-8999-000000000000/reset-password",
                            "2026-04-01 10:00:03,000 INFO  [org.keycloak.services] (main) KC-SERVICES0009: Added user 'admin' to realm 'master'",
                            "{\"timestamp\":\"2026-04-01T10:00:04.5+09:00\",\"sequence\":7,\"loggerClassName\":\"org.jboss.logging.Logger\",\"loggerName\":\"org.keycloak.events\",\"level\":\"DEBUG\",\"message\":\"type=\\\"LOGOUT\\\", realmId=\\\"0f1e2d3c\\\", clientId=\\\"null\\\", userId=\\\"11111111-2222-4333-8444-555555555555\\\", ipAddress=\\\"203.0.113.7\\\"\",\"threadName\":\"executor-thread-1\",\"threadId\":40,\"mdc\":{},\"ndc\":\"\",\"hostName\":\"kc-0\",\"processName\":\"/usr/bin/java\",\"processId\":1}",
                            "{\"@timestamp\":\"2026-04-01T10:00:05.000+09:00\",\"log.logger\":\"org.keycloak.services\",\"log.level\":\"WARN\",\"process.thread.name\":\"main\",\"message\":\"KC-SERVICES0091: Request is missing scope\",\"host.hostname\":\"kc-0\"}",
                            "{\"id\":\"e-1\",\"time\":1775005206000,\"type\":\"UPDATE_PASSWORD_ERROR\",\"realmId\":\"0f1e2d3c\",\"clientId\":\"account\",\"userId\":\"11111111-2222-4333-8444-555555555555\",\"sessionId\":\"s-1\",\"ipAddress\":\"203.0.113.7\",\"error\":\"password_rejected\",\"details\":{\"username\":\"sato\",\"custom_required_action\":\"UPDATE_PASSWORD\"}}",
                            "{\"uid\":\"w-1\",\"time\":1775005207000,\"type\":\"admin.GROUP-CREATE\",\"realmId\":\"minato\",\"authDetails\":{\"realmId\":\"master\",\"clientId\":\"security-admin-console\",\"userId\":\"11111111-2222-4333-8444-555555555555\",\"ipAddress\":\"10.20.0.5\",\"username\":\"sato\"},\"resourceType\":\"GROUP\",\"operationType\":\"CREATE\",\"resourcePath\":\"groups/99999999-2222-4333-8444-555555555555\",\"representation\":\"{\\\"name\\\":\\\"ops\\\"}\"}")),
            entry(
                    "keyrock",
                    List.of(
                            "2026-04-01T01:00:00.123Z idm:api-authenticate  --> create_token",
                            "2026-04-01T01:00:01.000Z idm:oauth2_controller Error  Invalid client: client is invalid",
                            "  \u001b[36;1midm:models \u001b[0mExecuting (default): SELECT 1+1 AS result",
                            "<134>Apr  1 10:00:02 idm-1 keyrock[9]: 2026-04-01T01:00:02.000Z idm:oauth2_controller  --> authenticate_user")),
            entry(
                    "kong",
                    List.of(
                            "{\"request\":{\"id\":\"ab12\",\"uri\":\"/ngsi/v2/entities?type=Room\",\"url\":\"https://api.example.jp:8443/ngsi/v2/entities?type=Room\",\"querystring\":{\"type\":\"Room\"},\"method\":\"GET\",\"headers\":{\"host\":\"api.example.jp\",\"user-agent\":\"curl/8\",\"authorization\":\"REDACTED\",\"x-forwarded-for\":\"203.0.113.9, 203.0.113.7\"},\"size\":140,\"tls\":{\"version\":\"TLSv1.3\",\"cipher\":\"TLS_AES_256_GCM_SHA384\",\"client_verify\":\"NONE\"}},\"upstream_uri\":\"/v2/entities?type=Room\",\"upstream_status\":\"200\",\"response\":{\"status\":401,\"size\":434,\"headers\":{\"content-type\":\"application/json; charset=utf-8\"}},\"latencies\":{\"kong\":9,\"proxy\":1430,\"request\":1439,\"receive\":0},\"tries\":[{\"balancer_latency\":0,\"port\":1025,\"ip\":\"10.20.0.4\",\"state\":\"failed\",\"code\":504},{\"balancer_latency\":0,\"port\":1026,\"ip\":\"10.20.0.5\"}],\"authenticated_entity\":{\"id\":\"cred-1\"},\"route\":{\"id\":\"r-1\",\"name\":\"ngsi\",\"paths\":[\"/ngsi\"]},\"service\":{\"id\":\"s-1\",\"name\":\"orion\",\"host\":\"orion.example.jp\",\"port\":1026,\"protocol\":\"http\"},\"consumer\":{\"id\":\"u-1\",\"username\":\"sensor-gw\",\"custom_id\":\"x\"},\"client_ip\":\"203.0.113.7\",\"started_at\":1775005200123,\"source\":\"upstream\",\"workspace\":\"w-1\",\"workspace_name\":\"default\"}",
                            "{\"session\":{\"tls\":{\"version\":\"TLSv1.2\",\"cipher\":\"ECDHE-RSA-AES128-GCM-SHA256\"},\"received\":97,\"sent\":434,\"status\":200,\"server_port\":8883},\"upstream\":{\"received\":434,\"sent\":97},\"latencies\":{\"kong\":0,\"session\":12},\"service\":{\"name\":\"mqtt\",\"host\":\"10.20.0.8\",\"port\":1883},\"client_ip\":\"2001:db8::7\",\"started_at\":1775005201000}",
                            "203.0.113.7 - - [01/Apr/2026:10:00:02 +0900] \"GET /ngsi/v2/entities HTTP/1.1\" 404 52 \"-\" \"curl/8\" kong_request_id: \"ab13\"",
                            "<190>Apr  1 10:00:05 gw kong: 203.0.113.7 - kanri [01/Apr/2026:10:00:05 +0900] \"POST /admin HTTP/2.0\" 200 5 \"https://portal.example.jp/\" \"x\" kong_request_id: \"ab15\"")),
            entry(
                    "lorawan",
                    List.of(
                            "{\"deduplicationId\":\"00000000-0000-4000-8000-000000000001\",\"time\":\"2026-04-01T01:00:00.123+00:00\",\"deviceInfo\":{\"tenantId\":\"t-1\",\"tenantName\":\"Minato\",\"applicationId\":\"a-1\",\"applicationName\":\"flood\",\"deviceProfileName\":\"level\",\"deviceName\":\"river-3\",\"devEui\":\"0004A30B001C0530\",\"deviceClassEnabled\":\"CLASS_A\",\"tags\":{\"ward\":\"minato\"}},\"devAddr\":\"00189440\"}",
                            "{\"deduplicationId\":\"00000000-0000-4000-8000-000000000002\",\"time\":\"2026-04-01T01:00:01+00:00\",\"deviceInfo\":{\"tenantId\":\"t-1\",\"tenantName\":\"Minato\",\"applicationId\":\"a-1\",\"applicationName\":\"flood\",\"deviceName\":\"river-3\",\"devEui\":\"0004a30b001c0530\"},\"devAddr\":\"00189440\",\"adr\":true,\"dr\":1,\"fCnt\":12,\"fPort\":2,\"confirmed\":false,\"data\":\"qg==\",\"object\":{\"level_cm\":41.5},\"rxInfo\":[{\"gatewayId\":\"0016c001f153a14c\",\"rssi\":-90,\"snr\":4.5},{\"gatewayId\":\"0016c001f153a14d\",\"rssi\":-57,\"snr\":10.0}],\"txInfo\":{\"frequency\":921400000}}",
                            "{\"time\":\"2026-04-01T01:00:02+00:00\",\"deviceInfo\":{\"applicationName\":\"flood\",\"deviceName\":\"river-3\",\"devEui\":\"0004a30b001c0530\"},\"level\":\"ERROR\",\"code\":\"UPLINK_MIC\",\"description\":\"MIC of uplink frame is invalid, make sure keys are correct\",\"context\":{\"deduplication_id\":\"d-3\"}}",
                            "{\"time\":\"2026-04-01T01:00:03+00:00\",\"deviceInfo\":{\"devEui\":\"0004a30b001c0530\"},\"queueItemId\":\"q-1\",\"acknowledged\":false,\"fCntDown\":3}",
                            "{\"time\":\"2026-04-01T01:00:04+00:00\",\"deviceInfo\":{\"devEui\":\"0004a30b001c0530\"},\"downlinkId\":7,\"queueItemId\":\"q-1\",\"fCntDown\":3,\"gatewayId\":\"0016c001f153a14c\"}",
                            "{\"time\":\"2026-04-01T01:00:05+00:00\",\"deviceInfo\":{\"devEui\":\"0004a30b001c0530\"},\"margin\":9,\"externalPowerSource\":false,\"batteryLevelUnavailable\":false,\"batteryLevel\":61.5}",
                            "{\"applicationID\":\"3\",\"applicationName\":\"flood\",\"deviceName\":\"river-3\",\"devEUI\":\"AASjCwAcBTA=\",\"rxInfo\":[{\"gatewayID\":\"ABbAAfFToUw=\",\"time\":\"2026-04-01T01:00:06Z\",\"rssi\":-57,\"loRaSNR\":10}],\"adr\":true,\"dr\":2,\"fCnt\":10,\"fPort\":5,\"data\":\"qg==\",\"objectJSON\":\"{\\\"level\\\":1}\"}",
                            "{\"applicationID\":\"3\",\"applicationName\":\"flood\",\"deviceName\":\"river-3\",\"devEUI\":\"0004a30b001c0530\",\"type\":\"OTAA\",\"error\":\"validate dev-nonce error\",\"publishedAt\":\"2026-04-01T01:00:07Z\"}",
                            "{\"end_device_ids\":{\"device_id\":\"river-4\",\"application_ids\":{\"application_id\":\"flood\"},\"dev_eui\":\"0004A30B001C0531\",\"join_eui\":\"800000000000000C\",\"dev_addr\":\"00BCB929\"},\"received_at\":\"2026-04-01T01:00:08.25Z\",\"uplink_message\":{\"f_port\":1,\"f_cnt\":44,\"frm_payload\":\"gkHe\",\"decoded_payload\":{\"level\":41.5},\"rx_metadata\":[{\"gateway_ids\":{\"gateway_id\":\"gw-minato\",\"eui\":\"9C5C8E00001A05C4\"},\"rssi\":-35,\"snr\":5.2}],\"settings\":{\"frequency\":\"921400000\"}}}",
                            "{\"end_device_ids\":{\"device_id\":\"river-4\",\"application_ids\":{\"application_id\":\"flood\"}},\"received_at\":\"2026-04-01T01:00:09Z\",\"join_accept\":{\"session_key_id\":\"k\"}}")),
            entry(
                    "mosquitto",
                    List.of(
                            "1775005200: New connection from 203.0.113.7:40000 on port 1883.",
                            "1775005200: New client connected from 203.0.113.7:40000 as thermo-17 (p2, c1, k60, u'sensor').",
                            "2026-04-01T10:00:01+0900: New bridge connected from 2001:db8::7:40001 as ward-bridge (p5, c0, k30).",
                            "1775005202: Client <unknown> disconnected, not authorised.",
                            "1775005203: Client thermo-17 [203.0.113.7:40000] disconnected: bad username or password.",
                            "1775005204: Client thermo-17 has exceeded timeout, disconnecting.",
                            "1775005205: Socket error on client thermo-17, disconnecting.",
                            "1775005206: Denied PUBLISH from thermo-17 (d0, q1, r1, m2, 'city/door, 1', ... (5 bytes))",
                            "1775005207: Sending CONNACK to thermo-17 (0, 5)",
                            "1775005208: Received SUBSCRIBE from thermo-17",
                            "1775005209: Client connection from 203.0.113.7 failed: error:0A000126:SSL routines::unexpected eof while reading.",
                            "1775005210: Connection from 203.0.113.7:40000 negotiated TLSv1.3 cipher TLS_AES_256_GCM_SHA384",
                            "1775005211: Protocol error from thermo-17: PUBLISH before session is active.",
                            "1775005212: ACL denying access to client with dangerous client id \"a/#\"",
                            "1775005213: mosquitto version 2.0.11 starting",
                            "<29>Apr  1 10:00:14 iot-1 mosquitto[77]: 1775005214: Client thermo-17 closed its connection.",
                            "2026-04-01T10:00:15: Error: Unable to open pwfile \"/etc/mosquitto/passwd\".",
                            "1775005216: OpenSSL Error[0]: error:0A00010B:SSL routines::wrong version number")),
            entry(
                    "orion",
                    List.of(
                            "time=2026-04-01T01:00:00.123Z | lvl=INFO | corr=c99e4592-1775-11eb-ad30-000c29df7908 | trans=1603707992-318-00000000001 | from=203.0.113.7 | srv=minato | subsrv=/flood | comp=Orion | op=logTracing.cpp[79]:logInfoRequestWithoutPayload | msg=Request received: GET /v2/entities?type=Device&limit=10, response code: 200",
                            "time=2026-04-01T01:00:01.000Z | lvl=INFO | corr=c99e4592-1775-11eb-ad30-000c29df7909 | trans=1603707992-318-00000000002 | from=203.0.113.7 | srv=minato | subsrv=<none> | comp=Orion | op=logTracing.cpp[283]:logInfoRequestWithPayload | msg=Request received: POST /v2/entities, request payload (50 bytes): {\"id\": \"Room1\", \"type\": \"Room\", \"x\": \"a, response code: 1\"}, response code: 422, response payload (25 bytes): {\"error\":\"Unprocessable\"}",
                            "time=2026-04-01T01:00:02.000Z | lvl=INFO | corr=c99e4592; cbnotif=1 | trans=1603707992-318-00000000003 | from=0.0.0.0 | srv=minato| subsrv=/flood | comp=Orion | op=logTracing.cpp[63]:logInfoHttpNotification | msg=Notif delivered (subId: 5f914177334436ea590f6edb): POST localhost:1028/accumulate, payload (12 bytes): {\"data\":[{}]}, response code: 200",
                            "time=2026-04-01T01:00:03.000Z | lvl=INFO | corr=c99e4592; cbnotif=2 | trans=t | from=0.0.0.0 | srv=minato | subsrv=/flood | comp=Orion | op=logTracing.cpp[63]:logInfoMqtt | msg=MQTT Notif delivered (subId: 60ffea6c1bca454f9a64c96c): broker: mqtt.example.jp:1883, topic: sub2, payload (3 bytes): {a}",
                            "time=2026-04-01T01:00:04.000Z | lvl=INFO | corr=eabce3e2; cbfwd=1 | trans=t | from=0.0.0.0 | srv=s1 | subsrv=/A | comp=Orion | op=logTracing.cpp[212]:logInfoFwdRequest | msg=Request forwarded (regId: 5f91e2a719595ac73da0697f): POST http://provider.example.jp:9801/v2/op/query, request payload (53 bytes): {\"entities\":[]}, response payload (2 bytes): [], response code: Couldn't connect to server",
                            "time=2026-04-01T01:00:05.000Z | lvl=WARN | corr=N/A | trans=N/A | from=N/A | srv=N/A | subsrv=N/A | comp=Orion | op=AlarmManager.cpp[405]:badInput | msg=Raising alarm BadInput 203.0.113.7: JSON Parse Error: expected object",
                            "time=2026-04-01T01:00:06.000Z | lvl=WARN | corr=N/A | trans=N/A | from=N/A | srv=N/A | subsrv=N/A | comp=Orion | op=AlarmManager.cpp[300]:notificationErrorReset | msg=Releasing alarm NotificationError localhost:1028/accumulate",
                            "time=Wednesday  1 Apr 01:00:07 2026.500Z | lvl=INFO | corr=N/A | trans=N/A | from=203.0.113.7 | srv=N/A | subsrv=N/A | comp=Orion-LD | op=orionldMain.cpp[100]:main | msg=Request received: PATCH /ngsi-ld/v1/entities/urn:ngsi-ld:Room:1/attrs, response code: 204")));

    static final Map<String, List<String>> BY_FORMAT =
            merged(OWN, NetworkSampleLines.BY_FORMAT, HostSampleLines.BY_FORMAT);

    private SampleLines() {}

    @SafeVarargs
    private static Map<String, List<String>> merged(Map<String, List<String>>... parts) {
        Map<String, List<String>> all = new TreeMap<>();
        for (Map<String, List<String>> part : parts) {
            part.forEach((format, lines) -> {
                if (all.put(format, lines) != null) {
                    throw new IllegalStateException("two files have samples of " + format);
                }
            });
        }
        return all;
    }
}
