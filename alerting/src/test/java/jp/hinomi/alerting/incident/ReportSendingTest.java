package jp.hinomi.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.delivery.Outbox;
import jp.hinomi.alerting.own.OwnReports;
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.testing.ReceivedMail;
import org.junit.jupiter.api.Test;

/** A finished report goes to whom it is for when a person says so, and to nobody who may not see it. */
class ReportSendingTest extends IncidentDesk {
    /** A finished report goes to whom it is for when a person says so, and to nobody who may not see it. */
    @Test
    void aFinishedReportIsSentWhenAPersonSaysSo() throws Exception {
        SampleAlert alert = SampleAlert.of("send-1")
                .at(newWeek())
                .rule("sending", "届ける検知", "A detection to tell of")
                .seen("198.51.100.73", "sending-01")
                .target("gate");
        arrive(alert);
        String one = open("send-1");
        JsonNode draft = send("POST", one + "/reports", "{\"form\":\"cyber-incident\",\"recipient\":\"ken\"}", 200);
        String report = "/api/v1/reports/" + draft.get("id").asLong();
        String desk = "{\"to\":[{\"contact\":\"ken-desk\",\"channel\":\"email\",\"address\":\"%s\"}],\"again\":%s}";
        String toDesk = desk.formatted("desk@ken.example.jp", false);
        assertThat(send("POST", report + "/send", toDesk, 409).get("refused").asText())
                .isEqualTo("report-unfinished");
        JsonNode submitted = send("POST", report + "/submit", "{\"revision\":1}", 200);
        assertThat(mailsAbout(one)).isZero();

        // What would go where, and why not.
        JsonNode ways = hinomi.get(report + "/sendings").get("ways");
        assertThat(ways.findValuesAsText("address")).containsExactly("desk@ken.example.jp", "list@ken.example.jp");
        assertThat(ways.at("/0/refused").isNull()).isTrue();
        assertThat(ways.at("/1/refused").asText()).contains("list@ken.example.jp", "TLP:AMBER", "TLP:GREEN");
        assertThat(send("POST", report + "/send", desk.formatted("list@ken.example.jp", false), 409)
                        .get("detail")
                        .asText())
                .contains("ken-desk would be shown", "TLP:AMBER", "TLP:GREEN");
        send("POST", report + "/send", "{\"to\":[]}", 409);
        assertThat(send("POST", report + "/send", desk.formatted("nobody@ken.example.jp", false), 409)
                        .get("detail")
                        .asText())
                .contains("desk@ken.example.jp");
        assertThat(hinomi.query("select count(*) from report_sending where report_id = "
                        + draft.get("id").asLong()))
                .isEqualTo("0");

        JsonNode asked = send("POST", report + "/send", toDesk, 200);
        assertThat(asked.at("/0/sha256").asText())
                .isEqualTo(submitted.get("sha256").asText());
        ReceivedMail mail = hinomi.mail()
                .await(
                        TestAlerting.SOON,
                        each -> each.recipient().equals("desk@ken.example.jp")
                                && each.subject().contains(number(one)));
        assertThat(mail.subject()).contains(number(one), "報告書");
        assertThat(mail.text())
                .contains("ken社 御中", submitted.get("sha256").asText(), "TLP:AMBER")
                .doesNotContain("/own/");
        assertThat(mail.html()).contains("添付").contains(submitted.get("sha256").asText());
        if (System.getProperty("hinomi.images") != null) {
            Files.writeString(Path.of(System.getProperty("hinomi.images"), "mail-report.html"), mail.html());
        }
        Map<String, byte[]> files = attachments(mail);
        String name = number(one) + "-cyber-incident-1.";
        assertThat(files).containsOnlyKeys(name + "pdf", name + "csv");
        assertThat(pages(files.get(name + "pdf"))).contains("届ける検知");
        assertThat(new String(files.get(name + "csv"), StandardCharsets.UTF_8))
                .contains("届ける検知", submitted.get("sha256").asText());
        for (JsonNode file : asked.at("/0/files")) {
            assertThat(ReportDocument.sha256(files.get(file.get("name").asText())))
                    .isEqualTo(file.get("sha256").asText());
        }
        TestAlerting.await(() ->
                hinomi.get(report + "/sendings").at("/sent/0/state").asText().equals("sent"));
        assertThat(hinomi.get(one).get("timeline").findValuesAsText("ja").toString())
                .contains("ken社 (ken-desk) に報告書", submitted.get("sha256").asText());
        assertThat(console("/incidents/" + number(one)))
                .contains("ken-desk", submitted.get("sha256").asText().substring(0, 12));
        assertThat(hinomi.query("select count(*) from audit_log where action = 'report.sent' and detail like '%"
                        + submitted.get("sha256").asText() + "%' and actor = 'account:api-token'"))
                .isEqualTo("1");

        // Twice only if that is meant.
        assertThat(send("POST", report + "/send", toDesk, 409).get("refused").asText())
                .isEqualTo("report-arrived");
        hinomi.mail().refuse(recipient -> recipient.equals("desk@ken.example.jp"));
        try {
            send("POST", report + "/send", desk.formatted("desk@ken.example.jp", true), 200);
            TestAlerting.await(() -> hinomi.get(report + "/sendings")
                    .at("/sent/1/state")
                    .asText()
                    .equals("dead"));
        } finally {
            hinomi.mail().refuse(recipient -> false);
        }
        assertThat(hinomi.get(one).get("timeline").findValuesAsText("ja").toString())
                .contains("送信できず");

        assertThat(mailsAbout(one)).isEqualTo(1);
        // A dead letter gets another life, and the same files.
        long dead = hinomi.get(report + "/sendings").at("/sent/1/delivery").asLong();
        assertThat(hinomi.part(Outbox.class).revive(dead, CLOCK.get(), Duration.ofMinutes(5)))
                .isTrue();
        TestAlerting.await(() -> mailsAbout(one) == 2);
        ReceivedMail late = hinomi.mail().receivedBy("desk@ken.example.jp").stream()
                .filter(each -> each.subject().contains(number(one)))
                .reduce((first, last) -> last)
                .orElseThrow();
        assertThat(ReportDocument.sha256(attachments(late).get(name + "pdf")))
                .isEqualTo(hinomi.query("select sha256 from delivery_file where place = 0 and delivery_id = " + dead));

        // Over other channels only where somebody can log in, and then no word of what it says.
        hinomi.part(Accounts.class)
                .create(
                        new Member("ken-desk", AccountRole.STAKEHOLDER, Optional.of("ken")),
                        false,
                        "account:admin",
                        CLOCK.get());
        assertThat(hinomi.get(report + "/sendings").get("ways").findValuesAsText("channel"))
                .containsExactly("email", "email", "webhook");
        send("POST", report + "/send", "{\"to\":[{\"contact\":\"ken-desk\",\"channel\":\"webhook\"}]}", 200);
        assertThat(hinomi.query("select d.message from delivery d join report_sending s on s.delivery_id = d.id"
                        + " where d.channel_type = 'webhook'"))
                .contains("report.sent", "/own/reports/" + draft.get("id").asLong() + ".html")
                .doesNotContain("届ける検知");
        assertThat(hinomi.query("select count(*) from delivery_file f join delivery d on d.id = f.delivery_id"
                        + " where d.channel_type = 'webhook'"))
                .isEqualTo("0");

        // What became more restricted since does not go, and is not on their own pages either.
        assertThat(ownReport(draft.get("id").asLong())).contains("届ける検知");
        arrive(alert.revision(2).tlp(Tlp.RED));
        JsonNode refused = send("POST", report + "/send", desk.formatted("desk@ken.example.jp", true), 409);
        assertThat(refused.get("refused").asText()).isEqualTo("report-withheld");
        assertThatThrownBy(() -> ownReport(draft.get("id").asLong()))
                .hasMessageContaining("403")
                .hasMessageContaining("more restricted")
                .hasMessageNotContaining("send-1");
        assertThat(refused.get("detail").asText()).contains("send-1 TLP:RED", "TLP:AMBER");
        assertThat(console("/reports/" + draft.get("id").asLong())).contains("send-1 TLP:RED");
    }

