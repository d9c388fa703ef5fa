package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.ack.ShortLinks;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Role;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.testing.ReceivedMail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From the topic to the inbox, on a real broker, database and mail server. */
class AlertFlowTest {
    private static TestAlerting hinomi;

    private static City city() {
        return new SampleCity()
                .stakeholder(
                        "vendor",
                        Role.CITY_OS_VENDOR,
                        "ja",
                        Tlp.AMBER,
                        contact("vendor-noc", mail("noc@vendor.example.jp")))
                .stakeholder(
                        "maker",
                        Role.IOT_VENDOR,
                        "en",
                        Tlp.GREEN,
                        contact("maker-psirt", mail("psirt@maker.example.jp")))
                .stakeholder(
                        "late", Role.DATA_PROVIDER, "ja", Tlp.AMBER, contact("late-desk", mail("desk@late.example.jp")))
                .stakeholder(
                        "hushed",
                        Role.SERVICE_PROVIDER,
                        "en",
                        Tlp.AMBER,
                        new Contact(
                                "hushed-desk",
                                Contact.Kind.DESK,
                                SampleCity.TOKYO,
                                "24x7",
                                List.of(mail("desk@hushed.example.jp")),
                                Optional.of(Tlp.GREEN)))
                .resource("meters")
                .responsible("meters", "hushed")
                .resource("api")
                .resource("sensors")
                .resource("store")
                .responsible("api", "vendor")
                .responsible("sensors", "vendor")
                .responsible("sensors", "maker", Duty.DATA_CONTROLLER, null, null, null, null)
                .responsible("store", "late", Duty.DATA_CONTROLLER, null, null, null, null)
                .responsible("api", "promoter", Duty.OWNER, Severity.CRITICAL, null, null, null)
                .build();
    }

    @BeforeAll
    static void start() {
        hinomi = TestAlerting.start(city());
    }

    @AfterAll
    static void stop() {
        hinomi.close();
    }

    private static ReceivedMail mailAbout(String alert, String recipient) {
        return hinomi.mail()
                .await(
                        SOON,
                        mail -> mail.recipient().equals(recipient)
                                && mail.text().contains(alert));
    }

    private static List<ReceivedMail> mailsAbout(String alert) {
        return hinomi.mail().received().stream()
                .filter(mail -> mail.text().contains(alert))
                .toList();
    }

    @Test
    void theResponsibleStakeholderGetsACompleteMailInItsLanguage() {
        hinomi.publish(SampleAlert.of("flow-ja").target("api").lines("line one", "行 <b>二</b> \u202e"));
        ReceivedMail mail = mailAbout("flow-ja", "noc@vendor.example.jp");

        assertThat(mail.subject()).isEqualTo("[火の見 高] 都市OSへの総当たり攻撃後のログイン成功 — api資産");
        assertThat(mail.to()).isEqualTo("noc@vendor.example.jp");
        assertThat(mail.text())
                .contains("vendor社 御中", "api資産（対象）", "2026年7月1日(水) 10:02:02 JST", "2 件", "source.ip: 203.0.113.7")
                .contains("1. 対象アカウントを停止する", "> line one", "> 行 <b>二</b> [U+202E]")
                .contains("運用者", "根拠：契約 第1条", "TLP:AMBER");
        assertThat(mail.html())
                .contains("都市OSへの総当たり攻撃後のログイン成功", "行 &lt;b&gt;二&lt;/b&gt;")
                .doesNotContain("<b>二", "<img", "src=\"http");
        assertThat(mail.header("Message-ID")).isEqualTo("<alert.flow-ja.vendor-noc@minato.example.jp>");
        assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(mail.header("List-Id")).isEqualTo("<alerts.minato.hinomi>");
        assertThat(mail.header("In-Reply-To")).isEmpty();
        assertThat(mail.link("/a/"))
                .get()
                .asString()
                .startsWith("http://localhost:" + hinomi.running().port() + "/a/");
    }

