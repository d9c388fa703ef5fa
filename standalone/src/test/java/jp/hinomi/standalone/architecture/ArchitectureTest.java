package jp.hinomi.standalone.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between modules, and what each may know: section 2 of the design. */
@AnalyzeClasses(packages = "jp.hinomi", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] FLINK_AND_ESPER = {"org.apache.flink..", "com.espertech.."};
    private static final String[] HOSTS = {
        "org.springframework..", "org.apache.flink..", "jakarta.servlet..", "org.thymeleaf..", "java.sql.."
    };

    @ArchTest
    static final ArchRule modules_depend_only_along_the_arrows = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("events")
            .definedBy("jp.hinomi.events..")
            .layer("city")
            .definedBy("jp.hinomi.city..")
            .layer("ingest")
            .definedBy("jp.hinomi.ingest..")
            .layer("rules")
            .definedBy("jp.hinomi.rules..")
            .layer("correlation-jobs")
            .definedBy("jp.hinomi.correlation..")
            .layer("alerting")
            .definedBy("jp.hinomi.alerting..")
            .layer("embedded")
            .definedBy("jp.hinomi.embedded..")
            .layer("standalone")
            .definedBy("jp.hinomi.standalone..")
            .whereLayer("events")
            .mayNotAccessAnyLayer()
            .whereLayer("embedded")
            .mayNotAccessAnyLayer()
            .whereLayer("city")
            .mayOnlyAccessLayers("events")
            .whereLayer("ingest")
            .mayOnlyAccessLayers("events", "city")
            .whereLayer("rules")
            .mayOnlyAccessLayers("events")
            .whereLayer("correlation-jobs")
            .mayOnlyAccessLayers("events", "ingest", "rules", "city")
            .whereLayer("alerting")
            .mayOnlyAccessLayers("events", "rules", "city")
            .whereLayer("standalone")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule only_correlation_jobs_know_flink_and_esper = noClasses()
            .that()
            .resideOutsideOfPackage("jp.hinomi.correlation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FLINK_AND_ESPER);

    @ArchTest
    static final ArchRule the_correlation_engine_knows_no_flink = noClasses()
            .that()
            .resideInAPackage("jp.hinomi.correlation.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..");

    @ArchTest
    static final ArchRule esper_stays_behind_the_engine = noClasses()
            .that()
            .resideOutsideOfPackage("jp.hinomi.correlation.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.espertech..");

    @ArchTest
    static final ArchRule only_alerting_knows_spring = noClasses()
            .that()
            .resideOutsideOfPackage("jp.hinomi.alerting..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..");

    /** Matching, correlation semantics, routing and escalation are plain Java. */
    @ArchTest
    static final ArchRule decisions_know_neither_spring_nor_flink = noClasses()
            .that()
            .resideInAnyPackage(
                    "jp.hinomi.events..",
                    "jp.hinomi.city..",
                    "jp.hinomi.rules..",
                    "jp.hinomi.ingest.decode..",
                    "jp.hinomi.correlation.engine..",
                    "jp.hinomi.correlation.stage..",
                    "jp.hinomi.alerting.routing..",
                    "jp.hinomi.alerting.escalation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HOSTS);

    /** A decision that asks the clock itself cannot be replayed. */
    @ArchTest
    static final ArchRule decisions_are_told_the_time = noClasses()
            .that()
            .resideInAnyPackage(
                    "jp.hinomi.city..",
                    "jp.hinomi.rules..",
                    "jp.hinomi.ingest.decode..",
                    "jp.hinomi.correlation.engine..",
                    "jp.hinomi.correlation.stage..",
                    "jp.hinomi.alerting.routing..",
                    "jp.hinomi.alerting.escalation..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.LocalDate.class, "now")
            .orShould()
            .callMethod(java.time.ZonedDateTime.class, "now");

    @ArchTest
    static final ArchRule events_need_jackson_only = classes()
            .that()
            .resideInAPackage("jp.hinomi.events..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..", "jp.hinomi.events..", "com.fasterxml.jackson..", "org.yaml.snakeyaml.."));

    @ArchTest
    static final ArchRule modules_have_no_cycles =
            slices().matching("jp.hinomi.(*)..").should().beFreeOfCycles();

    /** If the class path were read wrongly, every rule above would hold for nothing. */
    @ArchTest
    static void all_modules_are_looked_at(JavaClasses all) {
        for (String module :
                new String[] {"events", "city", "ingest", "rules", "correlation", "alerting", "embedded", "standalone"
                }) {
            if (all.stream().noneMatch(type -> type.getPackageName().startsWith("jp.hinomi." + module))) {
                throw new AssertionError("no class of " + module + " was found");
            }
        }
    }
}
