package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import jp.hinomi.city.report.Circumstance;
import jp.hinomi.city.report.FormField;
import jp.hinomi.city.report.Prefill;
import jp.hinomi.city.report.ReportForm;
import jp.hinomi.city.report.Stage;
import jp.hinomi.events.document.ProblemsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFormFilesTest {
    @TempDir
    Path folder;

    private City city(String form) throws Exception {
        new CityFolder(folder);
        Files.createDirectories(folder.resolve("reports"));
        Files.writeString(folder.resolve("reports/own.yaml"), form);
        return CityReader.read(folder, problem -> {});
    }

    @Test
    void ourOwnFormsAreWholeAndInBothLanguages() {
        Map<String, ReportForm> forms = ReportFormFiles.builtIn();
        assertThat(forms).containsOnlyKeys("stakeholder", "personal-data-leak", "ransomware", "ddos", "cyber-incident");
        forms.values().forEach(form -> {
            assertThat(form.name()).as(form.id()).containsOnlyKeys("ja", "en");
            form.sections().forEach(section -> assertThat(section.title()).containsOnlyKeys("ja", "en"));
            form.fields()
                    .forEach(field -> assertThat(field.label()).as(field.id()).containsOnlyKeys("ja", "en"));
            assertThat(form.stages()).hasSize(3);
        });
        assertThat(forms.get("personal-data-leak").fields().map(FormField::id))
                .containsSubsequence(
                        "overview",
                        "data-items",
                        "people",
                        "cause",
                        "secondary",
                        "notified-people",
                        "publication",
                        "prevention",
                        "other");
        assertThat(forms.get("personal-data-leak").appliesWhen()).isEqualTo(Set.of(Circumstance.PERSONAL_DATA));
    }

    @Test
    void aCityAddsItsOwnAndReplacesOurs() throws Exception {
        City city = city("""
                form: ddos
                version: 7
                name: {ja: 県への報告}
                recipient: {kind: authority, stakeholder: hall}
                stages:
                  - {stage: initial, name: {ja: 第一報}, due: {within: 24h}}
                sections:
                  - title: {ja: 全部}
                    fields: [{id: what, label: {ja: 何が}, from: alerts}]
                """);
        ReportForm form = city.reportForms().get("ddos");
        assertThat(form.version()).isEqualTo(7);
        assertThat(form.stage(Stage.INITIAL).orElseThrow().due()).isPresent();
        assertThat(form.fields().findFirst().orElseThrow().from()).contains(Prefill.ALERTS);
        assertThat(city.reportForms()).containsKey("ransomware");
    }

    @Test
    void everyMistakeIsSaidAtOnceWithItsPlace() {
        assertThatThrownBy(() -> city("""
                        form: own
                        version: one
                        name: {ja: 報告}
                        recipient: {kind: authorty, stakeholder: nobody}
                        applies-when: [weather]
                        stages:
                          - {stage: initial, name: {ja: 速報}, due: {days: 3, target: 5}}
                        sections:
                          - title: {ja: 全部}
                            fields: [{id: what, label: {ja: 何が}, from: alert, colour: red}]
                        """)).isInstanceOfSatisfying(ProblemsException.class, e -> {
            e.problems().forEach(CityFolder::assertJapanese);
            assertThat(e.problems())
                    .extracting(problem -> problem.line() + " " + problem.code())
                    .contains(
                            "2 bad-number",
                            "4 unknown-kind",
                            "4 unknown-stakeholder",
                            "5 unknown-circumstance",
                            "7 bad-form",
                            "10 unknown-prefill",
                            "10 unknown-key");
        });
    }
}