    @Test
    void whoMayNotSeeTheEvidenceGetsANoticeWithoutIt() {
        hinomi.publish(SampleAlert.of("flow-tlp")
                .target("sensors")
                .target("api")
                .without("fw-edge-01", "ids-1")
                .indicator(Map.of(
                        "id", "i-1", "feed", "cert", "name", "Bot<7>", "field", "source.ip", "value", "203.0.113.7")));
        ReceivedMail full = mailAbout("flow-tlp", "noc@vendor.example.jp");
        ReceivedMail less = mailAbout("flow-tlp", "psirt@maker.example.jp");

        assertThat(full.text()).contains("Accepted password", "203.0.113.7", "maker社");
        for (String part : List.of(full.text(), full.html())) {
            assertThat(part)
                    .contains("ログの一部が届いていませんでした(fw-edge-01、ids-1)")
                    .contains("脅威情報との一致", "203.0.113.7 (source.ip): Bot");
        }
        assertThat(less.subject()).startsWith("[Hinomi high] Successful login after brute force");
        assertThat(less.text()).contains("sensors resource", "1. Disable the account", "Withheld from this notice");
        for (String part : List.of(less.text(), less.html())) {
            assertThat(part)
                    .doesNotContain("password for root", "203.0.113.7", "api resource", "vendor", "ids-1", "Bot");
        }
        assertThat(hinomi.query(
                        "select disclosure from delivery where alert_id = 'flow-tlp' and contact_id = 'maker-psirt'"))
                .isEqualTo("notice-only");
    }

    /** The page behind a link shows no more than the message it came in. */
    @Test
    void theLinkOfANoticeWithoutEvidenceLeadsToAPageWithoutEvidence() {
        hinomi.publish(
                SampleAlert.of("flow-hushed").target("meters").target("api").group("source.ip", "203.0.113.7"));
        ReceivedMail less = mailAbout("flow-hushed", "desk@hushed.example.jp");
        ReceivedMail full = mailAbout("flow-hushed", "noc@vendor.example.jp");
        String page = page(full, "");
        assertThat(page).contains("203.0.113.7", "meters資産", "api資産");
        page(full, "answer=ack&note=NOTE-OF-VENDOR");

        assertThat(less.text()).contains("Withheld from this notice").doesNotContain("203.0.113.7");
        for (String seen : List.of(page(less, ""), page(less, "answer=ack&note=noted"))) {
            assertThat(seen)
                    .contains("meters resource", "Details are withheld", "another organisation")
                    .doesNotContain("203.0.113.7", "api resource", "vendor", "NOTE-OF-VENDOR");
        }
        assertThat(hinomi.query("select string_agg(actor || ' ' || (detail::jsonb -> 'group' ->> 'source.ip'), ',')"
                        + " from audit_log where action = 'evidence.seen' and object = 'alert:flow-hushed'"))
                .isEqualTo("contact:vendor-noc 203.0.113.7");
        assertThat(hinomi.query("select d ->> 'contact' || ' ' || (d ->> 'disclosure') from routing_decision,"
                        + " json_array_elements(decision -> 'recipients') d where alert_id = 'flow-hushed'"
                        + " and d ->> 'contact' = 'hushed-desk'"))
                .isEqualTo("hushed-desk notice-only");
    }

