package jp.hinomi.ingest.decode.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;

/** The Security log, by Microsoft's descriptions of its events ("Advanced security auditing", one page per id). */
final class SecurityEvents {
    private static final Map<Long, Classification> MEANINGS = Classification.table("""
            1100 logging-service-shutdown process end
            1102 audit-log-cleared iam admin,change
            1104 logging-full iam admin
            1105 auditlog-archieved iam admin
            1108 logging-processing-error iam admin
            4610 authentication-package-loaded configuration access
            4611 trusted-logon-process-registered configuration change
            4614 notification-package-loaded configuration access
            4616 system-time-changed configuration change
            4622 security-package-loaded configuration access
            4624 logged-in authentication start
            4625 logon-failed authentication start
            4634,4647 logged-out authentication end
            4648 logged-in-explicit authentication start
            4649 replay-attack-detected authentication info
            4656 object-handle-requested file access
            4657 registry-value-modified registry,configuration change
            4660 object-deleted file deletion
            4663 object-access-attempted file access
            4670 permissions-changed iam,configuration admin,change
            4672,4964 logged-in-special iam admin
            4673 privileged-service-called iam admin
            4674 privileged-operation iam admin
            4688 created-process process start
            4689 exited-process process end
            4697 service-installed iam,configuration admin,change
            4698 scheduled-task-created iam,configuration creation,admin
            4699 scheduled-task-deleted iam,configuration deletion,admin
            4700 scheduled-task-enabled iam,configuration change,admin
            4701 scheduled-task-disabled iam,configuration change,admin
            4702 scheduled-task-updated iam,configuration change,admin
            4706 domain-trust-added configuration creation
            4707 domain-trust-removed configuration deletion
            4713 kerberos-policy-changed configuration change
            4714 encrypted-data-recovery-policy-changed configuration change
            4715 object-audit-policy-changed configuration change
            4716 trusted-domain-information-changed configuration change
            4717 system-security-access-granted iam,configuration admin,change
            4718 system-security-access-removed iam,configuration admin,deletion
            4719 changed-audit-config iam,configuration admin,change
            4720 added-user-account iam user,creation
            4722 enabled-user-account iam user,change
            4723 changed-password iam user,change
            4724 reset-password iam user,change
            4725 disabled-user-account iam user,deletion
            4726 deleted-user-account iam user,deletion
            4727,4731,4754 added-group-account iam group,creation
            4728,4732,4756 added-member-to-group iam group,change
            4729,4733,4757 removed-member-from-group iam group,change
            4730,4734,4758 deleted-group-account iam group,deletion
            4735,4737,4755 modified-group-account iam group,change
            4738 modified-user-account iam user,change
            4739 domain-policy-changed configuration change
            4740 locked-out-user-account iam user,change
            4741 added-computer-account iam creation,admin
            4742 changed-computer-account iam change,admin
            4743 deleted-computer-account iam deletion,admin
            4744,4749,4759 added-distribution-group-account iam group,creation
            4745,4750,4760 changed-distribution-group-account iam group,change
            4746,4751,4761 added-member-to-distribution-group iam group,change
            4747,4752,4762 removed-member-from-distribution-group iam group,change
            4748,4753,4763 deleted-distribution-group-account iam group,deletion
            4764 type-changed-group-account iam group,change
            4767 unlocked-user-account iam user,change
            4768 kerberos-authentication-ticket-requested authentication start
            4769 kerberos-service-ticket-requested authentication start
            4770 kerberos-service-ticket-renewed authentication start
            4771 kerberos-preauth-failed authentication start
            4776 credential-validated authentication start
            4778 session-reconnected authentication,session start
            4779 session-disconnected authentication,session end
            4781 renamed-user-account iam user,change
            4797 query-existence-of-blank-password iam user,info
            4798 group-membership-enumerated iam user,info
            4799 user-member-enumerated iam group,info
            4817 object-audit-changed iam,configuration admin,change
            4902 user-audit-policy-created iam,configuration admin,creation
            4904 security-event-source-added iam,configuration admin,change
            4905 security-event-source-removed iam,configuration admin,deletion
            4906 crash-on-audit-changed iam,configuration admin,change
            4907 audit-setting-changed iam,configuration admin,change
            4908 special-group-table-changed iam,configuration admin,change
            4912 per-user-audit-policy-changed iam,configuration admin,change
            4950 windows-firewall-setting-changed configuration change
            4954 windows-firewall-group-policy-changed configuration change
            5024 windows-firewall-service-started process start
            5025 windows-firewall-service-stopped process end
            5033 windows-firewall-driver-started driver start
            5034,5037 windows-firewall-driver-stopped driver end
            5376 credential-manager-credentials-backed-up iam user,info
            5377 credential-manager-credentials-restored iam user,change
            5379 credential-manager-credentials-were-read iam user,info
            5380 vault-find-credential iam user,info
            5381,5382 vault-credentials-were-read iam user,info
            5140 network-share-object-accessed network,file access
            5145 network-share-object-access-checked network,file info,access
            5156 windows-firewall-connection network connection,allowed
            5157 windows-firewall-packet-block network connection,denied""");

