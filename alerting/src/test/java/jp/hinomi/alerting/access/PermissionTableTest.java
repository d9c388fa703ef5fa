package jp.hinomi.alerting.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
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
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.security.PermissionGate;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.util.pattern.PathPattern;

/** Who may see and do what, asked of everything that answers requests. */
class PermissionTableTest extends VisitorsOfEveryRole {
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
}
