package jp.hinomi.ingest.decode.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** What of a record stays under {@code aws.cloudtrail}, in the spelling that rules for it use. Stateless. */
final class CloudTrailFields {
    private static final ZoneClock UTC = new ZoneClock(java.time.ZoneOffset.UTC);
    /** Length of {@code 2026-04-01T01:00:00Z}. */
    private static final int WHOLE_SECONDS = 20;

    private static final String PREFIX = "aws.cloudtrail";
    private static final Field SESSION_BEGAN = Fields.of(PREFIX + ".user_identity.session_context.creation_date");

    private static final VendorFields ALL = new VendorFields(
            PREFIX,
            Set.of(
                    "eventTime",
                    "eventSource",
                    "eventName",
                    "awsRegion",
                    "sourceIPAddress",
                    "userAgent",
                    "userIdentity.userName",
                    "userIdentity.principalId",
                    "userIdentity.accountId",
                    "userIdentity.sessionContext.attributes.creationDate"),
            names());

    private CloudTrailFields() {}

    static void put(JsonObject trail, EventDraft event) {
        ALL.put(trail, event);
        String began = trail.object("userIdentity")
                .object("sessionContext")
                .object("attributes")
                .text("creationDate");
        event.text(SESSION_BEGAN, time(began));
    }

    /** {@code 2026-04-01T01:00:00Z} or {@code 20260401T010000Z}, as ECS writes times; null if it is neither. */
    static String time(String stamp) {
        if (stamp == null) {
            return null;
        }
        String text = stamp;
        if (stamp.length() == 16 && stamp.charAt(8) == 'T') {
            text = stamp.substring(0, 4)
                    + '-'
                    + stamp.substring(4, 6)
                    + '-'
                    + stamp.substring(6, 11)
                    + ':'
                    + stamp.substring(11, 13)
                    + ':'
                    + stamp.substring(13);
        }
        TimeScan scan = new TimeScan(UTC);
        if (!scan.iso(text, 0)) {
            return null;
        }
        String time = java.time.Instant.ofEpochMilli(scan.millis).toString();
        return time.length() == WHOLE_SECONDS ? time.substring(0, WHOLE_SECONDS - 1) + ".000Z" : time;
    }

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        add(names, "requestParameters", ".flattened.request_parameters");
        add(names, "responseElements", ".flattened.response_elements");
        add(names, "additionalEventData", ".flattened.additional_eventdata");
        add(names, "serviceEventDetails", ".flattened.service_event_details");
        add(names, "insightDetails", ".flattened.insight_details");
        add(names, "eventVersion", ".event_version");
        add(names, "eventID", ".event_id");
        add(names, "eventType", ".event_type");
        add(names, "eventCategory", ".event_category");
        add(names, "apiVersion", ".api_version");
        add(names, "managementEvent", ".management_event");
        add(names, "readOnly", ".read_only");
        add(names, "requestID", ".request_id");
        add(names, "requestId", ".request_id");
        add(names, "recipientAccountId", ".recipient_account_id");
        add(names, "sharedEventID", ".shared_event_id");
        add(names, "sharedEventId", ".shared_event_id");
        add(names, "vpcEndpointId", ".vpc_endpoint_id");
        add(names, "vpcEndpointAccountId", ".vpc_endpoint_account_id");
        add(names, "errorCode", ".error_code");
        add(names, "errorMessage", ".error_message");
        add(names, "resources.ARN", ".resources.arn");
        add(names, "resources.accountId", ".resources.account_id");
        add(names, "sessionCredentialFromConsole", ".session_credential_from_console");
        add(names, "edgeDeviceDetails", ".edge_device_details");
        add(names, "tlsDetails", ".tls_details");
        add(names, "tlsDetails.tlsVersion", ".tls_details.tls_version");
        add(names, "tlsDetails.cipherSuite", ".tls_details.cipher_suite");
        add(names, "tlsDetails.clientProvidedHostHeader", ".tls_details.client_provided_host_header");
        String identity = ".user_identity";
        add(names, "userIdentity", identity);
        add(names, "userIdentity.accessKeyId", identity + ".access_key_id");
        add(names, "userIdentity.invokedBy", identity + ".invoked_by");
        add(names, "userIdentity.identityProvider", identity + ".identity_provider");
        String session = identity + ".session_context";
        add(names, "userIdentity.sessionContext", session);
        add(names, "userIdentity.sessionContext.attributes", session);
        add(names, "userIdentity.sessionContext.attributes.mfaAuthenticated", session + ".mfa_authenticated");
        String issuer = session + ".session_issuer";
        add(names, "userIdentity.sessionContext.sessionIssuer", issuer);
        add(names, "userIdentity.sessionContext.sessionIssuer.principalId", issuer + ".principal_id");
        add(names, "userIdentity.sessionContext.sessionIssuer.accountId", issuer + ".account_id");
        add(names, "userIdentity.sessionContext.sessionIssuer.userName", issuer + ".user_name");
        return names;
    }

    private static void add(Map<String, String> names, String path, String name) {
        names.put(path, PREFIX + name);
    }
}
