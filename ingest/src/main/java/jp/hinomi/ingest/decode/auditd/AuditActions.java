package jp.hinomi.ingest.decode.auditd;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Record types in words, as the Linux audit documentation describes them and ECS integrations spell them. */
final class AuditActions {
    private static final Map<String, String> ACTIONS = table("""
            ACCT_LOCK locked-account
            ACCT_UNLOCK unlocked-account
            ADD_GROUP added-group-account-to
            ADD_USER added-user-account
            ANOM_ABEND crashed-program
            ANOM_EXEC attempted-execution-of-forbidden-program
            ANOM_LINK used-suspicious-link
            ANOM_LOGIN_FAILURES failed-log-in-too-many-times-to
            ANOM_LOGIN_LOCATION attempted-log-in-from-unusual-place-to
            ANOM_LOGIN_SESSIONS opened-too-many-sessions-to
            ANOM_LOGIN_TIME attempted-log-in-during-unusual-hour-to
            ANOM_PROMISCUOUS changed-promiscuous-mode-on-device
            ANOM_RBAC_INTEGRITY_FAIL tested-file-system-integrity-of
            AVC violated-selinux-policy
            CHGRP_ID changed-group
            CHUSER_ID changed-user-id
            CONFIG_CHANGE changed-audit-configuration
            CRED_ACQ acquired-credentials
            CRED_DISP disposed-credentials
            CRED_REFR refreshed-credentials
            CRYPTO_KEY_USER negotiated-crypto-key
            CRYPTO_LOGIN crypto-officer-logged-in
            CRYPTO_LOGOUT crypto-officer-logged-out
            CRYPTO_SESSION started-crypto-session
            DAC_CHECK access-result
            DAEMON_ABORT aborted-auditd-startup
            DAEMON_ACCEPT remote-audit-connected
            DAEMON_CLOSE remote-audit-disconnected
            DAEMON_CONFIG changed-auditd-configuration
            DAEMON_END shutdown-audit
            DAEMON_ERR audit-error
            DAEMON_RECONFIG reconfigured-auditd
            DAEMON_RESUME resumed-audit-logging
            DAEMON_ROTATE rotated-audit-logs
            DAEMON_START started-audit
            DEL_GROUP deleted-group-account-from
            DEL_USER deleted-user-account
            FEATURE_CHANGE changed-audit-feature
            FS_RELABEL relabeled-filesystem
            GRP_AUTH authenticated-to-group
            GRP_CHAUTHTOK changed-group-password
            GRP_MGMT modified-group-account
            KERNEL initialized-audit-subsystem
            KERN_MODULE loaded-kernel-module
            LABEL_LEVEL_CHANGE modified-level-of
            LABEL_OVERRIDE overrode-label-of
            LOGIN changed-login-id-to
            MAC_CHECK mac-permission
            MAC_CONFIG_CHANGE changed-selinux-boolean
            MAC_POLICY_LOAD loaded-selinux-policy
            MAC_STATUS changed-selinux-enforcement
            NETFILTER_CFG loaded-firewall-rule-to
            ROLE_ASSIGN assigned-user-role-to
            ROLE_MODIFY modified-role
            ROLE_REMOVE removed-user-role-from
            SECCOMP violated-seccomp-policy
            SELINUX_ERR caused-mac-policy-error
            SERVICE_START started-service
            SERVICE_STOP stopped-service
            SOFTWARE_UPDATE package-updated
            SYSTEM_BOOT booted-system
            SYSTEM_RUNLEVEL changed-to-runlevel
            SYSTEM_SHUTDOWN shutdown-system
            TEST sent-test
            TTY typed
            USER sent-message
            USER_ACCT was-authorized
            USER_AUTH authenticated
            USER_AVC access-permission
            USER_CHAUTHTOK changed-password
            USER_CMD ran-command
            USER_END ended-session
            USER_ERR error
            USER_LOGIN logged-in
            USER_LOGOUT logged-out
            USER_MAC_CONFIG_CHANGE changed-mac-configuration
            USER_MAC_POLICY_LOAD loaded-mac-policy
            USER_MGMT modified-user-account
            USER_ROLE_CHANGE changed-role-to
            USER_SELINUX_ERR access-error
            USER_START started-session
            USER_TTY typed
            USYS_CONFIG changed-configuration
            VIRT_CONTROL issued-vm-control
            VIRT_CREATE created-vm-image
            VIRT_DESTROY deleted-vm-image
            VIRT_INTEGRITY_CHECK checked-integrity-of
            VIRT_MACHINE_ID assigned-vm-id
            VIRT_MIGRATE_IN migrated-vm-from
            VIRT_MIGRATE_OUT migrated-vm-to
            VIRT_RESOURCE assigned-vm-resource""");

    private AuditActions() {}

    private static Map<String, String> table(String table) {
        Map<String, String> out = new HashMap<>();
        table.lines().forEach(line -> {
            int space = line.trim().indexOf(' ');
            out.put(line.trim().substring(0, space), line.trim().substring(space + 1));
        });
        return Map.copyOf(out);
    }

    /** @param type of a record @return the type itself in lower case if it has no words */
    static String of(String type) {
        String action = ACTIONS.get(type);
        return action == null ? type.toLowerCase(Locale.ROOT) : action;
    }
}