    /** A room and a telephone get where the report is and no word of what it says, and only if somebody can log in there. */
    @Test
    void aRoomAndATelephoneAreSentALinkToTheirOwnPages() {
        SampleAlert alert = SampleAlert.of("link-1")
                .at(newWeek())
                .rule("linking", "知らせる検知", "A detection to link to")
                .seen("198.51.100.74", "linking-01")
                .target("gate");
        arrive(alert);
        String one = open("link-1");
        long id = send("POST", one + "/reports", "{\"form\":\"cyber-incident\",\"recipient\":\"keisatsu\"}", 200)
                .get("id")
                .asLong();
        String report = "/api/v1/reports/" + id;
        String room = "{\"to\":[{\"contact\":\"keisatsu-room\",\"channel\":\"mattermost\"}]}";
        String both = room.replace("]}", ",{\"contact\":\"keisatsu-room\",\"channel\":\"sms\"}]}");
        send("POST", report + "/submit", "{\"revision\":1}", 200);
        assertThat(send("POST", report + "/send", both, 409).get("refused").asText())
                .isEqualTo("report-no-way");
        hinomi.part(Accounts.class)
                .create(
                        new Member("keisatsu-room", AccountRole.STAKEHOLDER, Optional.of("keisatsu")),
                        false,
                        "account:admin",
                        CLOCK.get());
        assertThat(hinomi.get(report + "/sendings").get("ways").findValuesAsText("channel"))
                .containsExactly("mattermost", "sms");
        send("POST", report + "/send", both, 200);
        TestAlerting.await(() -> !hinomi.get(report + "/sendings")
                .get("sent")
                .findValuesAsText("state")
                .contains("pending"));
        assertThat(hinomi.get(report + "/sendings").get("sent").findValuesAsText("state"))
                .as(() -> hinomi.get(report + "/sendings").toString())
                .containsExactly("sent", "sent");
        String link = "/own/reports/" + id + ".html";
        assertThat(POSTED.get("/room")).singleElement().asString().contains(link, number(one), "報告書");
        assertThat(POSTED.get("/sms")).singleElement().asString().contains(link, "+819000000001", number(one));
        assertThat(POSTED.toString()).doesNotContain("知らせる検知", "198.51.100.74");
        assertThat(hinomi.get(report + "/sendings")
                        .get("sent")
                        .findValues("files")
                        .toString())
                .isEqualTo("[[], []]");
        assertThat(send("POST", report + "/send", room, 409).get("refused").asText())
                .isEqualTo("report-arrived");
        assertThat(POSTED.get("/room")).hasSize(1);
    }

