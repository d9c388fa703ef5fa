package jp.hinomi.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.live.LiveUpdates;
import jp.hinomi.alerting.map.MapArchive;
import jp.hinomi.alerting.map.MapDesk;
import jp.hinomi.alerting.map.MapFollower;
import jp.hinomi.alerting.map.MapInForce;
import jp.hinomi.alerting.map.MapRefusal;
import jp.hinomi.alerting.map.MapVersion;
import jp.hinomi.alerting.map.MapVersions;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.alerting.security.ApiTokens;
import jp.hinomi.city.CityDiff;
import jp.hinomi.city.CityFiles;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.testing.TestBrowser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The responsibility map changes while two instances run: drafted by one, approved by another, in force on both. */
class MapVersionsTest {
    private static CityFiles first;
    private static TestAlerting hinomi;
    private static MapInForce another;
    private static LiveUpdates listening;

    @BeforeAll
    static void start() throws Exception {
        first = CityFiles.of(Path.of("..", "examples", "city"));
        hinomi = TestAlerting.start(first.read(Set.of(), warning -> {}), builder -> builder.files(first, Set.of()));
        // What a second instance has of it: it shares nothing with the first but the database.
        MapFollower follower = MapFollower.start(
                versions(),
                new MapArchive(versions()),
                first.read(Set.of(), warning -> {}),
                Optional.empty(),
                Instant.now());
        another = follower.inForce();
        listening = new LiveUpdates(hinomi.database(), follower::look, sessions -> sessions);
        Thread thread = new Thread(listening, "listening");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterAll
    static void stop() {
        listening.stop();
        hinomi.close();
    }

    private static MapVersions versions() {
        return AlertingService.part(hinomi.running(), MapVersions.class);
    }

    private static MapDesk desk() {
        return AlertingService.part(hinomi.running(), MapDesk.class);
    }

    private static String decides() {
        return AlertingService.part(hinomi.running(), MapInForce.class).map().version();
    }

    /** The same with another name of the first stakeholder. */
    private static CityFiles renamed(String name) {
        CityFiles now = desk().base(Optional.empty());
        String text = now.texts().get("stakeholders.yaml").replaceFirst("en: [^,}\\n]*", "en: " + name);
        return now.with(Map.of("stakeholders.yaml", text));
    }

    private static MapVersion drafted(CityFiles files, String reason, String actor) {
        Optional<Long> base = versions().inForce().map(MapVersion::number);
        return versions().draft(files, base, reason, actor, Instant.now());
    }

    private static MapVersion approved(String name) {
        MapVersion draft = drafted(renamed(name), "a new name", "account:aki");
        return desk().approve(draft.number(), draft.hash(), "account:ben", Instant.now());
    }

    @Test
    void aVersionIsDraftedApprovedByAnotherAndInForceEverywhereWithoutARestart() {
        MapVersion before = versions().inForce().orElseThrow();
        Instant then = Instant.now();
        MapVersion draft = drafted(renamed("Harbour"), "renamed", "account:aki");
        assertThat(draft.state()).isEqualTo(MapVersion.State.DRAFT);
        assertThat(decides()).isEqualTo(before.name());

        assertThatThrownBy(() -> desk().approve(draft.number(), draft.hash(), "account:aki", Instant.now()))
                .isInstanceOfSatisfying(
                        MapRefusal.class, refused -> assertThat(refused.why()).isEqualTo(MapRefusal.Why.OWN_DRAFT));
        assertThatThrownBy(() -> desk().approve(draft.number(), before.hash(), "account:ben", Instant.now()))
                .isInstanceOfSatisfying(
                        MapRefusal.class, refused -> assertThat(refused.why()).isEqualTo(MapRefusal.Why.CHANGED));

        MapVersion now = desk().approve(draft.number(), draft.hash(), "account:ben", Instant.now());
        assertThat(now.state()).isEqualTo(MapVersion.State.IN_FORCE);
        assertThat(decides()).isEqualTo(now.name());
        TestAlerting.await(() -> another.map().version().equals(now.name()));

        assertThat(versions().at(then).orElseThrow().number()).isEqualTo(before.number());
        assertThat(versions().get(before.number()).until()).isEqualTo(now.from());
        assertThat(desk().diff(before.number(), now.number()))
                .singleElement()
                .satisfies(change -> assertThat(change.fields())
                        .anySatisfy(field -> assertThat(field.after()).contains("Harbour")));
        assertThat(hinomi.query("select string_agg(action, ' ' order by seq) from audit_log where object = 'map:"
                        + now.number() + "'"))
                .isEqualTo("map.drafted map.approved");
    }

    @Test
    void aDraftOnAVersionThatAnotherFollowedIsRefused() {
        MapVersion stale = drafted(renamed("Stale"), "slow", "account:aki");
        approved("Quick");
        assertThatThrownBy(() -> desk().approve(stale.number(), stale.hash(), "account:ben", Instant.now()))
                .isInstanceOfSatisfying(
                        MapRefusal.class, refused -> assertThat(refused.why()).isEqualTo(MapRefusal.Why.OUTDATED))
                .hasMessageContaining("make the change anew");
        MapVersion withdrawn = versions().withdraw(stale.number(), "account:ben", Instant.now());
        assertThat(withdrawn.state()).isEqualTo(MapVersion.State.WITHDRAWN);
        assertThatThrownBy(() -> versions().withdraw(stale.number(), "account:ben", Instant.now()))
                .isInstanceOf(MapRefusal.class);
    }

    @Test
    void theDatabaseItselfRefusesOneWhoApprovesTheirOwnAndAnyChangeOfHistory() {
        MapVersion draft = drafted(renamed("Alone"), "alone", "account:aki");
        long inForce = versions().inForce().orElseThrow().number();
        Stream.of(
                        "update map_version set approved_by = made_by where id = " + draft.number(),
                        "update map_version set in_force_from = now() where id = " + draft.number(),
                        "update map_version set made_by = 'account:eve' where id = " + draft.number(),
                        "update map_version set approved_by = 'account:eve', in_force_from = now() where id = "
                                + draft.number(),
                        "update map_version set hash = 'x' where id = " + inForce,
                        "update map_version set files = '{}' where id = " + inForce,
                        "delete from map_version where id = " + draft.number())
                .forEach(sql -> assertThatThrownBy(() -> execute(sql)).as(sql).isInstanceOf(SQLException.class));
        versions().withdraw(draft.number(), "account:aki", Instant.now());
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = hinomi.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void mistakesOfADraftAreNamedByFileLineAndRemedy() {
        CityFiles wrong = first.with(Map.of("resources.yaml", "resources:\n  - id: x\n    layr: service\n"));
        assertThatThrownBy(() -> drafted(wrong, "wrong", "account:aki"))
                .isInstanceOfSatisfying(
                        ProblemsException.class,
                        refused -> assertThat(refused.problems()).anySatisfy(problem -> {
                            assertThat(problem.file()).isEqualTo("resources.yaml");
                            assertThat(problem.line()).isEqualTo(3);
                            assertThat(problem.remedy()).contains("layer");
                        }));
        assertThatThrownBy(() -> first.with(Map.of("../evil.yaml", ""))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void filesOfTheFolderFollowFilesButNeverUndoWhatPeopleApproved() {
        approved("Approved");
        MapVersion inForce = versions().inForce().orElseThrow();
        assertThat(versions().take(first, true, Instant.now())).isEqualTo(MapVersions.Taken.OLDER);
        CityFiles edited = first.with(Map.of("severity.yaml", first.texts().get("severity.yaml") + "\n# edited\n"));
        assertThat(versions().take(edited, true, Instant.now())).isEqualTo(MapVersions.Taken.DRAFT);
        assertThat(versions().inForce().orElseThrow()).isEqualTo(inForce);
        CityFiles written = versions().files(inForce.number());
        assertThat(versions().take(written, true, Instant.now())).isEqualTo(MapVersions.Taken.KNOWN);
        CityFiles next = written.with(Map.of("severity.yaml", written.texts().get("severity.yaml") + "\n# next\n"));
        assertThat(versions().take(next, true, Instant.now())).isEqualTo(MapVersions.Taken.IN_FORCE);
        assertThat(desk().notInFolder(inForce.number())).containsExactly("severity.yaml");
        TestAlerting.await(() -> decides().equals(next.hash().substring(0, 12)));
    }

    private static String subjects(String alert) {
        return hinomi.query("select string_agg(distinct message ->> 'subject', ' | ') from delivery where alert_id = '"
                + alert + "' and channel_type = 'email' and language = 'ja'");
    }

    private static void tell(String alert) {
        hinomi.publish(SampleAlert.of(alert).target("city-os-api"));
        hinomi.awaitAlert(alert, 1);
        TestAlerting.await(() -> subjects(alert) != null);
    }

    /** They are files of the map: no restart, no other way past the four eyes, and what was sent keeps its words. */
    @Test
    void theCitysOwnWordsForMessagesAreDraftedApprovedAndInForceWithAVersion() {
        tell("words-before");
        String before = subjects("words-before");
        assertThat(before).contains("火の見");
        Instant then = Instant.now();

        CityFiles now = desk().base(Optional.empty());
        String name = "templates/email.ja.subject.txt";
        assertThatThrownBy(() -> drafted(now.with(Map.of(name, "【{{city}}】\n{{titel}}")), "words", "account:aki"))
                .isInstanceOfSatisfying(
                        ProblemsException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .satisfies(problem -> {
                                    assertThat(problem.file()).isEqualTo(name);
                                    assertThat(problem.line()).isEqualTo(2);
                                    assertThat(problem.remedy()).contains("title");
                                }));
        assertThatThrownBy(() -> drafted(now.with(Map.of("templates/emial.ja.txt", "x")), "words", "account:aki"))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("email.ja.txt");

        MapVersion draft = drafted(now.with(Map.of(name, "【{{city}}】{{title}}")), "words", "account:aki");
        assertThat(desk().diff(draft.basedOn().orElseThrow(), draft.number()))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.kind()).isEqualTo(CityDiff.Kind.TEMPLATE);
                    assertThat(change.fields())
                            .containsExactly(new CityDiff.Field("line 1", "", "【{{city}}】{{title}}"));
                });
        tell("words-drafted");
        assertThat(subjects("words-drafted")).contains("火の見");

        desk().approve(draft.number(), draft.hash(), "account:ben", Instant.now());
        tell("words-after");
        assertThat(subjects("words-after")).startsWith("【").doesNotContain("火の見");
        assertThat(subjects("words-before")).isEqualTo(before);
        assertThat(desk().map(Optional.of(then)).orElseThrow().city().templates())
                .isEmpty();
        assertThat(desk().map(Optional.empty()).orElseThrow().city().templates())
                .containsOnlyKeys("email.ja.subject.txt");
        assertThat(hinomi.query("select count(*) from audit_log where action = 'map.approved' and object = 'map:"
                        + draft.number() + "'"))
                .isEqualTo("1");

        MapVersion without = drafted(desk().base(Optional.empty()).withTemplates(Map.of()), "no words", "account:aki");
        desk().approve(without.number(), without.hash(), "account:ben", Instant.now());
        tell("words-gone");
        assertThat(subjects("words-gone")).contains("火の見");
    }

    /** A city that had templates in its folder before versions had them: they stay in force, and are on record from then on. */
    @Test
    void templatesOfTheTimeBeforeVersionsHadThemStayInForce() throws Exception {
        MapVersion old = approved("Before templates");
        execute("update map_version set says_templates = false where id = " + old.number());
        CityFiles folder = first.withTemplates(Map.of("email.ja.subject.txt", "【旧】{{title}}"));
        try {
            assertThat(versions().take(folder, true, Instant.now())).isEqualTo(MapVersions.Taken.DRAFT);
            MapVersion adopted = versions().inForce().orElseThrow();
            assertThat(adopted.basedOn()).contains(old.number());
            assertThat(adopted.origin()).isEqualTo(MapVersion.Origin.CONSOLE);
            CityFiles files = versions().files(adopted.number());
            assertThat(files.templates()).isEqualTo(folder.templates());
            assertThat(files.withTemplates(Map.of()).hash()).isEqualTo(old.hash());
            // Once: the next start finds nothing new.
            assertThat(versions().take(folder, true, Instant.now())).isEqualTo(MapVersions.Taken.OLDER);
            assertThat(versions().inForce()).contains(adopted);
        } finally {
            MapVersion back =
                    drafted(desk().base(Optional.empty()).withTemplates(Map.of()), "as before", "account:aki");
            desk().approve(back.number(), back.hash(), "account:ben", Instant.now());
        }
    }

    @Test
    void theApiDraftsRoutesAsOfAPastTimeAndKeepsTokensFromApproving() throws Exception {
        Instant before = Instant.now();
        JsonNode draft = hinomi.post(
                "/api/v1/map/versions",
                new ObjectMapper()
                        .writeValueAsString(Map.of(
                                "reason",
                                "over the API",
                                "files",
                                Map.of(
                                        "stakeholders.yaml",
                                        renamed("Overapi").texts().get("stakeholders.yaml")))));
        String path = "/api/v1/map/versions/" + draft.get("number").asLong();
        assertThat(hinomi.get(path + "/diff")).isNotEmpty();
        assertThat(hinomi.get(path + "/check").isArray()).isTrue();
        HttpResponse<String> refused =
                TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url(path + "/approve")))
                        .header("Authorization", "Bearer " + TestAlerting.TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"hash\":\"" + draft.get("hash").asText() + "\"}")));
        assertThat(refused.statusCode()).isEqualTo(403);
        String by = hinomi.get("/api/v1/map/in-force?at=" + before).get("name").asText();
        desk().approve(draft.get("number").asLong(), draft.get("hash").asText(), "account:ben", Instant.now());

        JsonNode then = hinomi.get("/api/v1/map/route?q=city-os-api&as-of=" + before);
        assertThat(then.get("map").asText()).isEqualTo(by);
        JsonNode now = hinomi.get("/api/v1/map/route?q=city-os-api");
        assertThat(now.get("map").asText()).isEqualTo(draft.get("name").asText());
        assertThat(now.get("recipients")).isNotEmpty();
    }

    @Test
    void inTheConsoleAChangeIsTriedDraftedAndApprovedBySomebodyElse() {
        try (TestBrowser browser = TestBrowser.start()) {
            Page page = browser.newPage();
            List<String> complaints = new CopyOnWriteArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    complaints.add(message.text());
                }
            });
            page.navigate(hinomi.url("/map"));
            page.fill("#username", "admin");
            page.fill("#password", hinomi.password());
            page.click("button[type=submit]");
            page.waitForURL(Pattern.compile(".*/map(\\?.*)?"));
            says(page.locator("#resource-city-os-api .duties"), "City OS Vendor");

            page.click(".tabs a >> nth=1");
            says(page.locator(".map-graph svg"), "City OS API gateway");

            page.navigate(hinomi.url("/map/ask"));
            page.fill("textarea[name=q]", "Apr  1 sshd: Failed password for root from 203.0.113.7 to 10.20.5.5:22");
            page.click("button.primary");
            says(page.locator("#told"), "os-vendor-noc");
            says(page.locator(".found"), "10.20.5.5");

            page.navigate(hinomi.url("/map/draft"));
            page.selectOption("select[name=file]", "templates/email.ja.subject.txt");
            page.click("form[method=get] button:has-text('Write it')");
            page.fill("textarea[name=text]", "{{titel}}");
            page.click("button[name=check]");
            says(page.locator("#problems"), "templates/email.ja.subject.txt:1");
            page.fill("textarea[name=text]", "{{city}}: {{title}}");
            page.click("button[name=check]");
            says(page.locator("#changes"), "message text email.ja.subject.txt");

            page.navigate(hinomi.url("/map/draft?file=resources.yaml"));
            String text = page.locator("textarea[name=text]").inputValue();
            page.fill("textarea[name=text]", text.replaceFirst("layer: service", "layr: service"));
            page.click("button[name=check]");
            says(page.locator("#problems"), "resources.yaml:");
            says(page.locator("#problems"), "layer");
            page.fill("textarea[name=text]", text.replaceFirst("criticality: low", "criticality: medium"));
            page.click("button[name=check]");
            says(page.locator("#changes"), "criticality");
            page.fill("input[name=reason]", "it is worse than we thought");
            page.click("button.primary");
            page.waitForURL("**/map/versions/*");
            says(page.locator("main"), "somebody else must approve it");
            assertThat(page.locator("form[action$=approve]").count()).isZero();

            MapVersion others = drafted(renamed("Console"), "another name", "account:aki");
            page.navigate(hinomi.url("/map/versions/" + others.number()));
            says(page.locator("#changes"), "Console");
            page.click("form[action$=approve] button");
            says(page.locator(".alert-head .state"), "in force");
            assertThat(decides()).isEqualTo(others.name());
            page.navigate(hinomi.url("/map/named/" + others.name()));
            page.waitForURL("**/map/versions/" + others.number());
            assertThat(complaints).isEmpty();
        }
    }

    private static HttpResponse<String> own(String token, String method, String path, Object body) throws Exception {
        return TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/api/v1/own" + path)))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(new ObjectMapper().writeValueAsString(body))));
    }

    private static List<String> different(CityFiles before, CityFiles after) {
        return CityDiff.between(before.read(Set.of(), warning -> {}), after.read(Set.of(), warning -> {})).stream()
                .map(change -> change.kind().word() + " " + change.id())
                .toList();
    }

    private static CityFiles inForce() {
        return desk().base(Optional.empty());
    }

    /** What they ask for waits as a draft of theirs; whatever stands in whichever field, it is of nothing but their own part. */
    @Test
    void aStakeholderProposesItsOwnContactsAndDutyAndNothingElse() throws Exception {
        Member suzuki = new Member("suzuki", AccountRole.STAKEHOLDER, Optional.of("os-vendor"));
        AlertingService.part(hinomi.running(), Accounts.class).create(suzuki, false, "test", Instant.now());
        ApiTokens tokens = AlertingService.part(hinomi.running(), ApiTokens.class);
        String token = tokens.create(
                suzuki, "roster", Set.of("own.see", "own.write"), Duration.ofDays(1), "test", Instant.now());
        String reads = tokens.create(suzuki, "screen", Set.of("own.see"), Duration.ofDays(1), "test", Instant.now());
        CityFiles before = inForce();
        Map<String, Object> reach = Map.of(
                "hours",
                "Mon-Fri 08:00-20:00",
                "addresses",
                Map.of("0", "new@os-vendor.example.jp"),
                "reason",
                "moved");
        Map<String, Object> standIn = Map.of(
                "from", "2026-12-01T09:00",
                "to", "2026-12-03T09:00",
                "away", "os-vendor-night-a",
                "on_duty", List.of("os-vendor-night-b"),
                "reason", "研修");
        assertThat(own(reads, "PUT", "/contacts/os-vendor-noc", reach).statusCode())
                .isEqualTo(403);
        assertThat(own(token, "PUT", "/contacts/os-vendor-noc", reach).statusCode())
                .isEqualTo(200);
        HttpResponse<String> both = own(token, "POST", "/duty/os-vendor-duty/stand-ins", standIn);
        assertThat(both.statusCode()).as(both.body()).isEqualTo(200);
        JsonNode proposals = new ObjectMapper().readTree(both.body()).get("items");
        assertThat(proposals).hasSize(1);
        long draft = proposals.get(0).get("number").asLong();
        List<String> asked = List.of("contact os-vendor-noc", "schedule os-vendor-duty");
        assertThat(different(before, versions().files(draft))).isEqualTo(asked);
        assertThat(inForce()).as("nothing counts before it is approved").isEqualTo(before);

        List<String> hostile = List.of(
                "minato-csirt",
                "x@y.example}]}\n  - id: evil\n    role: promoter",
                "a\", max-tlp: RED, x: \"",
                "*anchor",
                "../resources.yaml",
                "\u0000",
                "");
        for (String text : hostile) {
            String encoded = java.net.URLEncoder.encode(text.replace("/", ""), java.nio.charset.StandardCharsets.UTF_8);
            own(token, "PUT", "/contacts/" + (encoded.isEmpty() ? "x" : encoded.replace("+", "%20")), reach);
            for (String field : List.of("hours", "reason", "emails", "addresses")) {
                Map<String, Object> body = new TreeMap<>(reach);
                body.put(
                        field,
                        field.equals("emails") ? List.of(text) : field.equals("addresses") ? Map.of("0", text) : text);
                own(token, "PUT", "/contacts/os-vendor-security", body);
            }
            for (String field : List.of("from", "to", "away", "on_duty", "reason")) {
                Map<String, Object> body = new TreeMap<>(standIn);
                body.put("from", "2027-01-01T09:00");
                body.put("to", "2027-01-02T09:00");
                body.put(field, field.equals("on_duty") ? List.of(text) : text);
                own(token, "POST", "/duty/os-vendor-duty/stand-ins", body);
            }
        }
        assertThat(own(token, "PUT", "/contacts/minato-csirt", reach).statusCode())
                .isEqualTo(403);
        assertThat(different(before, versions().files(draft)))
                .isSubsetOf("contact os-vendor-noc", "contact os-vendor-security", "schedule os-vendor-duty")
                .containsAll(asked);
        assertThat(own(token, "POST", "/proposals/" + (draft + 1000) + "/withdraw", Map.of())
                        .statusCode())
                .isEqualTo(404);

        MapVersion wanted = versions().get(draft);
        assertThat(wanted.madeBy()).isEqualTo("account:suzuki");
        desk().approve(draft, wanted.hash(), "account:ben", Instant.now());
        assertThat(own(token, "GET", "/contacts", "").body()).contains("Mon-Fri 08:00-20:00");
        assertThat(own(token, "GET", "/duty", "").body()).contains("2026-12-01T09:00", "研修");
        assertThat(own(token, "GET", "/proposals", "").body()).contains("\"items\":[]");
        HttpResponse<String> back = own(
                token,
                "POST",
                "/duty/os-vendor-duty/stand-ins/take-back",
                Map.of("from", "2026-12-01T09:00", "away", "os-vendor-night-a", "reason", "中止"));
        assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
        long again =
                new ObjectMapper().readTree(back.body()).at("/items/0/number").asLong();
        assertThat(own(token, "POST", "/proposals/" + again + "/withdraw", Map.of())
                        .statusCode())
                .isEqualTo(200);
        MapVersion others = drafted(renamed("Others"), "others", "account:aki");
        assertThat(own(token, "POST", "/proposals/" + others.number() + "/withdraw", Map.of())
                        .statusCode())
                .as("a draft of somebody else")
                .isEqualTo(404);
        versions().withdraw(others.number(), "account:aki", Instant.now());
    }

    /** Somebody new, somebody who goes, and other turns: drafts of the own part too, said in words that people understand. */
    @Test
    void aStakeholderProposesNewContactsAndTurns() throws Exception {
        Member sato = new Member("sato", AccountRole.STAKEHOLDER, Optional.of("os-vendor"));
        AlertingService.part(hinomi.running(), Accounts.class).create(sato, false, "test", Instant.now());
        ApiTokens tokens = AlertingService.part(hinomi.running(), ApiTokens.class);
        String token = tokens.create(
                sato, "roster", Set.of("own.see", "own.write"), Duration.ofDays(1), "test", Instant.now());
        String reads = tokens.create(sato, "screen", Set.of("own.see"), Duration.ofDays(1), "test", Instant.now());
        CityFiles before = inForce();
        Map<String, Object> joins = Map.of(
                "contact", "os-vendor-night-c",
                "kind", "person",
                "emails", List.of("c@os-vendor.example.jp"),
                "reason", "増員");
        assertThat(own(reads, "POST", "/contacts", joins).statusCode()).isEqualTo(403);
        assertThat(own(token, "POST", "/contacts", joins).statusCode()).isEqualTo(200);
        assertThat(own(token, "POST", "/contacts", joins).body())
                .as("it is in the draft already")
                .contains("\"refused\":\"taken\"");
        JsonNode rotation = new ObjectMapper()
                .readTree(own(token, "GET", "/duty", "").body())
                .at("/items/0/turns/1");
        assertThat(rotation.get("rotation").asText()).isEqualTo("夜間休日");
        List<List<String>> order =
                List.of(List.of("os-vendor-night-b"), List.of("os-vendor-night-c"), List.of("os-vendor-night-a"));
        Map<String, Object> turns = new TreeMap<>(Map.of(
                "rotation", "夜間休日",
                "members", order,
                "shift", "3d",
                "hand_over", "08:30",
                "from", rotation.get("first").asText(),
                "reason", "順番"));
        HttpResponse<String> both = own(token, "PUT", "/duty/os-vendor-duty/turns", turns);
        assertThat(both.statusCode()).as(both.body()).isEqualTo(200);
        JsonNode proposal = new ObjectMapper().readTree(both.body()).at("/items/0");
        long draft = proposal.get("number").asLong();
        assertThat(proposal.get("says"))
                .extracting(each -> each.get("en").asText())
                .containsExactly(
                        "New contact os-vendor-night-c: a person, answers at any hour; e-mail c@os-vendor.example.jp",
                        "City OS vendor on duty, 夜間休日: the turns are os-vendor-night-b → os-vendor-night-c → os-vendor-night-a; 3 days each,"
                                + " hand-over at 08:30, from "
                                + rotation.get("first").asText());
        assertThat(proposal.get("says"))
                .extracting(each -> each.get("ja").asText())
                .anySatisfy(line -> assertThat(line).contains("を追加：個人、対応時間 24時間、メール c@os-vendor.example.jp"));
        // Whoever has no duty any more may go; whoever the map needs may not, and of others nothing changes.
        Map<String, String> why = Map.of("reason", "退職");
        assertThat(own(token, "POST", "/contacts/os-vendor-night-b/removal", why)
                        .statusCode())
                .isEqualTo(409);
        assertThat(own(token, "POST", "/contacts/minato-csirt/removal", why).statusCode())
                .isEqualTo(403);
        List<String> asked = List.of("contact os-vendor-night-c", "schedule os-vendor-duty");
        assertThat(different(before, versions().files(draft))).isEqualTo(asked);
        turns.put("from", "2199-01-01");
        assertThat(own(token, "PUT", "/duty/os-vendor-duty/turns", turns).statusCode())
                .isEqualTo(400);
        turns.put("members", List.of(List.of("minato-csirt")));
        assertThat(own(token, "PUT", "/duty/os-vendor-duty/turns", turns).statusCode())
                .isEqualTo(403);
        for (String text : List.of("x]\n  - id: evil\n    role: promoter", "\u0000", "*a", "")) {
            own(
                    token,
                    "POST",
                    "/contacts",
                    new TreeMap<>(Map.of("contact", text, "emails", List.of(text), "reason", "x")));
            for (String field : List.of("rotation", "members", "shift", "hand_over", "from", "reason")) {
                Map<String, Object> body = new TreeMap<>(turns);
                body.put("members", order);
                body.put("from", rotation.get("first").asText());
                body.put(field, field.equals("members") ? List.of(List.of(text), List.of("os-vendor-noc")) : text);
                assertThat(own(token, "PUT", "/duty/os-vendor-duty/turns", body).statusCode())
                        .as(field + text)
                        .isLessThan(500);
            }
        }
        assertThat(different(before, versions().files(draft))).isEqualTo(asked);
        assertThat(inForce()).as("nothing counts before it is approved").isEqualTo(before);
        desk().approve(draft, versions().get(draft).hash(), "account:ben", Instant.now());
        assertThat(own(token, "GET", "/contacts", "").body()).contains("c@os-vendor.example.jp");
        assertThat(own(token, "POST", "/contacts/os-vendor-night-c/removal", why)
                        .statusCode())
                .isEqualTo(409);
    }

    private static void says(Locator where, String text) {
        PlaywrightAssertions.assertThat(where).containsText(text);
    }
}
