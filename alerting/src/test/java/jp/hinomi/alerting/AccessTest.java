package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.access.Demand;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.alerting.security.PermissionGate;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Role;
import jp.hinomi.city.Selector;
import jp.hinomi.events.Tlp;
import jp.hinomi.testing.ReceivedMail;
import jp.hinomi.testing.TestBrowser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/** Who may see and do what, asked of everything that answers requests. */
class AccessTest {
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2026-07-01T00:00:00Z"));
    private static final Pattern ONCE = Pattern.compile("<code class=\"once\"[^>]*>([^<]+)</code>");
    private static final Pattern RECOVERY = Pattern.compile("<li><code>([a-z0-9-]{14})</code></li>");
    private static TestAlerting hinomi;
    private static final Map<AccountRole, Visitor> VISITORS = new EnumMap<>(AccountRole.class);
    private static int addresses;
    private static final HttpClient ONE_CLIENT = HttpClient.newHttpClient();
    private static TestProvider provider;
    private static String whileTheProviderWasDown;

    @BeforeAll
    static void start() throws Exception {
        provider = TestProvider.start(NOW::get);
        provider.down(true);
        hinomi = TestAlerting.start(
                new SampleCity()
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
                                Tlp.AMBER,
                                contact("maker-desk", mail("desk@maker.example")))
                        .resource("api")
                        .resource("sensors")
                        .responsible("api", "vendor")
                        .responsible("sensors", "maker")
                        .stakeholder(
                                "soc",
                                Role.SECURITY_SERVICE,
                                "en",
                                Tlp.AMBER,
                                contact("soc-desk", mail("soc@soc.example")))
                        .resource("gate", new Selector(Selector.Kind.CIDR, "10.1.0.0/16"))
                        .resource("plant", new Selector(Selector.Kind.CIDR, "10.2.0.0/16"))
                        .escalation("gate-steps", Duration.ofMinutes(1), "vendor-noc", "soc-desk")
                        .responsible("gate", "vendor", Duty.OPERATOR, null, "gate-steps", null, null)
                        .responsible("plant", "maker")
                        .build(),
                builder -> builder.clock(NOW::get).oidc(oidc()).rates(new RateSettings(600, 60)));
        provider.knows(URI.create(hinomi.url("/")));
        whileTheProviderWasDown = visitor().singleSignOn("nobody");
        for (AccountRole role : AccountRole.values()) {
            VISITORS.put(role, login(role.word() + "-of-test", role, "vendor"));
        }
        provider.down(false);
        pass(Duration.ofSeconds(6));
    }

    private static OidcSettings oidc() {
        return new OidcSettings(
                provider.issuer(),
                TestProvider.CLIENT,
                Optional.of(TestProvider.SECRET),
                Optional.of("Minato City ID"),
                OidcSettings.SCOPES,
                OidcSettings.NAME_CLAIM,
                OidcSettings.ROLES_CLAIM,
                OidcSettings.grants(
                        "heads=csirt-lead; soc=analyst; cn=Vendor,ou=parties=stakeholder:vendor; ghosts=stakeholder:nobody"),
                List.of(),
                Set.of("mfa"));
    }

    @AfterAll
    static void stop() {
        hinomi.close();
        provider.close();
    }

    private static String password(String name, AccountRole role, String stakeholder) {
        return AlertingService.part(hinomi.running(), Accounts.class)
                .create(
                        new Member(
                                name,
                                role,
                                role == AccountRole.STAKEHOLDER ? Optional.of(stakeholder) : Optional.empty()),
                        false,
                        "test",
                        NOW.get())
                .orElseThrow();
    }

    private static Visitor login(String name, AccountRole role, String stakeholder) throws Exception {
        Visitor visitor = visitor();
        visitor.login(name, password(name, role, stakeholder));
        return visitor;
    }

    private static Visitor visitor() {
        addresses++;
        return new Visitor(hinomi, "203.0.113." + addresses);
    }

    private static Map<RequestMappingInfo, HandlerMethod> mappings() {
        return AlertingService.part(
                        hinomi.running(), "requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods();
    }

    @Test
    void everythingThatAnswersRequestsNamesThePermissionThatItNeeds() {
        List<String> unsaid = new ArrayList<>();
        mappings().forEach((mapping, method) -> {
            if (PermissionGate.of(method) instanceof Demand.Unsaid forgotten) {
                unsaid.add(mapping + ": " + forgotten.remedy());
            }
        });
        assertThat(unsaid).isEmpty();
    }

    /** A class's permission to see is not meant for its methods that change something: they name their own. */
    @Test
    void nothingIsChangedByWhoMayOnlySee() {
        List<String> changing = new ArrayList<>();
        mappings().forEach((mapping, method) -> {
            Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
            if (PermissionGate.of(method) instanceof Demand.Of of
                    && of.permission().isReading()
                    // Whoever reads the audit log may verify it.
                    && of.permission() != Permission.SEE_AUDIT
                    && !Set.of(RequestMethod.GET).equals(methods)) {
                changing.add(mapping + " is no GET but needs only " + of.permission()
                        + ": write @Needs with the permission to change that above the method "
                        + method.getMethod().getName());
            }
        });
        assertThat(changing).isEmpty();
    }

    /** What no login is needed for is a short list: whoever makes it longer thinks twice. */
    @Test
    void fewPagesAreOpenToAll() {
        Set<String> open = new TreeSet<>();
        mappings().forEach((mapping, method) -> {
            if (PermissionGate.of(method) instanceof Demand.Nothing) {
                open.addAll(mapping.getPatternValues());
            }
        });
        assertThat(open)
                .containsExactly(
                        "/a/{token}",
                        "/api/v1/openapi.json",
                        "/error",
                        "/login",
                        "/login/ended",
                        "/login/leaving",
                        "/preferences");
    }

    /**
     * Every address, asked for by every role that the table of permissions keeps out, and read by the first that it lets in: the
     * gate asks all in the same way.
     */
    @Test
    void everyRoleIsLetInWhereTheTableSaysAndNowhereElse() throws Exception {
        Map<AccountRole, String> tokens = new EnumMap<>(AccountRole.class);
        for (AccountRole role : AccountRole.values()) {
            tokens.put(role, VISITORS.get(role).token("/account"));
        }
        Map<String, String> wrong = new TreeMap<>();
        for (Map.Entry<RequestMappingInfo, HandlerMethod> mapping : mappings().entrySet()) {
            if (!(PermissionGate.of(mapping.getValue()) instanceof Demand.Of of)) {
                continue;
            }
            RequestMethod method = mapping.getKey().getMethodsCondition().getMethods().stream()
                    .findFirst()
                    .orElse(RequestMethod.GET);
            boolean reads = method == RequestMethod.GET;
            for (String pattern : mapping.getKey().getPatternValues()) {
                // What does not end is not read: see LiveTest.
                boolean read = !reads || pattern.endsWith("/stream");
                for (AccountRole role : AccountRole.values()) {
                    boolean may = role.may(of.permission());
                    if (may && read) {
                        continue; // would be done; what it does is tested where it belongs
                    }
                    read |= may;
                    String path = sample(pattern);
                    int status = reads
                            ? VISITORS.get(role).get(path).statusCode()
                            : VISITORS.get(role)
                                    .send(method.name(), tokens.get(role), path, Map.of())
                                    .statusCode();
                    if ((status == 403) == may || (status >= 500 && status != 503)) {
                        wrong.put(
                                role.word() + " " + method + " " + path,
                                of.permission().word() + ": " + status);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"(/[^\"#]*)");
    private static final Pattern FORM = Pattern.compile("<form [^>]*>");
    private static final Pattern ACTION = Pattern.compile("action=\"(/[^\"#?]*)");

    /** From page to page as every role that may not do everything there, one page for each address pattern: what is offered is let in. */
    @Test
    void noPageOffersWhatItRefuses() throws Exception {
        hinomi.publish(SampleAlert.of("offered").target("api").group("source.ip", "198.51.100.99"));
        hinomi.awaitAlert("offered", 1);
        hinomi.post("/api/v1/incidents", "{\"alert\":\"offered\"}");
        Map<String, String> wrong = new TreeMap<>();
        Map<AccountRole, Set<String>> forms = new EnumMap<>(AccountRole.class);
        for (AccountRole role : EnumSet.complementOf(EnumSet.of(AccountRole.ADMIN, AccountRole.CSIRT_LEAD))) {
            Set<String> seen = new TreeSet<>(Set.of("/"));
            Deque<String> open = new ArrayDeque<>(List.of(role == AccountRole.STAKEHOLDER ? "/own" : "/alerts"));
            forms.put(role, new TreeSet<>());
            while (!open.isEmpty()) {
                String page = open.remove();
                HttpResponse<String> answer = VISITORS.get(role).get(page);
                if (answer.statusCode() == 403) {
                    wrong.put(role.word() + " " + page, "link");
                }
                FORM.matcher(answer.body()).results().map(MatchResult::group).forEach(form -> {
                    Matcher action = ACTION.matcher(form);
                    if (action.find()) {
                        RequestMethod method =
                                form.contains("method=\"post\"") ? RequestMethod.POST : RequestMethod.GET;
                        demanded(method, action.group(1)).ifPresent(permission -> {
                            forms.get(role).add(permission.word());
                            if (!role.may(permission)) {
                                wrong.put(role.word() + " " + action.group(1), "form on " + page);
                            }
                        });
                    }
                });
                LINK.matcher(answer.body())
                        .results()
                        .map(link -> link.group(1).replace("&amp;", "&"))
                        .filter(link -> !link.startsWith("/assets/") && !link.startsWith("/preferences"))
                        .filter(link -> seen.add(pattern(link)))
                        .forEach(open::add);
            }
        }
        assertThat(wrong).isEmpty();
        // Else the test would be content with pages without forms.
        assertThat(forms.get(AccountRole.ANALYST)).contains("alerts.judge", "incidents.work", "silences.write");
        assertThat(forms.get(AccountRole.STAKEHOLDER)).contains("own.answer");
        assertThat(forms.get(AccountRole.AUDITOR)).doesNotContain("alerts.judge", "alerts.answer");
    }

    /** Of the most specific pattern that answers there. */
    private static Optional<Map.Entry<PathPattern, HandlerMethod>> answering(RequestMethod method, String path) {
        Map<PathPattern, HandlerMethod> matching = new TreeMap<>();
        mappings().forEach((mapping, handler) -> {
            Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
            if (methods.isEmpty() || methods.contains(method)) {
                mapping.getPathPatternsCondition().getPatterns().stream()
                        .filter(pattern -> pattern.matches(PathContainer.parsePath(path)))
                        .forEach(pattern -> matching.put(pattern, handler));
            }
        });
        return matching.entrySet().stream().findFirst();
    }

    private static Optional<Permission> demanded(RequestMethod method, String path) {
        return answering(method, path)
                .flatMap(found -> PermissionGate.of(found.getValue()) instanceof Demand.Of of
                        ? Optional.of(of.permission())
                        : Optional.empty());
    }

    private static String pattern(String link) {
        return answering(RequestMethod.GET, link.split("[?]", 2)[0])
                .map(found -> found.getKey().getPatternString())
                .orElse(link);
    }

    /** An address of that pattern, of nothing that exists. */
    private static String sample(String pattern) {
        return pattern.replaceAll("\\{(id|entry|partition|offset)(:[^}]*)?}", "0")
                .replaceAll("\\{format:[^}]*}", "json")
                .replaceAll("\\{[^}]*}", "none");
    }

    /**
     * Two stakeholders with an alert and an incident each. Whatever one of them asks for, by any address with the other's ids, the other's
     * words never come back; and its own do, so that the test would see them.
     */
    @Test
    void aStakeholderReadsNothingOfAnother() throws Exception {
        String marker = "MARKER-OF-VENDOR";
        hinomi.publish(
                SampleAlert.of("own-vendor")
                        .rule("vendor_rule", marker + " ja", marker + " en")
                        .target("api")
                        .group("source.ip", "198.51.100.77"),
                SampleAlert.of("own-maker")
                        .rule("maker_rule", "センサー", "Sensors of maker")
                        .target("sensors"));
        hinomi.awaitAlert("own-vendor", 1);
        hinomi.awaitAlert("own-maker", 1);
        String vendors = hinomi.post("/api/v1/incidents", "{\"alert\":\"own-vendor\"}")
                .get("number")
                .asText();
        String makers = hinomi.post("/api/v1/incidents", "{\"alert\":\"own-maker\"}")
                .get("number")
                .asText();
        Visitor vendor = VISITORS.get(AccountRole.STAKEHOLDER);
        Visitor maker = visitor();
        assertThat(maker.login("工場", password("工場", AccountRole.STAKEHOLDER, "maker")))
                .startsWith("/own ");

        assertThat(vendor.get("/own").body()).contains(marker).doesNotContain("Sensors of maker");
        assertThat(vendor.get("/own/alerts/own-vendor").body())
                .contains(marker, "198.51.100.77", "I have seen this and act");
        assertThat(vendor.get("/own/incidents/" + vendors).body()).contains(marker);
        assertThat(vendor.get("/own/contacts").body())
                .contains("noc@vendor.example.jp")
                .doesNotContain("desk@maker");
        assertThat(maker.get("/own").body()).contains("Sensors of maker");
        assertThat(vendor.post("/own/alerts/own-vendor", Map.of("answer", "ack", "note", "on our way")))
                .startsWith("/own/alerts/own-vendor ")
                .contains("on our way");
        assertThat(vendor.post("/own/incidents/" + vendors, Map.of("text", "We cut the line. " + marker)))
                .contains("We cut the line.");
        assertThat(maker.form("/own/contacts", "/own/alerts/own-vendor", Map.of("answer", "ack"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(maker.form("/own/contacts", "/own/incidents/" + vendors, Map.of("text", "x"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(
                        hinomi.query(
                                "select string_agg(actor || ' ' || by_account, ',') from acknowledgement where alert_id = 'own-vendor'"))
                .isEqualTo("vendor-noc stakeholder-of-test");

        String report = submitted(vendors, "vendor", marker);
        assertThat(vendor.get("/own").body()).contains("/own/reports/" + report + ".pdf");
        assertThat(vendor.get("/own/incidents/" + vendors).body()).contains("/own/reports/" + report + ".html");
        assertThat(vendor.get("/own/reports/" + report + ".html").body()).contains(marker);
        assertThat(maker.get("/own/reports/" + report + ".html").statusCode()).isEqualTo(404);
        assertThat(maker.get("/own/reports/" + report + ".json").statusCode()).isEqualTo(404);
        // What is not submitted yet is nobody's outside.
        String draft = draft(vendors, "vendor", marker);
        assertThat(vendor.get("/own/reports/" + draft + ".html").statusCode()).isEqualTo(404);
        String token = once(
                vendor.post("/account", "/account/tokens", Map.of("name", "feed", "days", "9", "scopes", "own.see")));
        String other = once(
                maker.post("/account", "/account/tokens", Map.of("name", "feed", "days", "9", "scopes", "own.see")));
        for (String path : List.of(
                "/api/v1/own/alerts/own-vendor",
                "/api/v1/own/incidents/" + vendors,
                "/api/v1/own/reports/" + report + ".json")) {
            assertThat(bearer(path, token).body()).as(path).contains(marker);
            assertThat(bearer(path, other).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(bearer("/api/v1/own/alerts", token).body()).contains(marker).doesNotContain("Sensors of maker");
        assertThat(bearer("/api/v1/own/reports", token).body()).contains("\"id\":" + report);
        assertThat(bearer("/api/v1/own/reports", other).body()).isEqualTo("{\"items\":[],\"next\":null}");
        assertThat(bearer("/api/v1/own/contacts", token).body()).contains("noc@vendor.example.jp");
        assertThat(bearer("/api/v1/alerts", token).statusCode()).isEqualTo(403);
        assertThat(hinomi.query("select string_agg(distinct actor, ' ') from audit_log where object = 'report:" + report
                        + "' and action = 'evidence.seen'"))
                .isEqualTo("account:stakeholder-of-test");

        String delivery = hinomi.query("select min(id) from delivery where stakeholder_id = 'vendor'");
        List<String> leaks = new ArrayList<>();
        for (Map.Entry<RequestMappingInfo, HandlerMethod> mapping : mappings().entrySet()) {
            Set<RequestMethod> methods = mapping.getKey().getMethodsCondition().getMethods();
            if (!methods.isEmpty() && !methods.contains(RequestMethod.GET)) {
                continue;
            }
            for (String pattern : mapping.getKey().getPatternValues()) {
                for (String id : List.of("own-vendor", vendors, delivery, report, "1")) {
                    String path = pattern.replaceAll("\\{format:[^}]*}", "json").replaceAll("\\{[^}]*}", id);
                    // Pages repeat their own address, so this asks for a part of the words.
                    String query = "?q=MARKER-OF&stakeholder=vendor&alert=own-vendor&all=true&after=0";
                    var answer = maker.get(path + query);
                    if (answer.body().contains(marker) || answer.body().contains("198.51.100.77")) {
                        leaks.add(path + ": " + answer.statusCode());
                    }
                    if (pattern.indexOf('{') < 0) {
                        break;
                    }
                }
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(makers).isNotEqualTo(vendors);
    }

    private static String draft(String incident, String to, String says) {
        String id = hinomi.post(
                        "/api/v1/incidents/" + incident + "/reports",
                        "{\"form\":\"stakeholder\",\"recipient\":\"" + to + "\"}")
                .get("id")
                .asText();
        // Its answer names the fields; the first that is text takes the words.
        hinomi.execute("update report set fields = (select json_object_agg(key, value || ' " + says
                + "') from json_each_text(fields)) where id = " + id);
        return id;
    }

    private static String submitted(String incident, String to, String says) {
        String id = draft(incident, to, says);
        String revision = hinomi.query("select revision from report where id = " + id);
        hinomi.post("/api/v1/reports/" + id + "/submit", "{\"revision\":" + revision + "}");
        return id;
    }

    private static HttpResponse<String> bearer(String path, String token) {
        return TestAlerting.send(
                HttpRequest.newBuilder(URI.create(hinomi.url(path))).header("Authorization", "Bearer " + token));
    }

    /** The second step of another's escalation, which answers for nothing itself, on all of its ways to the alert. */
    @Test
    void whoWasToldAsTheNextStepSeesWhatItWasToldOfAndNoMore() throws Exception {
        hinomi.publish(SampleAlert.of("next-step")
                .target("gate")
                .target("plant")
                .lines("to the gate", "PLANT-SECRET line", "to nobody")
                .destinations("10.1.0.1", "10.2.0.1", "198.51.100.1")
                .indicator(Map.of(
                        "id", "i-2", "feed", "cert", "name", "Bot", "field", "destination.ip", "value", "10.2.0.1"))
                .group("user.email", "tanaka.taro@example.jp"));
        hinomi.awaitAlert("next-step", 1);
        pass(Duration.ofMinutes(2));
        ReceivedMail mail = hinomi.mail().await(SOON, one -> one.recipient().equals("soc@soc.example"));
        assertThat(mail.text())
                .contains("to the gate", "to nobody")
                .doesNotContain("PLANT-SECRET", "tanaka", "10.2.0.1");

        Visitor soc = login("監視", AccountRole.STAKEHOLDER, "soc");
        assertThat(soc.get("/own/alerts/next-step").body())
                .contains("to the gate", "to nobody", "[mail]")
                .doesNotContain("PLANT-SECRET", "tanaka", "10.2.0.1");
        assertThat(visitor().get(mail.link("/a/").orElseThrow()).body())
                .contains("gate resource", "[mail]")
                .doesNotContain("PLANT-SECRET", "tanaka", "10.2.0.1");
        assertThat(hinomi.query("select string_agg(actor || ' ' || (detail::jsonb ->> 'clearance') || ' '"
                        + " || (detail::jsonb -> 'group' ->> 'user.email'), ',' order by seq)"
                        + " from audit_log where action = 'evidence.seen' and object = 'alert:next-step'"))
                .isEqualTo("account:監視 AMBER [mail],contact:soc-desk AMBER [mail]");

        String incident = hinomi.post("/api/v1/incidents", "{\"alert\":\"next-step\"}")
                .get("number")
                .asText();
        for (String whom : List.of("soc", "vendor")) {
            String export = hinomi.get("/api/v1/incidents/" + incident + "/incident.json?to=" + whom)
                    .toString();
            assertThat(export).as(whom).contains("gate").doesNotContain("PLANT-SECRET", "tanaka", "10.2.0.1", "plant");
        }
    }

    private static final String AS_MAKER =
            "set_config('hinomi.stakeholder', 'maker', true), set_config('hinomi.clearance', '9', true)";

    /** What a query that forgot its condition reads: the database itself keeps to the rows. */
    @Test
    void aForgottenConditionLeaksNothing() throws Exception {
        hinomi.publish(
                SampleAlert.of("rows-vendor").target("api"),
                SampleAlert.of("rows-maker").target("sensors"));
        hinomi.awaitAlert("rows-vendor", 1);
        hinomi.awaitAlert("rows-maker", 1);
        submitted(
                hinomi.post("/api/v1/incidents", "{\"alert\":\"rows-vendor\"}")
                        .get("number")
                        .asText(),
                "vendor",
                "rows-vendor");
        hinomi.post("/api/v1/incidents", "{\"alert\":\"rows-maker\"}");
        AlertingSettings.Database database = hinomi.database();
        List<String> read = new ArrayList<>();
        List<String> closed = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            List<String> columns = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select c.table_name || '.' || c.column_name from information_schema.columns c"
                            + " join information_schema.tables t using (table_schema, table_name)"
                            + " where t.table_schema = current_schema() and t.table_type = 'BASE TABLE' order by 1")) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
            connection.setAutoCommit(false);
            for (String column : columns) {
                String table = column.substring(0, column.indexOf('.'));
                statement.execute("select " + AS_MAKER);
                statement.execute("set local role hinomi_stakeholder");
                try (ResultSet rows = statement.executeQuery("select " + column + "::text from " + table)) {
                    read.add(column);
                    while (rows.next()) {
                        String text = String.valueOf(rows.getString(1));
                        assertThat(text)
                                .as(column)
                                .doesNotContain("rows-vendor")
                                .isNotEqualTo("vendor")
                                .doesNotContain("vendor-noc");
                    }
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).as(column).isEqualTo("42501");
                    closed.add(column);
                }
                connection.rollback();
            }
            statement.execute("select " + AS_MAKER);
            statement.execute("set local role hinomi_stakeholder");
            try (ResultSet rows =
                    statement.executeQuery("select count(*) filter (where id = 'rows-maker') from alert")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
            connection.rollback();
        }
        assertThat(read).contains("alert.id", "delivery.stakeholder_id", "timeline_entry.text_en", "report.recipient");
        assertThat(closed)
                .contains(
                        "alert.body",
                        "alert_evidence.body",
                        "account.name",
                        "audit_log.detail",
                        "incident.title",
                        "report.document",
                        "report.fields");
    }

    private static String once(String page) {
        Matcher matcher = ONCE.matcher(page);
        assertThat(matcher.find()).as(page).isTrue();
        return matcher.group(1);
    }

    @Test
    void anAdminMakesAnAccountItsOwnerChoosesAPasswordAndIsShutOutAgain() throws Exception {
        Visitor admin = VISITORS.get(AccountRole.ADMIN);
        assertThat(admin.post("/accounts", Map.of("account", "山田", "role", "stakeholder", "stakeholder", "nobody")))
                .contains("no stakeholder");
        String given = once(admin.post("/accounts", Map.of("account", "山田", "role", "analyst", "stakeholder", "")));
        assertThat(admin.post("/accounts", Map.of("account", "山田", "role", "analyst")))
                .contains("already");

        Visitor owner = visitor();
        assertThat(owner.login("山田", given)).startsWith("/account");
        assertThat(owner.open("/alerts")).isEqualTo("/account");
        assertThat(owner.form("/account", "/alerts/none/ack", Map.of()).statusCode())
                .isEqualTo(403);
        String chosen = "correct horse battery";
        assertThat(owner.post("/account", Map.of("present", given, "chosen", chosen, "again", chosen)))
                .contains("was changed");
        assertThat(owner.open("/alerts")).isEqualTo("/alerts");
        assertThat(owner.get("/accounts").statusCode()).isEqualTo(403);

        assertThat(admin.post("/accounts", "/accounts/role", Map.of("account", "山田", "role", "admin")))
                .contains("Done");
        assertThat(owner.open("/alerts")).isEqualTo("/login");
        assertThat(owner.login("山田", chosen)).startsWith("/alerts");
        assertThat(owner.get("/accounts").statusCode()).isEqualTo(200);
        assertThat(admin.post("/accounts", "/accounts/disable", Map.of("account", "山田")))
                .contains("Done");
        assertThat(owner.open("/alerts")).isEqualTo("/login");
        assertThat(owner.login("山田", chosen)).startsWith("/login");
        assertThat(hinomi.query("select string_agg(action, ' ' order by seq) from audit_log where object = 'account:山田'"
                        + " and action like 'account.%'"))
                .isEqualTo("account.created account.password-changed account.role-changed account.disabled");
    }

    @Test
    void theLastAdminCannotShutEverybodyOut() throws Exception {
        Visitor admin = VISITORS.get(AccountRole.ADMIN);
        assertThat(admin.post("/accounts", "/accounts/disable", Map.of("account", "admin")))
                .contains("Done");
        assertThat(admin.post("/accounts", "/accounts/disable", Map.of("account", "admin-of-test")))
                .contains("only administrator");
        assertThat(admin.post("/accounts", "/accounts/role", Map.of("account", "admin-of-test", "role", "auditor")))
                .contains("only administrator");
        assertThat(admin.post("/accounts", "/accounts/enable", Map.of("account", "admin")))
                .contains("Done");
    }

    private static void pass(Duration time) {
        NOW.updateAndGet(now -> now.plus(time));
    }

    /** Of the secret that the page shows. */
    private static String code(String secret) {
        return jp.hinomi.alerting.security.TotpCodes.now(secret, NOW.get());
    }

    @Test
    void aSecondFactorIsAskedForAndACodeIsGoodForOnce() throws Exception {
        String password = password("佐藤", AccountRole.ANALYST, "");
        Visitor owner = visitor();
        owner.login("佐藤", password);
        String secret = once(owner.post("/account", "/account/second-factor/begin", Map.of()));
        assertThat(owner.post("/account", "/account/second-factor", Map.of("code", "000000")))
                .contains("code is wrong");
        secret = once(owner.post("/account", "/account/second-factor/begin", Map.of()));
        String page = owner.post("/account", "/account/second-factor", Map.of("code", code(secret)));
        List<String> recovery =
                RECOVERY.matcher(page).results().map(found -> found.group(1)).toList();
        assertThat(recovery).hasSize(10);

        Visitor thief = visitor();
        assertThat(thief.login("佐藤", password)).startsWith("/login/code");
        assertThat(thief.open("/alerts")).isEqualTo("/login/code");
        assertThat(thief.get("/api/v1/alerts").statusCode()).isEqualTo(403);
        assertThat(thief.form("/login/code", "/account/second-factor/remove", Map.of("code", "1"))
                        .statusCode())
                .isEqualTo(403);
        // The code with which it was set up is used up.
        assertThat(thief.post("/login/code", Map.of("code", code(secret)))).contains("code is wrong");
        pass(Duration.ofSeconds(30));
        Visitor again = visitor();
        again.login("佐藤", password);
        assertThat(again.post("/login/code", Map.of("code", code(secret)))).startsWith("/alerts");
        assertThat(thief.post("/login/code", Map.of("code", code(secret)))).contains("code is wrong");
        Visitor paper = visitor();
        paper.login("佐藤", password);
        assertThat(paper.post("/login/code", Map.of("code", recovery.get(3)))).startsWith("/alerts");
        assertThat(thief.post("/login/code", Map.of("code", recovery.get(3)))).contains("code is wrong");
        // Codes are six digits: ten tries, whatever is tried in between.
        for (int i = 0; i < 10; i++) {
            visitor().login("佐藤", password);
        }
        assertThat(visitor().login("佐藤", password)).contains("Too many wrong attempts");
        assertThat(thief.post("/login/code", Map.of("code", recovery.get(4)))).contains("Too many wrong attempts");
    }

    @Test
    void peopleSeeWhereTheyAreLoggedInAndEndIt() throws Exception {
        String password = password("鈴木", AccountRole.ANALYST, "");
        Visitor here = visitor();
        Visitor there = visitor();
        here.login("鈴木", password);
        there.login("鈴木", password);
        Matcher session = Pattern.compile("name=\"session\" value=\"([^\"]+)\"")
                .matcher(here.get("/account").body());
        assertThat(session.find()).isTrue();
        assertThat(VISITORS.get(AccountRole.ANALYST)
                        .post("/account", "/account/sessions/end", Map.of("session", session.group(1))))
                .startsWith("/account");
        assertThat(there.open("/alerts")).as("others cannot end it").isEqualTo("/alerts");
        here.post("/account", "/account/sessions/end", Map.of("session", session.group(1)));
        assertThat(there.open("/alerts")).isEqualTo("/login");
        assertThat(here.open("/alerts")).isEqualTo("/alerts");
        there.login("鈴木", password);
        VISITORS.get(AccountRole.ADMIN).post("/accounts", "/accounts/sessions/end", Map.of("account", "鈴木"));
        assertThat(there.open("/alerts")).isEqualTo("/login");
        assertThat(here.open("/alerts")).isEqualTo("/login");
    }

    private static void atTheProvider(String name, String... groups) {
        provider.person(name, Map.of("groups", List.of(groups), "amr", List.of("pwd", "mfa")));
    }

    private static String events(String object) {
        return hinomi.query(
                "select string_agg(action, ' ' order by seq) from audit_log where object = 'account:" + object + "'");
    }

    @Test
    void aProviderThatIsDownStopsNothingButItsOwnButton() throws Exception {
        assertThat(whileTheProviderWasDown)
                .startsWith("/login ")
                .contains("Log in with Minato City ID", "Minato City ID does not answer");
        assertThat(VISITORS.get(AccountRole.ANALYST).open("/alerts")).isEqualTo("/alerts");
        atTheProvider("伊藤", "soc");
        assertThat(visitor().singleSignOn("伊藤")).startsWith("/alerts ");
    }

    @Test
    void whatTheProviderSaysOfSomebodyIsWhatTheyMay() throws Exception {
        atTheProvider("田中 一", "everybody", "soc");
        Visitor tanaka = visitor();
        assertThat(tanaka.singleSignOn("田中 一")).startsWith("/alerts ");
        assertThat(tanaka.get("/accounts").statusCode()).isEqualTo(403);
        assertThat(tanaka.get("/account").body()).contains("田中-一").doesNotContain("Second factor", "New password");
        String token = once(
                tanaka.post("/account", "/account/tokens", Map.of("name", "x", "days", "9", "scopes", "alerts.see")));
        assertThat(api("/api/v1/alerts", token)).isEqualTo(200);
        Visitor admin = VISITORS.get(AccountRole.ADMIN);
        assertThat(admin.post("/accounts", "/accounts/role", Map.of("account", "田中-一", "role", "admin")))
                .contains("is said by the OpenID provider");
        assertThat(admin.post("/accounts", "/accounts/password", Map.of("account", "田中-一")))
                .contains("no such thing");

        atTheProvider("田中 一", "heads", "soc");
        assertThat(visitor().singleSignOn("田中 一")).startsWith("/alerts ");
        assertThat(tanaka.open("/alerts")).as("the session of the old role").isNotEqualTo("/alerts");

        atTheProvider("田中 一", "everybody", "<b>retired</b>");
        Visitor retired = visitor();
        assertThat(retired.singleSignOn("田中 一"))
                .startsWith("/login ")
                .contains("nothing that it says of you has a role", "田中-一", "everybody, &lt;b&gt;retired")
                .doesNotContain("<b>retired");
        assertThat(retired.open("/alerts")).isEqualTo("/login");
        assertThat(api("/api/v1/alerts", token)).isEqualTo(401);

        atTheProvider("田中 一", "soc");
        assertThat(retired.singleSignOn("田中 一")).startsWith("/alerts ");
        assertThat(api("/api/v1/alerts", token)).isEqualTo(200);
        admin.post("/accounts", "/accounts/disable", Map.of("account", "田中-一"));
        assertThat(visitor().singleSignOn("田中 一")).contains("An administrator has disabled your account");
        assertThat(events("田中-一"))
                .isEqualTo("account.created login.succeeded token.created account.role-changed login.succeeded"
                        + " account.withdrawn account.role-changed login.succeeded account.disabled");
        assertThat(hinomi.query("select count(*) from audit_log where action = 'login.failed'"
                        + " and detail::jsonb ->> 'why' = 'unmapped' and detail::jsonb ->> 'name' = '田中-一'"))
                .isEqualTo("1");
    }

    @Test
    void aNameSaysNothingAndAnUnprovenFactorIsNotEnough() throws Exception {
        atTheProvider("admin", "soc");
        assertThat(visitor().singleSignOn("admin")).startsWith("/alerts ").contains("admin@localhost");
        assertThat(hinomi.query("select origin || role from account where name = 'admin'"))
                .isEqualTo("localadmin");
        provider.person("careless", Map.of("groups", List.of("soc"), "amr", List.of("pwd")));
        assertThat(visitor().singleSignOn("careless")).contains("not in the way that Hinomi asks for");
        atTheProvider("ghost", "ghosts");
        assertThat(visitor().singleSignOn("ghost")).contains("not in the responsibility map");
        assertThat(hinomi.query("select count(*) from account where name in ('careless', 'ghost')"))
                .isEqualTo("0");
    }

    @Test
    void aStakeholderOfTheProviderReadsItsOwnRowsAlone() throws Exception {
        hinomi.publish(
                SampleAlert.of("sso-vendor")
                        .rule("sso_vendor", "業者", "Vendor by sign-on")
                        .target("api"),
                SampleAlert.of("sso-maker")
                        .rule("sso_maker", "工場", "Maker by sign-on")
                        .target("sensors"));
        hinomi.awaitAlert("sso-vendor", 1);
        hinomi.awaitAlert("sso-maker", 1);
        atTheProvider("渡辺", "cn=Vendor,ou=parties");
        Visitor vendor = visitor();
        assertThat(vendor.singleSignOn("渡辺"))
                .startsWith("/own ")
                .contains("Vendor by sign-on")
                .doesNotContain("Maker by sign-on");
        assertThat(vendor.get("/own/alerts/sso-vendor").statusCode()).isEqualTo(200);
        assertThat(vendor.get("/own/alerts/sso-maker").statusCode()).isEqualTo(404);
        assertThat(vendor.get("/alerts").statusCode()).isEqualTo(403);
        assertThat(vendor.get("/api/v1/alerts").statusCode()).isEqualTo(403);
    }

    /** Each is a token that the provider signed; only what it says is wrong. */
    @Test
    void anAnswerThatIsNotMeantForThisLoginBringsNobodyIn() throws Exception {
        atTheProvider("山本", "soc");
        Map<String, Consumer<JwtClaimsSet.Builder>> forgeries = Map.of(
                "nonce", claims -> claims.claim("nonce", "of-another-login"),
                "audience", claims -> claims.audience(List.of("another-client")),
                "expired",
                        claims -> claims.issuedAt(NOW.get().minusSeconds(3600))
                                .expiresAt(NOW.get().minusSeconds(61)),
                "future", claims -> claims.issuedAt(NOW.get().plusSeconds(61)),
                "issuer", claims -> claims.issuer("http://localhost:1"));
        try {
            for (Map.Entry<String, Consumer<JwtClaimsSet.Builder>> forgery : forgeries.entrySet()) {
                provider.forge(forgery.getValue());
                Visitor visitor = visitor();
                assertThat(visitor.singleSignOn("山本"))
                        .as(forgery.getKey())
                        .startsWith("/login ")
                        .contains("did not pass the checks");
                assertThat(visitor.open("/alerts")).isEqualTo("/login");
            }
        } finally {
            provider.forge(claims -> {});
        }
        assertThat(hinomi.query("select count(*) from account where name = '山本'"))
                .isEqualTo("0");
        Visitor visitor = visitor();
        assertThat(visitor.get("/login/return/oidc?code=x&state=y").body()).contains("Begin again");
        visitor.singleSignOn("山本");
        assertThat(visitor()
                        .get("/login/return/oidc?error=access_denied&state=y")
                        .body())
                .contains("Begin again");
    }

    @Test
    void whoLogsOutIsLoggedOutAtTheProviderToo() throws Exception {
        atTheProvider("中村", "soc");
        Visitor nakamura = visitor();
        nakamura.singleSignOn("中村");
        HttpResponse<String> leaving = nakamura.form("/account", "/logout", Map.of());
        assertThat(leaving.headers().firstValue("Refresh").orElse("")).startsWith("0; url=" + provider.issuer());
        assertThat(nakamura.open("/alerts")).isEqualTo("/login");
        Matcher onward = Pattern.compile("id=\"onward\" href=\"([^\"]+)\"").matcher(leaving.body());
        assertThat(onward.find()).as(leaving.body()).isTrue();
        HttpResponse<String> back = nakamura.get(onward.group(1).replace("&amp;", "&"));
        assertThat(back.uri()).isEqualTo(URI.create(hinomi.url("/login")));
        // No session is left there: the provider asks for the password.
        assertThat(nakamura.get("/login/with/oidc").uri().getPort())
                .isEqualTo(provider.issuer().getPort());
        assertThat(events("中村")).isEqualTo("account.created login.succeeded session.ended");
    }

    private static int ended(String token) throws Exception {
        return ONE_CLIENT
                .send(
                        HttpRequest.newBuilder(URI.create(hinomi.url("/login/ended")))
                                .header("X-Forwarded-For", "203.0.113.250")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("logout_token=" + token))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    /** The provider says so: first of one session, then of all; and nothing happens by what does not say just that. */
    @Test
    void whoLogsOutAtTheProviderIsLoggedOutHere() throws Exception {
        atTheProvider("清水", "soc");
        atTheProvider("森", "soc");
        Visitor here = visitor();
        Visitor there = visitor();
        Visitor other = visitor();
        assertThat(here.singleSignOn("清水")).startsWith("/alerts ");
        pass(Duration.ofSeconds(1));
        assertThat(there.singleSignOn("清水")).startsWith("/alerts ");
        assertThat(other.singleSignOn("森")).startsWith("/alerts ");
        String first = hinomi.query(
                "select provider_session from account_session where account = '清水'" + " order by started_at limit 1");
        assertThat(first).isNotEmpty();

        Map<String, Consumer<JwtClaimsSet.Builder>> forgeries = Map.of(
                "no event",
                        claims -> claims.claim("events", Map.of("other", Map.of()))
                                .subject("清水"),
                "an ID token", claims -> claims.claim("nonce", "n").subject("清水"),
                "another client", claims -> claims.audience(List.of("another")).subject("清水"),
                "another issuer", claims -> claims.issuer("http://localhost:1").subject("清水"),
                "old", claims -> claims.issuedAt(NOW.get().minusSeconds(301)).subject("清水"),
                "over",
                        claims -> claims.expiresAt(NOW.get().minusSeconds(61))
                                .issuedAt(NOW.get().minusSeconds(62))
                                .subject("清水"),
                "of nobody", claims -> {});
        for (Map.Entry<String, Consumer<JwtClaimsSet.Builder>> forgery : forgeries.entrySet()) {
            assertThat(ended(provider.logoutToken(forgery.getValue())))
                    .as(forgery.getKey())
                    .isEqualTo(400);
        }
        assertThat(ended(provider.forgedLogoutToken())).isEqualTo(400);
        assertThat(ended("nonsense")).isEqualTo(400);
        assertThat(here.open("/alerts")).isEqualTo("/alerts");

        String ofOne = provider.logoutToken(claims -> claims.claim("sid", first));
        assertThat(ended(ofOne)).isEqualTo(200);
        assertThat(here.open("/alerts")).isEqualTo("/login");
        assertThat(there.open("/alerts")).isEqualTo("/alerts");
        String ofAll = provider.logoutToken(claims -> claims.subject("清水"));
        assertThat(ended(ofAll)).isEqualTo(200);
        assertThat(there.open("/alerts")).isEqualTo("/login");
        assertThat(other.open("/alerts")).as("somebody else").isEqualTo("/alerts");
        // Said again later, it says nothing of the login since.
        pass(Duration.ofSeconds(62));
        assertThat(here.singleSignOn("清水")).startsWith("/alerts ");
        ended(ofAll);
        assertThat(here.open("/alerts")).isEqualTo("/alerts");
        assertThat(events("清水"))
                .isEqualTo(
                        "account.created login.succeeded login.succeeded sessions.ended sessions.ended login.succeeded");
        assertThat(hinomi.query(
                        "select count(*) from account_session where ended_at is not null and id_token is not null"))
                .isEqualTo("0");
    }

    /** With the redirects, cookies and policies that a browser holds us to. */
    @Test
    void peopleLogInAndOutAtTheProviderInABrowser() {
        atTheProvider("石川", "everybody", "soc");
        atTheProvider("岡田", "everybody");
        try (TestBrowser browser = TestBrowser.start()) {
            for (String language : List.of("ja-JP", "en-US")) {
                boolean japanese = language.equals("ja-JP");
                Page page = browser.newPage(language, ColorScheme.LIGHT, 1280, 800);
                List<String> complaints = new CopyOnWriteArrayList<>();
                page.onConsoleMessage(message -> {
                    if (Set.of("error", "warning").contains(message.type())
                            && message.location().startsWith(hinomi.url("/"))) {
                        complaints.add(message.text());
                    }
                });
                // What was asked for is where the login leads.
                page.navigate(hinomi.url("/incidents?all=true"));
                page.click("#sso");
                atTheProvidersForm(page, "石川");
                page.waitForURL(hinomi.url("/incidents?all=true"));
                assertThat(page.locator(".who a").textContent()).isEqualTo("石川");
                assertThat(page.locator("nav a[href='/channels']").count()).isEqualTo(1);
                assertThat(page.locator("nav a[href='/accounts']").count())
                        .as("no role for it")
                        .isZero();

                page.click(".who button");
                page.waitForURL(hinomi.url("/login"));
                page.click("#sso");
                // Logged out there as well: it asks for the password again.
                atTheProvidersForm(page, "岡田");
                page.waitForURL("**/login?sso=unmapped");
                assertThat(page.locator("[role=alert]").textContent())
                        .contains("岡田", "everybody")
                        .contains(japanese ? "役割" : "nothing that it says of you has a role");
                page.reload();
                assertThat(page.locator("[role=alert]").textContent()).doesNotContain("岡田");
                assertThat(complaints).isEmpty();
                page.context().close();
            }
        }
        assertThat(events("石川"))
                .isEqualTo("account.created login.succeeded session.ended login.succeeded session.ended");
    }

    private static void atTheProvidersForm(Page page, String name) {
        page.waitForURL(provider.issuer() + "/login*");
        page.fill("input[name=username]", name);
        page.fill("input[name=password]", TestProvider.PASSWORD);
        page.click("button[type=submit]");
    }

    private static HttpResponse<String> apiFrom(String address, String token) throws Exception {
        return ONE_CLIENT.send(
                HttpRequest.newBuilder(URI.create(hinomi.url("/api/v1/none")))
                        .header("X-Forwarded-For", address)
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void whoAsksTooMuchWaitsAndOthersDoNot() throws Exception {
        for (int i = 0; i < 60; i++) {
            assertThat(apiFrom("2001:db8:9::" + i, "a guess").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> over = apiFrom("2001:db8:9::ffff", "a guess");
        assertThat(over.statusCode()).isEqualTo(429);
        assertThat(over.headers().firstValue("Retry-After")).contains("1");
        assertThat(over.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(over.body()).contains("\"status\":429", "try again in 1 s");
        assertThat(apiFrom("2001:db8:a::1", "a guess").statusCode()).isEqualTo(401);
        Visitor stranger = new Visitor(hinomi, "2001:db8:9::1");
        HttpResponse<String> page = stranger.get("/login");
        assertThat(page.statusCode()).isEqualTo(429);
        assertThat(page.body()).contains("Too many requests");

        Visitor lead = login("小林", AccountRole.CSIRT_LEAD, "");
        Map<String, String> wanted = Map.of("name", "loop", "days", "9", "scopes", "alerts.see");
        String busy = once(lead.post("/account", "/account/tokens", wanted));
        String calm = once(lead.post("/account", "/account/tokens", wanted));
        for (int i = 0; i < 600; i++) {
            assertThat(apiFrom("198.51.100.9", busy).statusCode()).isEqualTo(404);
        }
        assertThat(apiFrom("198.51.100.9", busy).statusCode()).isEqualTo(429);
        assertThat(apiFrom("198.51.100.9", calm).statusCode()).isEqualTo(404);
        pass(Duration.ofSeconds(1));
        assertThat(apiFrom("198.51.100.9", busy).statusCode()).isEqualTo(404);
        assertThat(stranger.get("/login").statusCode()).isEqualTo(200);
    }

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
        AlertingService.part(hinomi.running(), TransactionTemplate.class)
                .executeWithoutResult(status -> AlertingService.part(hinomi.running(), AuditLog.class)
                        .record(NOW.get(), "system", "alert.unheard-of", "alert:looked-at", Map.of()));
        assertThat(visitor.get("/alerts/looked-at").body()).contains("alert.unheard-of");

        pass(Duration.ofMinutes(11));
        assertThat(visitor.get("/alerts/looked-at").body()).doesNotContain("evidence.seen");
        assertThat(hinomi.query(looks)).isEqualTo("page file value file api page");
    }

    private static int api(String path, String token) {
        return TestAlerting.send(
                        HttpRequest.newBuilder(URI.create(hinomi.url(path))).header("Authorization", "Bearer " + token))
                .statusCode();
    }

    @Test
    void aTokenOpensItsScopesUntilItExpiresOrIsRevokedOrItsAccountMayLess() throws Exception {
        Visitor lead = login("高橋", AccountRole.CSIRT_LEAD, "");
        assertThat(lead.post(
                        "/account", "/account/tokens", Map.of("name", "x", "days", "9", "scopes", "accounts.manage")))
                .contains("cannot give the scope");
        assertThat(lead.post("/account", "/account/tokens", Map.of("name", "x", "days", "900", "scopes", "alerts.see")))
                .contains("between 1 and 366 days");
        Map<String, String> wanted = Map.of("name", "dashboard", "days", "9", "scopes", "alerts.see");
        String token = once(lead.post("/account", "/account/tokens", wanted));
        assertThat(hinomi.query("select count(*) from api_token where encode(hash, 'escape') like '%" + token + "%'"))
                .isEqualTo("0");
        assertThat(api("/api/v1/alerts", token)).isEqualTo(200);
        assertThat(api("/api/v1/incidents", token)).isEqualTo(403);
        assertThat(api("/api/v1/alerts", token + "x")).isEqualTo(401);
        hinomi.execute("update api_token set expires_at = '" + NOW.get() + "' where name = 'dashboard'");
        assertThat(api("/api/v1/alerts", token)).isEqualTo(401);

        String other = once(lead.post("/account", "/account/tokens", wanted));
        hinomi.execute("update account set role = 'stakeholder', stakeholder = 'vendor' where name = '高橋'");
        assertThat(api("/api/v1/alerts", other)).isEqualTo(403);
        hinomi.execute("update account set role = 'csirt-lead', stakeholder = null where name = '高橋'");
        assertThat(api("/api/v1/alerts", other)).isEqualTo(200);
        String id =
                hinomi.query("select id from api_token where account = '高橋' and name = 'dashboard' order by id desc");
        VISITORS.get(AccountRole.ANALYST).post("/account", "/account/tokens/" + id + "/revoke", Map.of());
        assertThat(api("/api/v1/alerts", other)).as("others cannot revoke it").isEqualTo(200);
        lead.post("/account", "/account/tokens/" + id + "/revoke", Map.of());
        assertThat(api("/api/v1/alerts", other)).isEqualTo(401);
        assertThat(hinomi.query("select string_agg(action, ' ' order by seq) from audit_log where object = 'account:高橋'"
                        + " and action like 'token.%'"))
                .isEqualTo("token.created token.created token.revoked");
    }
}
