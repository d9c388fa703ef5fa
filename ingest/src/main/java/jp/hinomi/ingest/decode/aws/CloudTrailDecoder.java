package jp.hinomi.ingest.decode.aws;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.Glance;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonText;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.tls.TlsFields;

/**
 * AWS CloudTrail: management, data and insight events, one record per line, bare, as EventBridge delivers it (in {@code
 * detail}) or as the only element of {@code Records}; and the digest files that vouch for the logs.
 */
public final class CloudTrailDecoder extends JsonDecoder {
    public static final Signature SIGNATURE = Signature.members("eventVersion", "eventTime", "eventID")
            .or(Signature.members("detail.eventVersion", "detail.eventTime"))
            .or(Signature.members("digestEndTime", "digestS3Bucket"))
            .or(CloudTrailDecoder::file);

    private static final Field CLOUD_PROVIDER = Fields.of("cloud.provider");
    private static final Field CLOUD_REGION = Fields.of("cloud.region");
    private static final Field CLOUD_ACCOUNT = Fields.of("cloud.account.id");
    private static final Field REQUEST_TEXT = Fields.of("aws.cloudtrail.request_parameters");
    private static final Field RESPONSE_TEXT = Fields.of("aws.cloudtrail.response_elements");
    private static final Field ADDITIONAL_TEXT = Fields.of("aws.cloudtrail.additional_eventdata");
    private static final Field SERVICE_TEXT = Fields.of("aws.cloudtrail.service_event_details");
    private static final Field MOBILE_VERSION =
            Fields.of("aws.cloudtrail.console_login.additional_eventdata.mobile_version");
    private static final Field LOGIN_TO = Fields.of("aws.cloudtrail.console_login.additional_eventdata.login_to");
    private static final Field MFA_USED = Fields.of("aws.cloudtrail.console_login.additional_eventdata.mfa_used");
    private static final Field GROUP_ID = Fields.of("group.id");
    private static final Field GROUP_NAME = Fields.of("group.name");
    private static final Field TARGET_ID = Fields.of("user.target.id");
    private static final Field NEW_NAME = Fields.of("user.changes.name");

    /** Lucene's longest term; longer texts could not be searched anyway. */
    private static final int MAX_TEXT = 32_766;

    private static final JsonTree TREE = new JsonTree(Set.of());

    public CloudTrailDecoder(ZoneId zone, Charset charset) {
        super("cloudtrail", zone, charset);
    }

    /** A file of records. */
    private static Signature.Likeness file(Glance glance) {
        return glance.has("Records") && glance.contains("\"eventVersion\"") && glance.contains("\"eventSource\"")
                ? Signature.Likeness.CERTAIN
                : Signature.Likeness.NONE;
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject trail = TREE.read(parser);
        if (trail == null) {
            return reject(text, 0, "more text after the object: one CloudTrail record per line");
        }
        if (trail.has("Records")) {
            List<Object> records = trail.list("Records");
            if (records.size() != 1 || !(records.get(0) instanceof JsonObject only)) {
                return reject(
                        text,
                        0,
                        "a CloudTrail file of " + records.size() + " records: let the forwarder split 'Records'"
                                + " into one record per line (jq -c '.Records[]')");
            }
            trail = only;
        } else if (trail.object("detail").has("eventVersion")) {
            trail = trail.object("detail");
        }
        boolean digest = trail.has("digestEndTime");
        String stamp = trail.text(digest ? "digestEndTime" : "eventTime");
        TimeScan time = new TimeScan(zone);
        if (stamp == null) {
            return reject(
                    text, 0, "not a CloudTrail record: it has no eventTime; point this source at CloudTrail's log");
        }
        if (!time.iso(stamp, 0)) {
            return reject(text, 0, "eventTime " + excerpt(stamp, 0) + " is not a time such as 2026-04-01T01:00:00Z");
        }
        EventDraft event = draft(text, record, time.millis).module("aws", "aws.cloudtrail");
        if (header != null && header.present()) {
            header.describe(event);
        }
        event.text(CLOUD_PROVIDER, "aws").text(CLOUD_REGION, trail.text("awsRegion"));
        if (digest) {
            DigestFile.describe(trail, event);
        } else {
            describe(trail, event);
        }
        return event.finish();
    }

    private static void describe(JsonObject trail, EventDraft event) {
        JsonObject identity = trail.object("userIdentity");
        UserIdentity.describe(identity, event);
        event.text(CLOUD_ACCOUNT, identity.text("accountId"));
        event.text(Fields.EVENT_PROVIDER, trail.text("eventSource")).action(trail.text("eventName"));
        source(trail.text("sourceIPAddress"), event);
        event.text(Fields.USER_AGENT_ORIGINAL, trail.text("userAgent"));
        JsonObject tls = trail.object("tlsDetails");
        event.text(Fields.TLS_CLIENT_SERVER_NAME, tls.text("clientProvidedHostHeader"));
        event.text(TlsFields.CIPHER, tls.text("cipherSuite"));
        TlsFields.version(tls.text("tlsVersion"), event);
        elements(trail, event);
        boolean failed = trail.has("errorCode") || trail.has("errorMessage");
        event.text(Fields.EVENT_REASON, trail.text("errorMessage")).outcome(!failed);
        EventNames.classify(trail.text("eventName"), event);
        if ("ConsoleLogin".equals(trail.text("eventName"))) {
            consoleLogin(trail, event);
        }
        CloudTrailFields.put(trail, event);
    }

    /** An address, or the name of the service that called: {@code cloudformation.amazonaws.com}, {@code AWS Internal}. */
    private static void source(String address, EventDraft event) {
        if (address != null && address.indexOf(' ') < 0) {
            event.source(address);
        } else {
            event.text(Fields.SOURCE_ADDRESS, address);
        }
    }

    private static void elements(JsonObject trail, EventDraft event) {
        JsonObject request = trail.object("requestParameters");
        JsonObject response = trail.object("responseElements");
        event.text(REQUEST_TEXT, JsonText.of(request, MAX_TEXT)).text(RESPONSE_TEXT, JsonText.of(response, MAX_TEXT));
        event.text(ADDITIONAL_TEXT, JsonText.of(trail.object("additionalEventData"), MAX_TEXT));
        event.text(SERVICE_TEXT, JsonText.of(trail.object("serviceEventDetails"), MAX_TEXT));
        String target = request.text("userName");
        String renamed = request.text("newUserName");
        event.text(Fields.USER_TARGET_NAME, target).relatedUser(target);
        event.text(NEW_NAME, renamed).relatedUser(renamed);
        event.text(TARGET_ID, response.object("user").text("userId"));
        event.text(GROUP_NAME, request.text("groupName"));
        event.text(GROUP_ID, response.object("group").text("groupId"));
    }

    private static void consoleLogin(JsonObject trail, EventDraft event) {
        String result = trail.object("responseElements").text("ConsoleLogin");
        if (result != null) {
            event.outcome(result.equals("Success"));
        }
        JsonObject more = trail.object("additionalEventData");
        flag(MOBILE_VERSION, more.text("MobileVersion"), event);
        flag(MFA_USED, more.text("MFAUsed"), event);
        event.text(LOGIN_TO, more.text("LoginTo"));
    }

    private static void flag(Field field, String yesOrNo, EventDraft event) {
        if (yesOrNo != null) {
            event.put(field, !yesOrNo.equals("No"));
        }
    }
}
