package jp.hinomi.city.docs;

import static jp.hinomi.city.docs.Manifests.maps;
import static jp.hinomi.city.docs.Manifests.of;
import static jp.hinomi.city.docs.Manifests.text;
import static jp.hinomi.city.docs.Manifests.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hinomi.city.docs.Manifests.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The Kubernetes objects are valid by the API's own models, agree with each other, with the compose file and with what the
 * images contain, and carry no secret. They have not been applied to a cluster here: none runs where the build does.
 */
class KubernetesTest {
    private static final Path FOLDER = Guide.HOME.resolve("deploy/kubernetes");
    private static final Gson GSON = new Gson();

    private Manifests manifests;
    private Map<?, ?> kustomization;
    private String compose;

    @BeforeEach
    void read() throws IOException {
        manifests = Manifests.of(FOLDER);
        kustomization = manifests.ofKind("Kustomization").get(0).object();
        compose = Files.readString(Guide.HOME.resolve("docker-compose.yml"));
    }

    @Test
    void everyObjectIsValidByTheModelsOfTheApi() {
        assertThat(manifests.all()).hasSizeGreaterThan(15);
        for (Manifest manifest : manifests.all()) {
            if (!manifest.kind().equals("Kustomization")) {
                validate(manifest.at(), manifest.kind(), manifest.object());
            }
        }
    }

    /** The models refuse what the API's server would refuse or, worse, drop in silence. */
    @Test
    void aKeyThatTheApiDoesNotKnowIsFound() {
        assertThatThrownBy(() ->
                        validate("here", "Service", Map.of("kind", "Service", "spec", Map.of("prots", List.of()))))
                .hasMessageContaining("here")
                .hasStackTraceContaining("prots");
    }

    private static void validate(String at, String kind, Map<?, ?> object) {
        try {
            Class.forName("io.kubernetes.client.openapi.models.V1" + kind)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, GSON.toJsonTree(object));
        } catch (InvocationTargetException e) {
            throw new AssertionError(at + ": " + e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(at + ": there is no model of " + kind, e);
        }
    }