    private static final Field USER_TARGET_ID = Fields.of("user.target.id");
    private static final Field USER_TARGET_DOMAIN = Fields.of("user.target.domain");
    private static final Field CHANGED_NAME = Fields.of("user.changes.name");
    private static final Field MEMBER_GROUP_ID = Fields.of("user.target.group.id");
    private static final Field MEMBER_GROUP_NAME = Fields.of("user.target.group.name");
    private static final Field MEMBER_GROUP_DOMAIN = Fields.of("user.target.group.domain");
    private static final Field GROUP_ID = Fields.of("group.id");
    private static final Field GROUP_NAME = Fields.of("group.name");
    private static final Field GROUP_DOMAIN = Fields.of("group.domain");
    private static final Field EFFECTIVE_ID = Fields.of("user.effective.id");
    private static final Field EFFECTIVE_DOMAIN = Fields.of("user.effective.domain");
    private static final Field LOGON_ID = Fields.of("winlog.logon.id");
    private static final Field SERVICE_TYPE = Fields.of("service.type");
    private static final Field COMPUTER_ID = Fields.of("winlog.computerObject.id");
    private static final Field COMPUTER_NAME = Fields.of("winlog.computerObject.name");
    private static final Field COMPUTER_DOMAIN = Fields.of("winlog.computerObject.domain");

    private SecurityEvents() {}

    static void describe(WindowsRecord windows, EventDraft event) {
        Classification meaning = MEANINGS.get(windows.code());
        if (meaning != null) {
            meaning.put(event);
        }
        int code = (int) Math.min(windows.code(), 99_999);
        switch (code) {
            case 4624, 4625, 4634, 4647, 4648, 4768, 4769, 4770, 4771, 4776, 4964 -> logon(code, windows, event);
            case 4778, 4779 -> session(windows, event);
            default -> {
                subject(windows, event);
                target(code, windows, event);
            }
        }
        String logon = windows.get("SubjectLogonId");
        String target = windows.get("TargetLogonId");
        boolean own = code == 4624 || code == 4634 || code == 4647 || code == 4964;
        event.text(LOGON_ID, own && target != null ? target : logon);
        LogonDetails.describe(code, windows, event);
        process(code, windows, event);
        network(code, windows, event);
    }

    /** Who did it. */
    private static void subject(WindowsRecord windows, EventDraft event) {
        windows.text(Fields.USER_ID, "SubjectUserSid", event);
        account(Fields.USER_NAME, "SubjectUserName", windows, event);
        windows.text(Fields.USER_DOMAIN, "SubjectDomainName", event);
    }

    private static void account(Field field, String name, WindowsRecord windows, EventDraft event) {
        String user = windows.get(name);
        if (user != null) {
            event.text(field, user).relatedUser(user);
        }
    }

    /** In a logon the user is who logs on; who asked for it on his behalf is a related user. */
    private static void logon(int code, WindowsRecord windows, EventDraft event) {
        String target = windows.get("TargetUserName");
        boolean explicit = code == 4648;
        if (explicit) {
            subject(windows, event);
            windows.text(EFFECTIVE_ID, "TargetUserSid", event).text(EFFECTIVE_DOMAIN, windows.get("TargetDomainName"));
        } else {
            windows.text(Fields.USER_ID, "TargetUserSid", event);
            windows.text(Fields.USER_ID, "TargetSid", event);
            windows.text(Fields.USER_DOMAIN, "TargetDomainName", event);
        }
        if (target != null) {
            int at = target.indexOf('@');
            String name = at > 0 ? target.substring(0, at) : target;
            event.text(explicit ? Fields.USER_EFFECTIVE_NAME : Fields.USER_NAME, name)
                    .relatedUser(name);
            if (at > 0 && event.get(Fields.USER_DOMAIN) == null) {
                event.text(Fields.USER_DOMAIN, target.substring(at + 1));
            }
        }
        String subject = windows.get("SubjectUserName");
        if (code == 4624 && subject != null) {
            event.relatedUser(subject);
        }
    }

