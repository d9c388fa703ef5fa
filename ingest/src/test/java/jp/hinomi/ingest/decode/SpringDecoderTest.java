package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

/** What the documents do not show: other logins, and objects of other libraries. */
class SpringDecoderTest {
    private final DecoderTable spring = new DecoderTable("spring");

    @Test
    void actuatorsAuditEventsAreLogins() {
        String head =
                "{\"@timestamp\":\"2026-04-01T01:00:00Z\",\"@version\":\"1\",\"level\":\"DEBUG\",\"logger_name\":\"AuditListener\",\"message\":\"AuditEvent [timestamp=t, principal=";
        spring.line(
                head
                        + "kanri, type=AUTHENTICATION_SUCCESS, data={details=WebAuthenticationDetails [RemoteIpAddress=2001:db8::7, SessionId=x]}]\"}",
                "event.action=authentication_success",
                "event.category=authentication",
                "event.type=info",
                "event.outcome=success",
                "user.name=kanri",
                "source.ip=2001:db8::7",
                "event.reason");
        spring.line(
                head + "anonymousUser, type=AUTHORIZATION_FAILURE, data={type=x, message=Access Denied}]\"}",
                "event.action=authorization_failure",
                "event.outcome=failure",
                "event.reason=Access Denied");
    }

    @Test
    void otherObjectsAreRefused() {
        spring.rejected("{\"a\":1}", "none of the JSON forms", "logging.structured.format");
        spring.rejected("{\"@timestamp\":\"noon\",\"level\":\"INFO\"}", "its time is none");
        spring.rejected("{\"ecs\":{\"version\":\"8.11\"}}", "no @timestamp");
        spring.rejected("plain text", "not a JSON object");
    }
}
