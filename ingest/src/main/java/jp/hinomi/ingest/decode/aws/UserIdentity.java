package jp.hinomi.ingest.decode.aws;

import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;

/**
 * Who called, as CloudTrail's {@code userIdentity} says: an IAM user by name, an assumed role by the name of its issuer.
 * Stateless.
 */
final class UserIdentity {
    private UserIdentity() {}

    static void describe(JsonObject identity, EventDraft event) {
        event.text(Fields.USER_ID, identity.text("principalId"));
        String name = identity.text("userName");
        if (name == null) {
            name = identity.object("sessionContext").object("sessionIssuer").text("userName");
        }
        event.user(name);
    }
}