    /** Its part of the incident may be another by now: what it does not answer for any more and never heard of stays with the city. */
    @Test
    void aReportOfWhatDoesNotConcernItsRecipientAnyMoreIsNotSent() {
        SampleAlert alert = SampleAlert.of("unconcerned-1")
                .at(newWeek())
                .rule("elsewhere", "担当の変わる検知", "A detection whose part changes")
                .seen("198.51.100.75", "unconcerned-01")
                .target("gate");
        SampleAlert other = SampleAlert.of("unconcerned-2")
                .rule("elsewhere", "担当の変わる検知", "A detection whose part changes")
                .seen("203.0.113.75", "unconcerned-02")
                .at(CLOCK.get())
                .severity(Severity.LOW)
                .target("cellar");
        arrive(alert);
        String one = open("unconcerned-1");
        arrive(other);
        hinomi.post(one + "/alerts", "{\"alert\":\"unconcerned-2\"}");
        assertThat(hinomi.query(
                        "select count(*) from delivery where alert_id = 'unconcerned-2' and stakeholder_id = 'vendor'"))
                .isEqualTo("0");
        JsonNode draft = send("POST", one + "/reports", "{\"form\":\"stakeholder\",\"recipient\":\"vendor\"}", 200);
        String report = "/api/v1/reports/" + draft.get("id").asLong();
        send("POST", report + "/submit", "{\"revision\":1}", 200);
        assertThat(hinomi.get(report + "/sendings").at("/ways/0/refused").isNull())
                .isTrue();
        // As the parts are reckoned when the map has somebody else for it.
        hinomi.execute(
                "update incident_party set scope = cast('{\"gate\":[\"operator\"]}' as json) where stakeholder_id = 'vendor'"
                        + " and incident_id = (select id from incident where number = '" + number(one) + "')");
        JsonNode refused =
                send("POST", report + "/send", "{\"to\":[{\"contact\":\"noc\",\"channel\":\"email\"}]}", 409);
        assertThat(refused.get("refused").asText()).isEqualTo("report-unconcerned");
        assertThat(refused.get("detail").asText())
                .contains("vendor", "(unconcerned-2)")
                .doesNotContain("unconcerned-1");
        assertThat(hinomi.query("select count(*) from report_sending where report_id = "
                        + draft.get("id").asLong()))
                .isEqualTo("0");
    }

    private static String ownReport(long id) {
        return new String(
                hinomi.part(OwnReports.class)
                        .file("ken", id, "html", Optional.empty(), "account:ken-desk")
                        .orElseThrow()
                        .getBody(),
                StandardCharsets.UTF_8);
    }

    private static long mailsAbout(String incident) {
        return hinomi.mail().receivedBy("desk@ken.example.jp").stream()
                .filter(each -> each.subject().contains(number(incident)))
                .count();
    }

    private static Map<String, byte[]> attachments(ReceivedMail mail) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Multipart parts = (Multipart) mail.message().getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            if (Part.ATTACHMENT.equals(parts.getBodyPart(i).getDisposition())) {
                files.put(
                        parts.getBodyPart(i).getFileName(),
                        parts.getBodyPart(i).getInputStream().readAllBytes());
            }
        }
        return files;
    }
}
