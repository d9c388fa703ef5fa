package jp.hinomi.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.hinomi.alerting.live.LiveUpdates;
import jp.hinomi.alerting.map.MapArchive;
import jp.hinomi.alerting.map.MapDesk;
import jp.hinomi.alerting.map.MapFollower;
import jp.hinomi.alerting.map.MapInForce;
import jp.hinomi.alerting.map.MapRefusal;
import jp.hinomi.alerting.map.MapVersion;
import jp.hinomi.alerting.map.MapVersions;
import jp.hinomi.city.CityFiles;
import jp.hinomi.events.document.ProblemsException;
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
        listening = new LiveUpdates(hinomi.database(), follower::look);
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
        CityFiles now = desk().changed(Map.of(), Map.of());
        String text = now.texts().get("stakeholders.yaml").replaceFirst("en: [^,}\\n]*", "en: " + name);
        return now.with(Map.of("stakeholders.yaml", text));
    }

    private static MapVersion approved(String name) {
        MapVersion draft = versions().draft(renamed(name), "a new name", "account:aki", Instant.now());
        return desk().approve(draft.number(), draft.hash(), "account:ben", Instant.now());
    }

    @Test
    void aVersionIsDraftedApprovedByAnotherAndInForceEverywhereWithoutARestart() {
        MapVersion before = versions().inForce().orElseThrow();
        Instant then = Instant.now();
        MapVersion draft = versions().draft(renamed("Harbour"), "renamed", "account:aki", Instant.now());
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
        MapVersion stale = versions().draft(renamed("Stale"), "slow", "account:aki", Instant.now());
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
        MapVersion draft = versions().draft(renamed("Alone"), "alone", "account:aki", Instant.now());
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
        assertThatThrownBy(() -> versions().draft(wrong, "wrong", "account:aki", Instant.now()))
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
}