    private static void session(WindowsRecord windows, EventDraft event) {
        account(Fields.USER_NAME, "AccountName", windows, event);
        windows.text(Fields.USER_DOMAIN, "AccountDomain", event);
        windows.text(LOGON_ID, "LogonID", event);
    }

    /** What was done to whom: to a user, a group and its member, or a computer. */
    private static void target(int code, WindowsRecord windows, EventDraft event) {
        if (code >= 4727 && code <= 4737 || code >= 4744 && code <= 4764 || code == 4799) {
            windows.text(GROUP_ID, "TargetSid", event);
            windows.text(GROUP_NAME, "TargetUserName", event);
            windows.text(GROUP_DOMAIN, "TargetDomainName", event);
            member(windows, event);
        } else if (code >= 4741 && code <= 4743) {
            windows.text(COMPUTER_ID, "TargetSid", event);
            windows.text(COMPUTER_NAME, "TargetUserName", event);
            windows.text(COMPUTER_DOMAIN, "TargetDomainName", event);
        } else if (code >= 4720 && code <= 4740 || code == 4767 || code == 4781 || code == 4797 || code == 4798) {
            windows.text(USER_TARGET_ID, "TargetSid", event);
            account(Fields.USER_TARGET_NAME, "TargetUserName", windows, event);
            if (code == 4781) {
                account(Fields.USER_TARGET_NAME, "OldTargetUserName", windows, event);
                account(CHANGED_NAME, "NewTargetUserName", windows, event);
            }
            if (code != 4740) {
                windows.text(USER_TARGET_DOMAIN, "TargetDomainName", event);
            }
        } else if (code == 4688) {
            windows.text(EFFECTIVE_ID, "TargetUserSid", event);
            account(Fields.USER_EFFECTIVE_NAME, "TargetUserName", windows, event);
            windows.text(EFFECTIVE_DOMAIN, "TargetDomainName", event);
        }
    }

    /** {@code CN=Bob,OU=Staff,DC=city,DC=example}: name, and the domain that its DC parts make. */
    private static void member(WindowsRecord windows, EventDraft event) {
        windows.text(USER_TARGET_ID, "MemberSid", event);
        String member = windows.get("MemberName");
        if (member == null) {
            return;
        }
        windows.text(MEMBER_GROUP_ID, "TargetSid", event);
        windows.text(MEMBER_GROUP_NAME, "TargetUserName", event);
        windows.text(MEMBER_GROUP_DOMAIN, "TargetDomainName", event);
        StringBuilder domain = new StringBuilder();
        int from = 0;
        boolean first = true;
        while (from <= member.length()) {
            int comma = member.indexOf(',', from);
            int end = comma < 0 ? member.length() : comma;
            boolean common = member.regionMatches(true, from, "CN=", 0, 3);
            if (first) {
                String name = member.substring(common ? from + 3 : from, end);
                event.text(Fields.USER_TARGET_NAME, name).relatedUser(name);
                first = false;
            } else if (member.regionMatches(true, from, "DC=", 0, 3)) {
                domain.append(domain.isEmpty() ? "" : ".").append(member, from + 3, end);
            }
            from = end + 1;
        }
        event.text(USER_TARGET_DOMAIN, domain.toString().toLowerCase(Locale.ROOT));
    }

