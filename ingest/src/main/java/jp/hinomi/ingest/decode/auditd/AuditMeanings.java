package jp.hinomi.ingest.decode.auditd;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * What record types and system calls mean by ECS.
 *
 * @param category one text, or a list of several
 * @param type one text, or a list of several
 */
record AuditMeanings(Object category, Object type) {
    private static final Map<String, AuditMeanings> TYPES = table("""
            ACCT_LOCK,ACCT_UNLOCK iam user,change
            ADD_GROUP iam group,creation
            ADD_USER iam user,creation
            ANOM_ABEND process end
            ANOM_EXEC process start
            CHGRP_ID,CHUSER_ID process change
            CONFIG_CHANGE,DAEMON_CONFIG process,configuration change
            CRED_ACQ,CRED_DISP,CRED_REFR authentication info
            DAEMON_ABORT,DAEMON_END process end
            DAEMON_ACCEPT,DAEMON_CLOSE network connection,start
            DAEMON_RECONFIG process,configuration info
            DAEMON_RESUME,DAEMON_ROTATE process change
            DAEMON_START process start
            DEL_GROUP iam group,deletion
            DEL_USER iam user,deletion
            FEATURE_CHANGE,MAC_CONFIG_CHANGE,MAC_STATUS,NETFILTER_CFG,USER_MAC_CONFIG_CHANGE,USYS_CONFIG configuration change
            GRP_AUTH,USER_ACCT,USER_AUTH,USER_ERR authentication info
            GRP_CHAUTHTOK,GRP_MGMT iam group,change
            KERNEL,CRYPTO_KEY_USER,CRYPTO_LOGOUT,CRYPTO_SESSION,DAEMON_ERR,TEST,TRUSTED_APP process info
            KERN_MODULE driver start
            LOGIN,USER_LOGIN authentication start
            MAC_POLICY_LOAD,USER_MAC_POLICY_LOAD configuration access
            ROLE_ASSIGN,ROLE_REMOVE,USER_CHAUTHTOK,USER_MGMT iam user,change
            ROLE_MODIFY iam change
            SERVICE_START,USER_CMD process start
            SERVICE_STOP process end
            SOFTWARE_UPDATE package info
            SYSTEM_BOOT,SYSTEM_SHUTDOWN,VIRT_CONTROL,VIRT_CREATE,VIRT_DESTROY,VIRT_MACHINE_ID,VIRT_RESOURCE host info
            VIRT_INTEGRITY_CHECK,VIRT_MIGRATE_IN,VIRT_MIGRATE_OUT host info
            SYSTEM_RUNLEVEL host change
            USER_END session end
            USER_LOGOUT authentication end
            USER_START session start""");

    /** By name, and by x86-64's number, which a log that is not enriched has instead. */
    private static final Map<String, AuditMeanings> CALLS = table("""
            accept,accept4,connect,43,288,42 network connection,start
            bind,listen,49,50 network start
            recv,recvfrom,recvmsg,recvmmsg,send,sendto,sendmsg,sendmmsg,44,45,46,47 network connection,info
            execve,execveat,59,322 process start
            kill,tkill,tgkill,62,200,234 process end
            ptrace,101 process access
            setuid,setgid,setreuid,setregid,setresuid,setresgid,setfsuid,setfsgid,105,106,113,114,117,119 process change
            init_module,finit_module,175,313 driver start
            delete_module,176 driver end
            open,openat,read,readlink,stat,lstat,fstat,access,faccessat,newfstatat,2,257,4,5,6,21,89 file info
            creat,mkdir,mkdirat,mknod,mknodat,symlink,symlinkat,mount,85,83,258,133,259,88,266,165 file creation
            chmod,fchmod,fchmodat,chown,fchown,fchownat,lchown,90,91,92,93,94,260,268 file change
            rename,renameat,renameat2,truncate,ftruncate,write,setxattr,lsetxattr,fsetxattr,82,264,316,76,77 file change
            removexattr,lremovexattr,fremovexattr,utime,utimes,utimensat,futimesat,132,235,280,261 file change
            unlink,unlinkat,rmdir,umount,umount2,87,263,84,166 file deletion
            adjtimex,settimeofday,clock_settime,stime,159,164,227 host change
            sethostname,setdomainname,170,171 host change""");

    private static final AuditMeanings ANY_CALL = new AuditMeanings("process", "info");

    private static Map<String, AuditMeanings> table(String table) {
        Map<String, AuditMeanings> out = new HashMap<>();
        table.lines().forEach(line -> {
            String[] columns = line.trim().split(" +");
            AuditMeanings meaning = new AuditMeanings(several(columns[1]), several(columns[2]));
            for (String name : columns[0].split(",")) {
                out.put(name, meaning);
            }
        });
        return Map.copyOf(out);
    }

    private static Object several(String joined) {
        List<String> parts = List.of(joined.split(","));
        return parts.size() == 1 ? parts.get(0) : parts;
    }

    static void describe(String type, AuditRecord record, EventDraft event) {
        AuditMeanings meaning = TYPES.get(type);
        String call = record.enriched("SYSCALL") == null ? record.get("syscall") : record.enriched("SYSCALL");
        if (meaning == null && call != null) {
            meaning = CALLS.getOrDefault(call, ANY_CALL);
        }
        if (meaning != null) {
            event.classify(meaning.category, type.equals("VIRT_CONTROL") ? machine(record.get("op")) : meaning.type);
        }
    }

    private static String machine(String operation) {
        return switch (operation == null ? "" : operation) {
            case "start" -> "start";
            case "stop" -> "end";
            default -> "info";
        };
    }
}