    @Test
    void theKustomizationNamesEveryFileAndEveryImageOfOurs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(words(kustomization, "resources"))
                    .containsExactlyInAnyOrderElementsOf(files.map(file -> String.valueOf(file.getFileName()))
                            .filter(name -> !name.equals("kustomization.yaml"))
                            .toList());
        }
        Map<String, String> tags = maps(kustomization, "images").stream()
                .collect(Collectors.toMap(each -> text(each, "name"), each -> text(each, "newTag")));
        assertThat(images().filter(image -> !image.contains(":"))).isSubsetOf(tags.keySet());
        assertThat(tags.keySet()).isSubsetOf(images().toList());
        for (String ours : List.of("hinomi", "hinomi-flink")) {
            assertThat(compose).contains("image: " + ours + ":" + tags.get(ours) + "\n");
        }
        // The others are those of the compose file, whose versions another test compares with the build.
        assertThat(images().filter(image -> image.contains(":")))
                .hasSize(2)
                .allMatch(image -> compose.contains("image: " + image + "\n"));
        String guide = Guide.read("docs/operations.md").text();
        for (String folder : List.of("hinomi", "flink", "city")) {
            assertThat(guide).contains("--file deploy/" + folder + "/Containerfile");
        }
    }

    private Stream<String> images() {
        return manifests.workloads().stream()
                .flatMap(each -> each.containers().stream())
                .map(each -> text(each, "image"))
                .distinct();
    }

    /** As the level "restricted" of the pod security standards asks, which the namespace enforces. */
    @Test
    void noPodHasPrivilegesOrTakesAllMemory() {
        assertThat(manifests.workloads()).hasSize(7);
        for (Manifest workload : manifests.workloads()) {
            String name = workload.name();
            Map<?, ?> pod = workload.pod();
            assertThat(of(pod, "securityContext", "runAsNonRoot")).as(name).isEqualTo(true);
            assertThat(text(pod, "securityContext", "seccompProfile", "type"))
                    .as(name)
                    .isEqualTo("RuntimeDefault");
            assertThat(of(pod, "automountServiceAccountToken")).as(name).isEqualTo(false);
            assertThat(of(pod, "enableServiceLinks")).as(name).isEqualTo(false);
            for (Map<?, ?> container : workload.containers()) {
                String what = name + "/" + text(container, "name");
                assertThat(of(container, "securityContext", "allowPrivilegeEscalation"))
                        .as(what)
                        .isEqualTo(false);
                assertThat(words(container, "securityContext", "capabilities", "drop"))
                        .as(what)
                        .containsExactly("ALL");
                assertThat(of(container, "resources", "limits", "memory"))
                        .as(what)
                        .isNotNull();
                assertThat(of(container, "resources", "requests", "cpu"))
                        .as(what)
                        .isNotNull();
            }
        }
    }

    @Test
    void usersAreThoseOfTheImages() throws IOException {
        String image = Files.readString(Guide.HOME.resolve("deploy/hinomi/Containerfile"));
        for (Manifest workload : manifests.workloads()) {
            if (workload.containers().stream()
                    .anyMatch(each -> text(each, "image").equals("hinomi"))) {
                assertThat(image).contains("--uid " + text(workload.pod(), "securityContext", "runAsUser") + " ");
            }
        }
        assertThat(Files.readString(Guide.HOME.resolve("deploy/city/Containerfile")))
                .contains("\nUSER 10001\n");
    }

    @Test
    void whatIsMountedIsThereAndNothingElse() {
        for (Manifest workload : manifests.workloads()) {
            Set<String> there = new TreeSet<>();
            maps(workload.pod(), "volumes").forEach(each -> there.add(text(each, "name")));
            maps(workload.object(), "spec", "volumeClaimTemplates")
                    .forEach(each -> there.add(text(each, "metadata", "name")));
            Set<String> mounted = new TreeSet<>();
            workload.containers()
                    .forEach(each -> maps(each, "volumeMounts").forEach(mount -> mounted.add(text(mount, "name"))));
            assertThat(mounted).as(workload.name()).isEqualTo(there);
            for (Map<?, ?> volume : maps(workload.pod(), "volumes")) {
                if (of(volume, "persistentVolumeClaim") != null) {
                    assertThat(manifests.ofKind("PersistentVolumeClaim"))
                            .extracting(Manifest::name)
                            .contains(text(volume, "persistentVolumeClaim", "claimName"));
                }
            }
        }
    }

    @Test
    void servicesLeadToPodsAndPoliciesOpenWhatListens() {
        for (Manifest service : manifests.ofKind("Service")) {
            List<Manifest> behind = selected(of(service.object(), "spec", "selector"));
            assertThat(behind).as(service.at()).hasSize(1);
            assertThat(ports(behind.get(0))).as(service.at()).containsAll(numbers(service.object(), "spec", "ports"));
        }
        for (Manifest workload : manifests.workloads()) {
            assertThat(of(workload.object(), "spec", "selector", "matchLabels"))
                    .as(workload.at())
                    .isIn(workload.podLabels(), Map.of("app.kubernetes.io/name", workload.name()));
            assertThat(workload.podLabels().get("app.kubernetes.io/name")).isEqualTo(workload.name());
            if (workload.kind().equals("StatefulSet")) {
                assertThat(text(workload.object(), "spec", "serviceName")).isEqualTo(workload.name());
                assertThat(manifests.ofKind("Service"))
                        .extracting(Manifest::name)
                        .contains(workload.name());
            }
            probes(workload);
        }
        for (Manifest policy : manifests.ofKind("NetworkPolicy")) {
            List<Manifest> of = selected(of(policy.object(), "spec", "podSelector", "matchLabels"));
            for (Map<?, ?> rule : maps(policy.object(), "spec", "ingress")) {
                Set<Integer> open =
                        of.stream().flatMap(each -> ports(each).stream()).collect(Collectors.toSet());
                assertThat(open).as(policy.at()).containsAll(numbers(rule, "ports"));
                for (Map<?, ?> from : maps(rule, "from")) {
                    assertThat(words(
                                    maps(from, "podSelector", "matchExpressions").stream()
                                            .findFirst()
                                            .orElse(Map.of()),
                                    "values"))
                            .as(policy.at())
                            .isSubsetOf(manifests.workloads().stream()
                                    .map(Manifest::name)
                                    .toList());
                    if (of(from, "podSelector", "matchLabels") != null) {
                        assertThat(selected(of(from, "podSelector", "matchLabels")))
                                .as(policy.at())
                                .isNotEmpty();
                    }
                }
            }
        }
    }

    private static void probes(Manifest workload) {
        for (Map<?, ?> container : workload.containers()) {
            Set<String> named = maps(container, "ports").stream()
                    .map(each -> text(each, "name"))
                    .collect(Collectors.toSet());
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                for (String how : List.of("tcpSocket", "httpGet")) {
                    if (of(container, probe, how) != null) {
                        assertThat(text(container, probe, how, "port"))
                                .as(workload.name() + " " + probe)
                                .isIn(named);
                    }
                }
            }
        }
    }

    private List<Manifest> selected(Object labels) {
        return manifests.workloads().stream()
                .filter(each ->
                        labels == null || each.podLabels().entrySet().containsAll(((Map<?, ?>) labels).entrySet()))
                .toList();
    }

    private static Set<Integer> ports(Manifest workload) {
        return workload.containers().stream()
                .flatMap(each -> maps(each, "ports").stream())
                .map(each -> (Integer) each.get("containerPort"))
                .collect(Collectors.toSet());
    }

    private static List<Integer> numbers(Object from, String... path) {
        return maps(from, path).stream().map(each -> (Integer) each.get("port")).toList();
    }

    /** Every setting is one that the compose file knows for the same part, with the same command. */
    @Test
    void partsAreSetUpAsInTheComposeFile() {
        Map<?, ?> services =
                (Map<?, ?>) of(Manifests.documents(compose).iterator().next(), "services");
        for (Manifest workload : manifests.workloads()) {
            Map<?, ?> service = (Map<?, ?>) services.get(workload.name());
            assertThat(service).as(workload.name()).isNotNull();
            Map<?, ?> container =
                    workload.containers().get(workload.containers().size() - 1);
            assertThat(words(container, "args")).as(workload.name()).isEqualTo(words(service, "command"));
            assertThat(words(container, "command")).as(workload.name()).isEqualTo(words(service, "entrypoint"));
            Set<String> known = new TreeSet<>();
            ((Map<?, ?>) of(service, "environment")).keySet().forEach(each -> known.add(String.valueOf(each)));
            Map<String, String> set = variables(container);
            set.keySet().removeAll(Set.of("KAFKA_HEAP_OPTS", "HINOMI_PARTITIONS"));
            assertThat(known).as(workload.name()).containsAll(set.keySet());
            // What the compose file sets without a variable, nobody forgot here; the rest has a default or a secret.
            ((Map<?, ?>) of(service, "environment")).forEach((name, value) -> {
                if (!String.valueOf(value).startsWith("${")) {
                    assertThat(set).as(workload.name()).containsKey(String.valueOf(name));
                }
            });
        }
    }

    private Map<String, String> variables(Map<?, ?> container) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Map<?, ?> from : maps(container, "envFrom")) {
            if (of(from, "configMapRef") != null) {
                Map<?, ?> generated = maps(kustomization, "configMapGenerator").stream()
                        .filter(each -> text(each, "name").equals(text(from, "configMapRef", "name")))
                        .findFirst()
                        .orElseThrow();
                for (String literal : words(generated, "literals")) {
                    variables.put(literal.split("=", 2)[0], literal.split("=", 2)[1]);
                }
            }
        }
        maps(container, "env").forEach(each -> variables.put(text(each, "name"), text(each, "value")));
        return variables;
    }

    /** The guide makes every secret that is asked for, with every key. */
    @Test
    void secretsAreMadeByTheGuideAndNoneIsHere() throws IOException {
        String guide = Guide.read("docs/operations.md").text();
        List<String> asked = new ArrayList<>();
        for (Manifest workload : manifests.workloads()) {
            for (Map<?, ?> container : workload.containers()) {
                for (Map<?, ?> each : maps(container, "env")) {
                    if (of(each, "valueFrom", "secretKeyRef") != null) {
                        asked.add(text(each, "valueFrom", "secretKeyRef", "name") + " --from-literal="
                                + text(each, "valueFrom", "secretKeyRef", "key") + "=");
                    } else if (text(each, "name").matches(".*(PASSWORD|TOKEN|SECRET)")) {
                        assertThat(of(each, "value")).as(text(each, "name")).isNull();
                    }
                }
            }
        }
        assertThat(asked).hasSize(3).allMatch(guide::contains);
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file)).doesNotContainPattern("(PASSWORD|TOKEN|SECRET)=.");
            }
        }
        assertThat(manifests.ofKind("Secret")).isEmpty();
    }

    /** Addresses within the cluster name services and their ports. */
    @Test
    void partsFindEachOther() {
        Map<String, Set<Integer>> services = manifests.ofKind("Service").stream()
                .collect(Collectors.toMap(Manifest::name, each -> Set.copyOf(numbers(each.object(), "spec", "ports"))));
        Map<?, ?> alerting = container("alerting");
        assertThat(variables(alerting))
                .containsEntry("HINOMI_KAFKA", "kafka:19092")
                .containsEntry("HINOMI_DATABASE_URL", "jdbc:postgresql://postgres:5432/hinomi")
                .containsEntry("HINOMI_FLINK_REST", "http://jobmanager:8081");
        assertThat(services.get("kafka")).contains(19092);
        assertThat(services.get("postgres")).contains(5432);
        assertThat(services.get("jobmanager")).contains(8081);
        assertThat(variables(container("kafka")).get("KAFKA_ADVERTISED_LISTENERS"))
                .isEqualTo("INTERNAL://kafka:19092");
        assertThat(text(manifests.ofKind("ConfigMap").get(0).object(), "data", "FLINK_PROPERTIES"))
                .contains(
                        "jobmanager.rpc.address: jobmanager\n",
                        "execution.checkpointing.dir: file:///opt/flink/checkpoints\n");
        // As many tasks as the TaskManagers have slots for.
        assertThat(variables(container("jobmanager"))).containsEntry("HINOMI_PARALLELISM", "2");
    }

    private Map<?, ?> container(String workload) {
        Manifest of = manifests.workloads().stream()
                .filter(each -> each.name().equals(workload))
                .findFirst()
                .orElseThrow();
        return of.containers().get(of.containers().size() - 1);
    }
}
