package jp.hinomi.alerting.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.Visitor;
import jp.hinomi.alerting.audit.AuditLog;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever looks at evidence is written down. */
class SeenEvidenceTest extends VisitorsOfEveryRole {
    /** One row for an opening, none for coming back, and none of them in the history on the page itself. */
    @Test
    void whoLooksAtEvidenceIsWrittenDown() throws Exception {
        hinomi.publish(SampleAlert.of("looked-at").target("api").group("source.ip", "198.51.100.88"));
        hinomi.awaitAlert("looked-at", 1);
        Visitor visitor = login("加藤", AccountRole.ANALYST, "");
        for (int i = 0; i < 3; i++) {
            assertThat(visitor.get("/alerts/looked-at").statusCode()).isEqualTo(200);
        }
        visitor.get("/alerts/looked-at.json");
        visitor.get("/alerts/looked-at/value?field=source.ip");
        visitor.get("/alerts/looked-at/value.txt?field=source.ip");
        visitor.get("/alerts/nothing-of-that-name");
        visitor.get("/alerts/looked-at/value?field=none");
        visitor.get("/api/v1/alerts/looked-at");
        String looks = "select string_agg(detail::jsonb ->> 'as', ' ' order by seq) from audit_log"
                + " where action = 'evidence.seen' and actor = 'account:加藤' and object like 'alert:%'";
        assertThat(hinomi.query(looks)).isEqualTo("page file value file api");
        // Of incidents the timeline, of what could not be read the lines themselves.
        String incident = hinomi.post("/api/v1/incidents", "{\"alert\":\"looked-at\"}")
                .get("number")
                .asText();
        for (String path : List.of(
                "/incidents/" + incident,
                "/incidents/" + incident + "/timeline",
                "/incidents/" + incident + "/timeline?skip=100",
                "/api/v1/incidents/" + incident,
                "/operations/rejects",
                "/operations/rejects?source=fw-1",
                "/operations/rejects?skip=100",
                "/poison",
                "/api/v1/poison")) {
            assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(hinomi.query("select string_agg(object || ' ' || (detail::jsonb ->> 'as'), ', ' order by seq)"
                        + " from audit_log where action = 'evidence.seen' and actor = 'account:加藤'"
                        + " and object not like 'alert:%'"))
                .isEqualTo(("incident:N page, incident:N timeline, incident:N api, rejects page, rejects:fw-1 page,"
                                + " poison page, poison api")
                        .replace("N", incident));
        // Of another version of Hinomi, or of this one before somebody found words for it.
        hinomi.part(TransactionTemplate.class)
                .executeWithoutResult(status -> hinomi.part(AuditLog.class)
                        .record(NOW.get(), "system", "alert.unheard-of", "alert:looked-at", Map.of()));
        assertThat(visitor.get("/alerts/looked-at").body()).contains("alert.unheard-of");

        pass(Duration.ofMinutes(11));
        assertThat(visitor.get("/alerts/looked-at").body()).doesNotContain("evidence.seen");
        assertThat(hinomi.query(looks)).isEqualTo("page file value file api page");
    }
}
