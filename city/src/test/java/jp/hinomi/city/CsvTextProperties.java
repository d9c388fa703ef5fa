package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a cell comes back, and nothing that a spreadsheet would calculate leaves. */
class CsvTextProperties {
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void rowsComeBack(@ForAll("rows") List<List<String>> rows) {
        String text = CsvText.write(rows);
        List<List<String>> read = new ArrayList<>();
        CsvText.read("t.csv", text, problem -> {
                    throw new AssertionError(problem);
                })
                .forEach(row -> read.add(row.stream().map(CsvText.Cell::text).toList()));
        assertThat(read)
                .isEqualTo(rows.stream()
                        .filter(row -> row.stream().anyMatch(cell -> !cell.isBlank()))
                        .toList());
        for (List<String> row : rows) {
            String line = CsvText.write(List.of(row));
            assertThat(line.charAt(0)).isNotIn('=', '+', '-', '@');
            assertThat(line).doesNotContainPattern("(,|^)\"?[=+@-].*");
        }
    }

    @Provide
    Arbitrary<List<List<String>>> rows() {
        return Arbitraries.strings()
                .withChars("=+-@'\"\n\r a1市,\t".replace(",", ""))
                .ofMaxLength(6)
                .list()
                .ofSize(3)
                .list()
                .ofMaxSize(5);
    }
}
