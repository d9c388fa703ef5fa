package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

class OpensshDecoderTest {
    private final DecoderTable table = new DecoderTable("openssh");

    @Test
    void logins() {
        table.line(
                "Apr  1 10:00:00 Bastion-01 sshd[4242]: Failed password for root from 203.0.113.7 port 4242 ssh2",
                "@timestamp=2026-04-01T01:00:00Z",
                "event.kind=event",
                "event.module=openssh",
                "event.dataset=openssh.auth",
                "event.category=authentication",
                "event.type=info",
                "event.action=ssh_login",
                "event.outcome=failure",
                "openssh.auth.method=password",
                "openssh.auth.invalid_user",
                "user.name=root",
                "source.ip=203.0.113.7",
                "source.address=203.0.113.7",
                "source.port=4242",
                "network.protocol=ssh",
                "host.name=bastion-01",
                "host.hostname=Bastion-01",
                "process.name=sshd",
                "process.pid=4242",
                "related.ip=203.0.113.7",
                "related.user=root",
                "related.hosts=bastion-01",
                "message=Failed password for root from 203.0.113.7 port 4242 ssh2");
        table.line(
                "<86>1 2026-04-01T10:00:00.123456+09:00 bastion-01.example.jp sshd 77 - - Accepted publickey for alice@city.example from 2001:DB8:0:0::7 port 50022 ssh2: ED25519 SHA256:abcdEFGH from 198.51.100.9 port 1",
                "@timestamp=2026-04-01T01:00:00.123Z",
                "event.category=[authentication, session]",
                "event.type=info",
                "event.outcome=success",
                "event.action=ssh_login",
                "user.name=alice",
                "user.domain=city.example",
                "source.ip=2001:db8::7",
                "source.port=50022",
                "openssh.auth.method=publickey",
                "openssh.auth.key.type=ED25519",
                "openssh.auth.key.fingerprint=SHA256:abcdEFGH",
                "log.syslog.priority=86",
                "log.syslog.facility.code=10",
                "process.pid=77");
        table.line(
                "2026-04-01T10:00:00+09:00 b sshd-session[1]: Failed keyboard-interactive/pam for invalid user test from ::ffff:203.0.113.9 port 22 ssh2 [preauth]",
                "event.outcome=failure",
                "openssh.auth.method=keyboard-interactive/pam",
                "openssh.auth.invalid_user=true",
                "user.name=test",
                "source.ip=203.0.113.9");
    }

