package jp.hinomi.ingest.decode.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** What calls of the AWS API mean in ECS's categories, by their {@code eventName}. Others stay without a category. */
final class EventNames {
    private static final Map<String, Meaning> MEANINGS = meanings();

    private EventNames() {}

    private record Meaning(String category, List<String> types) {}

    static void classify(String eventName, EventDraft event) {
        Meaning meaning = eventName == null ? null : MEANINGS.get(eventName);
        if (meaning == null) {
            event.text(Fields.EVENT_TYPE, "info");
        } else {
            event.classify(meaning.category, meaning.types.size() == 1 ? meaning.types.get(0) : meaning.types);
        }
    }

    private static Map<String, Meaning> meanings() {
        Map<String, Meaning> names = new HashMap<>();
        add(
                names,
                "iam",
                List.of("group", "change"),
                "AddUserToGroup",
                "AttachGroupPolicy",
                "DeleteGroupPolicy",
                "DetachGroupPolicy",
                "PutGroupPolicy",
                "RemoveUserFromGroup",
                "UpdateGroup");
        add(names, "iam", List.of("group", "creation"), "CreateGroup");
        add(names, "iam", List.of("group", "deletion"), "DeleteGroup");
        add(
                names,
                "iam",
                List.of("group", "info"),
                "GetGroup",
                "GetGroupPolicy",
                "ListAttachedGroupPolicies",
                "ListGroupPolicies",
                "ListGroups",
                "ListGroupsForUser");
        add(
                names,
                "iam",
                List.of("user", "change"),
                "AttachUserPolicy",
                "ChangePassword",
                "CreateAccessKey",
                "CreateLoginProfile",
                "CreateVirtualMFADevice",
                "DeactivateMFADevice",
                "DeleteAccessKey",
                "DeleteLoginProfile",
                "DeleteSSHPublicKey",
                "DeleteSigningCertificate",
                "DeleteUserPermissionsBoundary",
                "DeleteUserPolicy",
                "DeleteVirtualMFADevice",
                "DetachUserPolicy",
                "EnableMFADevice",
                "PutUserPermissionsBoundary",
                "PutUserPolicy",
                "ResyncMFADevice",
                "TagUser",
                "UntagUser",
                "UpdateAccessKey",
                "UpdateLoginProfile",
                "UpdateSSHPublicKey",
                "UpdateUser",
                "UploadSSHPublicKey",
                "UploadSigningCertificate");
        add(names, "iam", List.of("user", "creation"), "CreateUser");
        add(names, "iam", List.of("user", "deletion"), "DeleteUser");
        add(
                names,
                "iam",
                List.of("user", "info"),
                "GetUser",
                "GetUserPolicy",
                "ListAttachedUserPolicies",
                "ListUserPolicies",
                "ListUserTags",
                "ListUsers");
        add(
                names,
                "iam",
                List.of("admin", "change"),
                "AddRoleToInstanceProfile",
                "AttachRolePolicy",
                "CreatePolicyVersion",
                "DeletePolicyVersion",
                "DeleteRolePermissionsBoundary",
                "DeleteRolePolicy",
                "DetachRolePolicy",
                "PutRolePermissionsBoundary",
                "PutRolePolicy",
                "RemoveRoleFromInstanceProfile",
                "SetDefaultPolicyVersion",
                "SetSecurityTokenServicePreferences",
                "UpdateAccountPasswordPolicy",
                "UpdateAssumeRolePolicy",
                "UpdateOpenIDConnectProviderThumbprint",
                "UpdateRole",
                "UpdateSAMLProvider");
        add(
                names,
                "iam",
                List.of("admin", "creation"),
                "CreateInstanceProfile",
                "CreateKeyPair",
                "CreateOpenIDConnectProvider",
                "CreatePolicy",
                "CreateRole",
                "CreateSAMLProvider",
                "CreateServiceLinkedRole");
        add(
                names,
                "iam",
                List.of("admin", "deletion"),
                "DeleteAccountPasswordPolicy",
                "DeleteInstanceProfile",
                "DeleteKeyPair",
                "DeleteOpenIDConnectProvider",
                "DeletePolicy",
                "DeleteRole",
                "DeleteSAMLProvider");
        add(names, "authentication", List.of("info"), "AssumeRole", "CheckMfa", "ConsoleLogin");
        add(
                names,
                "authentication",
                List.of("start"),
                "AssumeRoleWithSAML",
                "AssumeRoleWithWebIdentity",
                "GetFederationToken",
                "GetSessionToken",
                "SwitchRole");
        add(names, "file", List.of("creation"), "CreateBucket");
        add(names, "file", List.of("deletion"), "DeleteBucket");
        return names;
    }

    private static void add(Map<String, Meaning> names, String category, List<String> types, String... eventNames) {
        Meaning meaning = new Meaning(category, types);
        for (String name : eventNames) {
            names.put(name, meaning);
        }
    }
}