    private static void process(int code, WindowsRecord windows, EventDraft event) {
        if (code == 4688) {
            event.number(Fields.PROCESS_PID, windows.number("NewProcessId"));
            event.number(ProcessFields.PARENT_PID, windows.number("ProcessId"));
            ProcessFields.executable(
                    Fields.PROCESS_EXECUTABLE, Fields.PROCESS_NAME, windows.get("NewProcessName"), event);
            ProcessFields.executable(
                    Fields.PROCESS_PARENT_EXECUTABLE,
                    ProcessFields.PARENT_NAME,
                    windows.get("ParentProcessName"),
                    event);
            ProcessFields.commandLine(
                    Fields.PROCESS_COMMAND_LINE,
                    ProcessFields.ARGS,
                    ProcessFields.ARGS_COUNT,
                    windows.get("CommandLine"),
                    event);
            return;
        }
        event.number(Fields.PROCESS_PID, windows.number("ProcessId"));
        ProcessFields.executable(Fields.PROCESS_EXECUTABLE, Fields.PROCESS_NAME, windows.get("ProcessName"), event);
        windows.text(Fields.SERVICE_NAME, "ServiceName", event);
        String type = windows.get("ServiceType");
        event.text(SERVICE_TYPE, type == null ? null : SystemEvents.serviceType(type));
        if (code == 4657 || "Key".equals(windows.get("ObjectType"))) {
            RegistryFields.object(windows, event);
        }
        if (code == 4663 || code == 4656 || code == 4660) {
            ProcessFields.file("File".equals(windows.get("ObjectType")) ? windows.get("ObjectName") : null, event);
        }
    }

    private static void network(int code, WindowsRecord windows, EventDraft event) {
        if (code == 5156 || code == 5157) {
            event.source(windows.get("SourceAddress")).destination(windows.get("DestAddress"));
            event.number(Fields.SOURCE_PORT, port(windows, "SourcePort"));
            event.number(Fields.DESTINATION_PORT, port(windows, "DestPort"));
            String protocol = windows.get("Protocol");
            if (protocol != null) {
                NetworkFields.transport(protocol, event);
            }
            ProcessFields.executable(Fields.PROCESS_EXECUTABLE, Fields.PROCESS_NAME, windows.get("Application"), event);
            String direction = windows.get("Direction");
            event.text(
                    Fields.NETWORK_DIRECTION,
                    "%%14592".equals(direction) || "Inbound".equals(direction)
                            ? "ingress"
                            : "%%14593".equals(direction) || "Outbound".equals(direction) ? "egress" : null);
            windows.text(Fields.RULE_ID, "FilterRTID", event);
            event.number(Fields.PROCESS_PID, windows.number("ProcessID"));
            NetworkFields.type(event);
            NetworkFields.communityId(event);
            return;
        }
        String address = windows.get("IpAddress") == null ? windows.get("ClientAddress") : windows.get("IpAddress");
        event.ip(Fields.SOURCE_IP, address);
        long port = port(windows, "IpPort");
        if (port > 0) {
            event.number(Fields.SOURCE_PORT, port);
        }
        String station =
                windows.get("WorkstationName") == null ? windows.get("ClientName") : windows.get("WorkstationName");
        if (code == 4624 || code == 4625 || code == 4648 || code == 4778 || code == 4779) {
            event.text(Fields.SOURCE_DOMAIN, station);
        }
        switch (code) {
            // The station is not named as such: in 4740 it stands where others have the domain.
            case 4776 -> event.text(Fields.SOURCE_DOMAIN, windows.get("Workstation"));
            case 4740 -> event.text(Fields.SOURCE_DOMAIN, windows.get("TargetDomainName"));
            case 4648 -> {
                String server = windows.get("TargetServerName");
                event.host(Fields.DESTINATION_DOMAIN, "localhost".equalsIgnoreCase(server) ? null : server);
            }
            case 5140, 5145 -> share(windows, event);
            default -> {
                // No other machine has a part in it.
            }
        }
    }

    private static long port(WindowsRecord windows, String name) {
        long port = windows.number(name);
        return port <= 65_535 ? port : -1;
    }

    private static void share(WindowsRecord windows, EventDraft event) {
        String path = windows.get("ShareLocalPath");
        String target = windows.get("RelativeTargetName");
        if (path != null) {
            String plain = path.startsWith("\\??\\") ? path.substring(4) : path;
            String joined = target == null ? plain : plain.endsWith("\\") ? plain + target : plain + '\\' + target;
            ProcessFields.file(joined, event);
        }
        long port = port(windows, "IpPort");
        if (port >= 0) {
            event.number(Fields.SOURCE_PORT, port);
        }
    }

    /** Words of a text that spaces, tabs and line ends separate; bounded. */
    static List<Object> words(String text) {
        List<Object> out = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length() && out.size() < 128; i++) {
            if (i == text.length() || text.charAt(i) <= ' ') {
                if (i > from) {
                    out.add(text.substring(from, i));
                }
                from = i + 1;
            }
        }
        return out;
    }
}
