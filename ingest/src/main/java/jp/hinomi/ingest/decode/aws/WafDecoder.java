package jp.hinomi.ingest.decode.aws;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.tls.TlsFields;
import jp.hinomi.ingest.decode.web.ForwardedFor;
import jp.hinomi.ingest.decode.web.WebFields;

/** Web ACL traffic logs of AWS WAF ("Log fields for web ACL traffic" in its developer guide), one request per record. */
public final class WafDecoder extends JsonDecoder {
    public static final Signature SIGNATURE = Signature.members("webaclId", "httpRequest", "action");

    private static final Field REGION = Fields.of("cloud.region");
    private static final Field ACCOUNT = Fields.of("cloud.account.id");
    private static final Field PROVIDER = Fields.of("cloud.provider");
    private static final Field SERVICE = Fields.of("cloud.service.name");
    private static final Field COUNTRY = Fields.SOURCE_GEO_COUNTRY;
    private static final Field AS_NUMBER = Fields.of("source.as.number");
    private static final Field REQUEST_BODY = Fields.of("http.request.body.bytes");
    private static final Field FRAGMENT = Fields.of("url.fragment");
    private static final Field REASON = Fields.EVENT_REASON;

    private static final Set<String> TAKEN = Set.of(
            "timestamp",
            "action",
            "httpRequest",
            "terminatingRuleId",
            "terminatingRuleType",
            "ja3Fingerprint",
            "requestBodySize",
            "clientAsn");

    private static final Map<String, String> NAMES = Map.of(
            "webaclId", "aws.waf.arn",
            "httpSourceName", "aws.waf.source.name",
            "httpSourceId", "aws.waf.source.id",
            "formatVersion", "aws.waf.format_version",
            "labels.name", "aws.waf.labels",
            "ja4Fingerprint", "aws.waf.ja4_fingerprint",
            "responseCodeSent", "aws.waf.response_code_sent",
            "nonTerminatingMatchingRules.ruleId", "aws.waf.non_terminating_matching_rules.rule_id",
            "nonTerminatingMatchingRules.action", "aws.waf.non_terminating_matching_rules.action",
            "rateBasedRuleList.rateBasedRuleName", "aws.waf.rate_based_rule_list.rate_based_rule_name");

    private static final JsonTree TREE = new JsonTree(Set.of());
    private static final VendorFields REST = new VendorFields("aws.waf", TAKEN, NAMES);

    public WafDecoder(ZoneId zone, Charset charset) {
        super("aws-waf", zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject waf = TREE.read(parser);
        if (waf == null) {
            return reject(text, 0, "more text after the object: one request per line");
        }
        Object stamp = waf.members().get("timestamp");
        long millis = stamp == null ? Epoch.NONE : Epoch.millis(stamp);
        String action = waf.text("action");
        if (millis == Epoch.NONE || action == null || !waf.has("httpRequest")) {
            return reject(
                    text,
                    0,
                    "no log of a web ACL: it lacks "
                            + (millis == Epoch.NONE ? "'timestamp'" : action == null ? "'action'" : "'httpRequest'")
                            + "; send the records that AWS WAF delivers to S3, Firehose or CloudWatch as they are");
        }
        EventDraft event = draft(text, record, millis).module("aws", "aws.waf");
        if (header != null && header.present()) {
            header.describe(event);
        }
        boolean denied = !action.equals("ALLOW") && !action.equals("COUNT");
        event.action(action).classify(List.of("web", "network"), List.of("access", denied ? "denied" : "allowed"));
        event.outcome(!denied);
        event.text(Fields.OBSERVER_VENDOR, "AWS")
                .text(Fields.OBSERVER_PRODUCT, "WAF")
                .text(Fields.OBSERVER_TYPE, "waf");
        rule(waf, event);
        cloud(waf.text("webaclId"), event);
        request(waf, event);
        REST.put(waf, event);
        return event.finish();
    }

    /** Of a managed group the rule that ended it says more than the group's name. */
    private static void rule(JsonObject waf, EventDraft event) {
        String id = waf.text("terminatingRuleId");
        event.text(Fields.RULE_ID, id).text(Fields.RULE_NAME, id);
        event.text(Fields.RULE_RULESET, waf.text("terminatingRuleType"));
        for (Object element : waf.list("ruleGroupList")) {
            if (element instanceof JsonObject group
                    && group.object("terminatingRule").text("ruleId") != null) {
                event.text(Fields.RULE_NAME, group.object("terminatingRule").text("ruleId"));
                event.text(Fields.RULE_CATEGORY, group.text("ruleGroupId"));
            }
        }
        List<Object> details = waf.list("terminatingRuleMatchDetails");
        if (!details.isEmpty() && details.get(0) instanceof JsonObject first) {
            String condition = first.text("conditionType");
            String location = first.text("location");
            event.text(REASON, condition == null ? null : location == null ? condition : condition + " in " + location);
        }
    }

    /** {@code arn:aws:wafv2:ap-northeast-1:111122223333:regional/webacl/name/id}. */
    private static void cloud(String arn, EventDraft event) {
        event.text(PROVIDER, "aws");
        String[] parts = arn == null ? new String[0] : arn.split(":", 6);
        if (parts.length == 6) {
            event.text(SERVICE, parts[2]).text(REGION, parts[3]).text(ACCOUNT, parts[4]);
        }
    }

    private static void request(JsonObject waf, EventDraft event) {
        JsonObject request = waf.object("httpRequest");
        event.source(request.text("clientIp")).text(COUNTRY, request.text("country"));
        event.number(AS_NUMBER, waf.number("clientAsn"));
        String method = request.text("httpMethod");
        event.text(Fields.HTTP_REQUEST_METHOD, method).text(Fields.HTTP_REQUEST_ID, request.text("requestId"));
        WebFields.version(request.text("httpVersion"), event);
        event.text(Fields.NETWORK_PROTOCOL, "http");
        NetworkFields.transport("tcp", event);
        NetworkFields.type(event);
        String path = request.text("uri");
        String query = request.text("args");
        if (path != null && !path.isEmpty()) {
            WebFields.target(query == null || query.isEmpty() ? path : path + '?' + query, method, event);
        }
        event.text(Fields.URL_SCHEME, request.text("scheme")).text(FRAGMENT, request.text("fragment"));
        host(request.text("host"), event);
        for (Object element : request.list("headers")) {
            if (element instanceof JsonObject header) {
                header(header.text("name"), header.text("value"), event);
            }
        }
        event.number(REQUEST_BODY, waf.number("requestBodySize"));
        long sent = waf.number("responseCodeSent");
        event.number(Fields.HTTP_RESPONSE_STATUS_CODE, sent > 0 ? sent : -1);
        TlsFields.ja3(waf.text("ja3Fingerprint"), event);
    }

    private static void host(String host, EventDraft event) {
        if (host != null && !host.isEmpty()) {
            WebFields.authority(host, event);
            event.put(Fields.DESTINATION_DOMAIN, event.get(Fields.URL_DOMAIN));
        }
    }

    private static void header(String name, String value, EventDraft event) {
        if (name == null || value == null) {
            return;
        }
        switch (name.toLowerCase(java.util.Locale.ROOT)) {
            case "host" -> host(value, event);
            case "user-agent" -> event.text(Fields.USER_AGENT_ORIGINAL, value);
            case "referer" -> event.text(Fields.HTTP_REQUEST_REFERRER, value);
            case "x-forwarded-for" -> ForwardedFor.describe(value, event);
            default -> {
                // Others may hold credentials; the original has them.
            }
        }
    }
}