    @Test
    void aUserNameCannotForgeTheAddress() {
        table.line(
                "Apr  1 10:00:00 b sshd[1]: Failed password for invalid user root from 198.51.100.1 port 22 ssh2 from 203.0.113.7 port 4242 ssh2",
                "source.ip=203.0.113.7",
                "source.port=4242",
                "user.name=root from 198.51.100.1 port 22 ssh2");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: Invalid user a from 198.51.100.1 port 9 from 203.0.113.7 port 4242",
                "source.ip=203.0.113.7",
                "user.name=a from 198.51.100.1 port 9");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: Connection closed by invalid user x 198.51.100.1 port 9 203.0.113.7 port 4242 [preauth]",
                "source.ip=203.0.113.7",
                "user.name=x 198.51.100.1 port 9");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: Failed none for invalid user  from 203.0.113.7 port 4242 ssh2",
                "source.ip=203.0.113.7",
                "openssh.auth.invalid_user=true",
                "user.name");
    }

    @Test
    void attemptsThatNeverBecameALogin() {
        table.line(
                "Apr  1 10:00:00 b sshd[1]: Invalid user admin from 203.0.113.7 port 4242",
                "event.action=ssh_invalid_user",
                "event.outcome=failure",
                "event.category=authentication",
                "user.name=admin",
                "source.port=4242");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: error: maximum authentication attempts exceeded for invalid user pi from 203.0.113.7 port 4242 ssh2 [preauth]",
                "event.action=ssh_max_attempts",
                "event.outcome=failure",
                "user.name=pi",
                "openssh.auth.invalid_user=true");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: error: PAM: Authentication failure for root from scanner.example.net",
                "event.action=pam_authentication",
                "event.reason=Authentication failure",
                "source.domain=scanner.example.net",
                "source.ip",
                "user.name=root");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: User bob from 203.0.113.7 not allowed because not listed in AllowUsers",
                "event.action=ssh_user_not_allowed",
                "event.outcome=failure",
                "event.reason=not listed in AllowUsers",
                "user.name=bob",
                "source.ip=203.0.113.7");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: message repeated 2 times: [ Failed password for root from 203.0.113.7 port 4242 ssh2]",
                "event.action=ssh_login",
                "openssh.auth.repeated=2",
                "source.ip=203.0.113.7");
    }

    @Test
    void connections() {
        table.line(
                "Apr  1 10:00:00 b sshd[1]: Connection closed by authenticating user root 203.0.113.7 port 4242 [preauth]",
                "event.action=ssh_connection_closed",
                "event.category=network",
                "event.type=[connection, end]",
                "user.name=root",
                "source.port=4242",
                "event.outcome");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: Connection reset by 203.0.113.7 port 4242 [preauth]",
                "event.action=ssh_connection_reset",
                "source.ip=203.0.113.7");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: Received disconnect from 203.0.113.7 port 4242:11: Bye Bye [preauth]",
                "event.action=ssh_received_disconnect",
                "source.port=4242",
                "event.reason=11: Bye Bye");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: Received disconnect from 203.0.113.7: 11: disconnected by user",
                "source.ip=203.0.113.7",
                "event.reason=11: disconnected by user");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: Disconnecting invalid user u 203.0.113.7 port 4242: Too many authentication failures [preauth]",
                "event.action=ssh_disconnecting",
                "user.name=u",
                "event.reason=Too many authentication failures");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: Unable to negotiate with 203.0.113.7 port 4242: no matching key exchange method found. Their offer: x [preauth]",
                "event.action=ssh_negotiation_failed",
                "source.port=4242");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: Did not receive identification string from 203.0.113.7",
                "event.action=ssh_no_identification",
                "source.ip=203.0.113.7",
                "source.port");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: drop connection #11 from [203.0.113.7]:4242 on [192.0.2.1]:22 past MaxStartups",
                "event.action=ssh_connection_dropped",
                "source.ip=203.0.113.7",
                "source.port=4242");
    }

    @Test
    void pam() {
        table.line(
                "Apr  1 10:00:00 b sshd[1]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.7  user=root",
                "event.action=pam_authentication",
                "event.outcome=failure",
                "event.category=authentication",
                "pam.service=sshd",
                "source.ip=203.0.113.7",
                "user.name=root",
                "process.tty.name=ssh",
                "source.user.name");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.7  user=root",
                "event.action=pam_authentication",
                "source.ip=203.0.113.7");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: pam_unix(sshd:session): session opened for user alice(uid=1000) by (uid=0)",
                "event.action=session_opened",
                "event.category=session",
                "event.type=start",
                "user.name=alice",
                "user.id=1000",
                "user.effective.name=alice",
                "user.effective.id=1000",
                "related.user=alice");
        table.line(
                "Apr  1 10:00:00 b sudo: pam_unix(sudo:session): session opened for user root(uid=0) by alice(uid=1000)",
                "user.name=alice",
                "user.effective.name=root",
                "related.user=[alice, root]");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: pam_unix(sshd:session): session closed for user alice",
                "event.action=session_closed",
                "event.type=end",
                "user.name=alice");
        table.line(
                "Apr  1 10:00:00 b sshd[1]: pam_unix(sshd:auth): check pass; user unknown",
                "event.action=pam_unknown_user",
                "event.outcome=failure");
    }

    @Test
    void becomingSomebodyElse() {
        table.line(
                "Apr  1 10:00:00 b sudo:    alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/sh -c 'a ; USER=x'",
                "event.action=sudo",
                "event.category=process",
                "event.type=start",
                "event.outcome=success",
                "user.name=alice",
                "user.effective.name=root",
                "process.executable=/usr/bin/sh",
                "process.command_line=/usr/bin/sh -c 'a ; USER=x'",
                "process.working_directory=/home/alice",
                "process.tty.name=pts/0");
        table.line(
                "Apr  1 10:00:00 b sudo[9]: bob : 3 incorrect password attempts ; TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/bin/bash",
                "event.category=authentication",
                "event.outcome=failure",
                "event.reason=3 incorrect password attempts",
                "user.name=bob");
        table.line(
                "Apr  1 10:00:00 b sudo[9]: bob : user NOT in sudoers ; TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/bin/bash",
                "event.category=[process, iam]",
                "event.type=start",
                "event.outcome=failure",
                "event.reason=user NOT in sudoers");
        table.line(
                "Apr  1 10:00:00 b su[9]: FAILED SU (to root) bob on pts/1",
                "event.action=su",
                "event.outcome=failure",
                "user.name=bob",
                "user.effective.name=root");
        table.line(
                "Apr  1 10:00:00 b su[9]: Successful su for root by alice",
                "event.outcome=success",
                "event.type=start",
                "user.name=alice");
        table.line(
                "Apr  1 10:00:00 b su: (to postgres) root on none",
                "event.outcome=success",
                "user.effective.name=postgres",
                "user.name=root");
        table.line(
                "Apr  1 10:00:00 b useradd[3]: new user: name=backdoor, UID=0, GID=0, home=/root, shell=/bin/bash, from=/dev/pts/1",
                "event.category=iam",
                "event.type=[user, creation]",
                "event.action=user_created",
                "user.target.name=backdoor");
        table.line(
                "Apr  1 10:00:00 b usermod[3]: add 'bob' to group 'sudo'",
                "event.type=[group, change]",
                "user.target.name=bob",
                "group.name=sudo");
    }

    @Test
    void otherLinesAreEventsAndGarbageIsNot() {
        table.line(
                "Apr  1 10:00:00 b systemd-logind[9]: New session 5 of user alice.",
                "event.kind=event",
                "process.name=systemd-logind",
                "message=New session 5 of user alice.",
                "event.category",
                "network.protocol");
        table.rejected("total garbage without any header", "no syslog header", "'total garbage");
        table.rejected("", "empty");
        table.rejected("\r\n", "empty");
        table.rejected("\u0001\u0002\u0003", "no syslog header");
    }
}
