package jp.hinomi.alerting.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.CityFiles;
import org.junit.jupiter.api.Test;

/** What a stakeholder's proposal would take along is said before somebody approves it. */
class OwnChangesTest {
    private static final Texts TEXTS = new Texts(Texts.source());

    private static CityFiles files(String stakeholders) {
        TreeMap<String, String> texts = new TreeMap<>();
        texts.put("stakeholders.yaml", stakeholders);
        texts.put("city.yaml", "city: minato # ours\n");
        return new CityFiles(texts);
    }

    @Test
    void commentsThatGoAreNamedOnceEach() {
        List<OwnChange> gone = OwnChanges.notes(
                files("a: 1 # same\nb: 2 # same\n# 夜間のみ\nc: 3\nd: \"# no comment\"\n"), files("a: 1 # same\nb: 4\n"));
        assertThat(gone)
                .containsExactly(
                        new OwnChange.NoteGoes("stakeholders.yaml", "same"),
                        new OwnChange.NoteGoes("stakeholders.yaml", "夜間のみ"));
        assertThat(new OwnWords(TEXTS, "ja").of(gone.get(1))).isEqualTo("stakeholders.yaml の注釈「夜間のみ」は一緒になくなる");
        assertThat(new OwnWords(TEXTS, "en").of(gone.get(1)))
                .isEqualTo("The comment “夜間のみ” in stakeholders.yaml goes with it");
    }
}