    /** Behind the link of a mail. @param form empty = only looked at */
    private static String page(ReceivedMail mail, String form) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(mail.link("/a/").orElseThrow()));
        if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form));
        }
        return TestAlerting.send(request).body();
    }

    /** A text message has no room for the link of a mail: what it says is a row, and the link is its signature. */
    @Test
    void theShortLinkOfATextMessageAnswersAsTheLongOneDoes() {
        hinomi.publish(SampleAlert.of("flow-short").target("api"));
        mailAbout("flow-short", "noc@vendor.example.jp");
        Notices notices = AlertingService.part(hinomi.running(), Notices.class);
        Instant now = Instant.now();
        String link = notices.acknowledge("flow-short", "vendor-noc", Optional.of(Tlp.GREEN), true, now)
                .toString();
        assertThat(link).matches("http://localhost:\\d+/a/[A-Za-z0-9_-]{22}");
        assertThat(hinomi.query("select count(*) from answer_link where alert_id = 'flow-short' and contact_id ="
                        + " 'vendor-noc' and strpos(encode(hash, 'escape'), '" + link.substring(link.length() - 22)
                        + "') = 0"))
                .isEqualTo("1");
        // Opening it changes nothing, and it shows what may go that way: not the evidence of an alert that is AMBER.
        HttpResponse<String> opened = TestAlerting.send(HttpRequest.newBuilder(URI.create(link)));
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.body())
                .contains("/a/" + link.substring(link.length() - 22))
                .doesNotContain("203.0.113.7");
        assertThat(hinomi.get("/api/v1/alerts/flow-short").get("status").asText())
                .isEqualTo("open");

        // Nobody makes one: not by guessing, not by writing a row for another alert or contact or time.
        String forged = link.substring(0, link.length() - 2) + (link.endsWith("AA") ? "BB" : "AA");
        assertThat(TestAlerting.send(HttpRequest.newBuilder(URI.create(forged))).statusCode())
                .isEqualTo(404);
        for (String change : List.of("contact_id = 'promoter-csirt'", "expires_at = expires_at + interval '1 day'")) {
            String back = change.startsWith("contact")
                    ? "contact_id = 'vendor-noc'"
                    : "expires_at = expires_at - interval '1 day'";
            hinomi.execute("update answer_link set " + change + " where alert_id = 'flow-short'");
            assertThat(TestAlerting.send(HttpRequest.newBuilder(URI.create(link)))
                            .statusCode())
                    .as(change)
                    .isEqualTo(404);
            hinomi.execute("update answer_link set " + back + " where alert_id = 'flow-short'");
        }

        HttpRequest.Builder answer = HttpRequest.newBuilder(URI.create(link))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("answer=ack"));
        assertThat(TestAlerting.send(answer).statusCode()).isEqualTo(200);
        assertThat(hinomi.get("/api/v1/alerts/flow-short").get("status").asText())
                .isEqualTo("acknowledged");

        URI over =
                notices.acknowledge("flow-short", "vendor-noc", Optional.empty(), true, now.minus(Duration.ofDays(10)));
        assertThat(TestAlerting.send(HttpRequest.newBuilder(over)).statusCode()).isEqualTo(410);
        URI old =
                notices.acknowledge("flow-short", "vendor-noc", Optional.empty(), true, now.minus(Duration.ofDays(99)));
        AlertingService.part(hinomi.running(), ShortLinks.class).forget();
        assertThat(TestAlerting.send(HttpRequest.newBuilder(old)).statusCode()).isEqualTo(404);
        assertThat(TestAlerting.send(HttpRequest.newBuilder(over)).statusCode()).isEqualTo(410);
        assertThat(TestAlerting.send(HttpRequest.newBuilder(URI.create(link))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRecordThatComesAgainChangesNothingAndAnOlderRevisionDoesNotWin() {
        SampleAlert second =
                SampleAlert.of("flow-again").target("api").revision(2).count(20);
        hinomi.publish(SampleAlert.of("flow-again").target("api").revision(1));
        hinomi.publish(
                second, SampleAlert.of("flow-again").target("api").revision(1).count(9), second);
        hinomi.publish(SampleAlert.of("flow-again-end").target("api"));
        hinomi.awaitAlert("flow-again-end", 1);
        mailAbout("flow-again-end", "noc@vendor.example.jp");

        assertThat(hinomi.query("select event_count from alert where id = 'flow-again'"))
                .isEqualTo("20");
        assertThat(hinomi.query("select count(*) from routing_decision where alert_id = 'flow-again'"))
                .isEqualTo("1");
        assertThat(mailsAbout("flow-again\n").size()
                        + mailsAbout("· flow-again\r\n").size())
                .isEqualTo(1);
        // Evidence of both revisions is kept.
        assertThat(hinomi.query("select count(*) from alert_evidence where alert_id = 'flow-again'"))
                .isEqualTo("4");
    }

    @Test
    void gettingWorseTellsPeopleAgainInTheSameThreadAndReopensTheAlert() {
        hinomi.publish(SampleAlert.of("flow-worse").target("api"));
        mailAbout("flow-worse", "noc@vendor.example.jp");
        hinomi.post("/api/v1/alerts/flow-worse/ack", "{\"note\":\"見ています\"}");
        hinomi.publish(SampleAlert.of("flow-worse").target("api").revision(2).severity(Severity.CRITICAL));
        ReceivedMail again = hinomi.mail()
                .await(
                        SOON,
                        mail -> mail.text().contains("flow-worse")
                                && mail.recipient().equals("noc@vendor.example.jp")
                                && mail.subject().contains("深刻度上昇"));
        // At that severity the owner is concerned as well.
        mailAbout("flow-worse", "csirt@city.example.jp");

        assertThat(again.header("In-Reply-To")).isEqualTo("<alert.flow-worse.vendor-noc@minato.example.jp>");
        assertThat(again.header("References")).isEqualTo("<alert.flow-worse.vendor-noc@minato.example.jp>");
        assertThat(again.text()).contains("「高」から「重大」に");
        assertThat(hinomi.get("/api/v1/alerts/flow-worse").get("status").asText())
                .isEqualTo("open");
    }

    @Test
    void whatIsTouchedLaterIsTellingThoseWhoAnswerForIt() {
        hinomi.publish(SampleAlert.of("flow-wider").target("api"));
        mailAbout("flow-wider", "noc@vendor.example.jp");
        hinomi.publish(
                SampleAlert.of("flow-wider").target("api").target("store").revision(2));
        mailAbout("flow-wider", "desk@late.example.jp");
        assertThat(mailsAbout("flow-wider")).hasSize(2);
    }

    /** Failed while resources were compared without their part: the provider was never told. */
    @Test
    void whoOnlyLookedOnIsToldOnceItIsHitItself() {
        hinomi.publish(SampleAlert.of("flow-hit").target("api").touches("store", Alert.Part.OBSERVER));
        mailAbout("flow-hit", "noc@vendor.example.jp");
        assertThat(mailsAbout("flow-hit")).hasSize(1);
        hinomi.publish(SampleAlert.of("flow-hit").target("api").target("store").revision(2));
        mailAbout("flow-hit", "desk@late.example.jp");
        assertThat(mailsAbout("flow-hit")).hasSize(2);
    }

    @Test
    void anUnmappedAlertReachesThePromoterAndIsVisibleAsAGap() {
        hinomi.publish(SampleAlert.of("flow-gap"));
        ReceivedMail mail = mailAbout("flow-gap", "csirt@city.example.jp");
        assertThat(mail.text()).contains("どの資産にも該当しません", "推進主体に通知");
        assertThat(hinomi.query("select kind from coverage_gap where alert_id = 'flow-gap'"))
                .isEqualTo("no-resource");
    }

    @Test
    void aRecordThatIsNoAlertIsKeptWithItsReasonAndBlocksNothing() {
        hinomi.publish("poison", "{\"id\":\"flow-broken\",".getBytes(StandardCharsets.UTF_8));
        hinomi.publish("poison", new byte[] {(byte) 0xff, 0, 1});
        hinomi.publish(
                "nul",
                new String(AlertJson.write(SampleAlert.of("flow-nul@").build()), StandardCharsets.UTF_8)
                        .replace("flow-nul@", "flow-nul\\u0000")
                        .getBytes(StandardCharsets.UTF_8));
        hinomi.publish(SampleAlert.of("flow-after-poison").target("api"));
        hinomi.awaitAlert("flow-after-poison", 1);
        assertThat(hinomi.query("select count(*) from poison_record")).isEqualTo("3");
        assertThat(hinomi.query("select reason from poison_record order by record_offset limit 1"))
                .contains("not JSON");
        assertThat(hinomi.query("select length(record_value) from poison_record order by record_offset limit 1"))
                .isEqualTo("20");
        whatCouldNotBeTakenIsSeenTriedAgainAndSettled();
    }

    private static void whatCouldNotBeTakenIsSeenTriedAgainAndSettled() {
        JsonNode page = hinomi.get("/api/v1/poison");
        assertThat(page.get("count").asInt()).isEqualTo(3);
        assertThat(page.get("items").findValuesAsText("beginning")).anyMatch(text -> text.contains("flow-broken"));
        JsonNode broken = page.get("items").get(2);
        String place = "/api/v1/poison/" + broken.get("topic").asText() + "/"
                + broken.get("partition").asText() + "/" + broken.get("offset").asText();
        assertThat(hinomi.post(place + "/retry", "").get("outcome").asText()).isEqualTo("unusable");
        assertThat(health()).contains("DEGRADED");

        // As if an update could read it now.
        hinomi.execute("update poison_record set record_value = convert_to('"
                + new String(
                        AlertJson.write(
                                SampleAlert.of("flow-mended").target("api").build()),
                        StandardCharsets.UTF_8)
                + "', 'UTF8') where record_offset = " + broken.get("offset").asText());
        assertThat(hinomi.post(place + "/retry", "").get("outcome").asText()).isEqualTo("taken");
        mailAbout("flow-mended", "noc@vendor.example.jp");
        for (JsonNode item : hinomi.get("/api/v1/poison").get("items")) {
            hinomi.post(
                    "/api/v1/poison/" + item.get("topic").asText() + "/"
                            + item.get("partition").asText() + "/"
                            + item.get("offset").asText() + "/dismiss",
                    "");
        }
        assertThat(hinomi.get("/api/v1/poison").get("count").asInt()).isZero();
        assertThat(hinomi.query("select count(*) from poison_record")).isEqualTo("2");
        assertThat(health()).doesNotContain("DEGRADED");
        assertThat(hinomi.query(
                        "select count(*) from audit_log where action in ('record.retried', 'record.dismissed')"))
                .isEqualTo("3");
    }

    private static String health() {
        return TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/actuator/health")))
                        .header("Authorization", "Bearer " + TestAlerting.TOKEN))
                .body();
    }

    @Test
    void evidenceWithWhatDatabasesDislikeIsKept() {
        hinomi.publish(SampleAlert.of("flow-nasty")
                .target("api")
                .lines("nul \0 here", "esc \u001b[2J")
                .group("user.name", "a\0b"));
        hinomi.awaitAlert("flow-nasty", 1);
        JsonNode alert = hinomi.get("/api/v1/alerts/flow-nasty").get("alert");
        assertThat(alert.get("evidence").get(0).get("event.original").asText()).isEqualTo("nul \0 here");
        mailAbout("flow-nasty", "noc@vendor.example.jp");
    }

    @Test
    void everyDecisionIsStoredWithItsReasonsInBothLanguages() {
        hinomi.publish(SampleAlert.of("flow-why").target("api"));
        hinomi.awaitAlert("flow-why", 1);
        JsonNode decision =
                hinomi.get("/api/v1/alerts/flow-why").get("routing").get(0).get("decision");
        JsonNode considered = decision.get("resources").get(0).get("considered");
        assertThat(considered.get(0).get("verdict").asText()).isEqualTo("applies");
        assertThat(considered.get(0).get("basis").asText()).isEqualTo("契約 第1条");
        assertThat(considered.get(1).get("verdict").asText()).isEqualTo("below-severity");
        assertThat(considered.get(1).get("text").get("en").asText()).contains("only from severity critical");
        assertThat(decision.get("recipients")
                        .get(0)
                        .get("reasons")
                        .get(0)
                        .get("ja")
                        .asText())
                .contains("運用者");
    }

    @Test
    void aFloodOfOneRuleBecomesFiveNoticesAndADigest() {
        for (int i = 0; i < 8; i++) {
            hinomi.publish(SampleAlert.of("flood-" + i).target("store").rule("port_scan", "ポート走査", "Port scan"));
        }
        hinomi.awaitAlert("flood-7", 1);
        TestAlerting.await(() -> hinomi.mail().receivedBy("desk@late.example.jp").stream()
                        .filter(mail -> mail.text().contains("flood-"))
                        .count()
                == 5);
        assertThat(hinomi.query("select count(*) from delivery where state = 'held' and rule_id = 'port_scan'"))
                .isEqualTo("3");
        assertThat(hinomi.query("select count(*) from delivery where kind = 'digest'"))
                .isEqualTo("1");

        hinomi.execute("update delivery set next_attempt_at = now() where kind = 'digest'");
        ReceivedMail digest = hinomi.mail().await(SOON, mail -> mail.subject().contains("まとめ"));
        assertThat(digest.subject()).isEqualTo("[火の見 まとめ] 3 件：ポート走査");
        assertThat(digest.text()).contains("flood-5", "flood-6", "flood-7").doesNotContain("flood-4");
        // Each can be answered from the digest, as from the notice that it stands for.
        URI link = URI.create(digest.link("/a/").orElseThrow());
        assertThat(digest.html()).contains(link.toString());
        TestAlerting.send(HttpRequest.newBuilder(link).POST(HttpRequest.BodyPublishers.ofString("")));
        assertThat(hinomi.query("select count(*) from alert where rule_id = 'port_scan' and status = 'acknowledged'"))
                .isEqualTo("1");
        TestAlerting.await(() -> hinomi.query("select count(*) from delivery where state = 'digested'")
                .equals("3"));
    }

    /**
     * What is being held back while a digest is written is not left behind: failed while the digest did not lock the inbox,
     * and the notice stayed held for ever.
     */
    @Test
    void aNoticeThatIsHeldWhileItsDigestIsWrittenIsInIt() throws SQLException {
        for (int i = 0; i < 6; i++) {
            hinomi.publish(SampleAlert.of("race-" + i).target("store").rule("race", "競合", "Race"));
        }
        hinomi.awaitAlert("race-5", 1);
        String digest = hinomi.query("select id from delivery where kind = 'digest' and rule_id = 'race'");
        try (Connection intake = hinomi.connect()) {
            intake.setAutoCommit(false);
            try (Statement statement = intake.createStatement()) {
                statement.execute("select pg_advisory_xact_lock(hashtextextended(contact_id || '|' || address || '|'"
                        + " || rule_id, 2)) from delivery where id = " + digest);
                statement.execute("insert into delivery (idempotency_key, kind, cause, alert_id, rule_id,"
                        + " stakeholder_id, contact_id, channel_type, address, language, zone, tlp_applied, disclosure,"
                        + " reasons, message, state, next_attempt_at, deadline, created_at, inbox, held_kind)"
                        + " select 'late', kind, cause, 'race-0', rule_id, stakeholder_id, contact_id, channel_type,"
                        + " address, language, zone, tlp_applied, disclosure, reasons, message, state,"
                        + " next_attempt_at, deadline, created_at, inbox, held_kind from delivery"
                        + " where alert_id = 'race-5' and state = 'held'");
            }
            hinomi.execute("update delivery set next_attempt_at = now() where id = " + digest);
            TestAlerting.await(() -> hinomi.query("select state from delivery where id = " + digest)
                            .equals("sent")
                    || !hinomi.query(
                                    "select 1 from pg_locks where locktype = 'advisory' and not granted"
                                            + " and database = (select oid from pg_database where datname = current_database())")
                            .isEmpty());
            intake.commit();
        }
        TestAlerting.await(() ->
                hinomi.query("select state from delivery where id = " + digest).equals("sent"));
        assertThat(hinomi.query(
                        "select string_agg(alert_id, ' ' order by alert_id) from delivery where digest_id = " + digest))
                .isEqualTo("race-0 race-5");
        assertThat(hinomi.query("select count(*) from delivery where state = 'held' and rule_id = 'race'"))
                .isEqualTo("0");
    }

    /** Failed while a digest that had nothing to say counted as open for ever: no later one was made. */
    @Test
    void aDigestThatFoundNothingDoesNotStandInTheWayOfTheNext() {
        for (int i = 0; i < 6; i++) {
            hinomi.publish(SampleAlert.of("empty-" + i).target("store").rule("empty", "空", "Empty"));
        }
        hinomi.awaitAlert("empty-5", 1);
        hinomi.execute("update delivery set state = 'dead' where state = 'held' and rule_id = 'empty'");
        hinomi.execute("update delivery set next_attempt_at = now() where kind = 'digest' and rule_id = 'empty'");
        TestAlerting.await(() -> hinomi.query("select state from delivery where kind = 'digest' and rule_id = 'empty'")
                .equals("sent"));
        hinomi.publish(SampleAlert.of("empty-6").target("store").rule("empty", "空", "Empty"));
        hinomi.awaitAlert("empty-6", 1);
        assertThat(
                        hinomi.query(
                                "select count(*) from delivery where kind = 'digest' and rule_id = 'empty' and state = 'pending'"))
                .isEqualTo("1");
    }

    @Test
    void theAuditLogFollowsEveryStepAndVerifies() {
        hinomi.publish(SampleAlert.of("flow-audit").target("api"));
        mailAbout("flow-audit", "noc@vendor.example.jp");
        assertThat(hinomi.query(
                        "select string_agg(action, ' ' order by seq) from audit_log where object = 'alert:flow-audit'"))
                .isEqualTo("alert.received alert.routed");
        TestAlerting.await(
                () -> hinomi.query("select action from audit_log where object = 'delivery:' || (select id from"
                                + " delivery where alert_id = 'flow-audit')")
                        .equals("delivery.sent"));
    }
}
