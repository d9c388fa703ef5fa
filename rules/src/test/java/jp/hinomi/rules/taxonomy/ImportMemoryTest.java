package jp.hinomi.rules.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What makes an import look at everything again. */
class ImportMemoryTest {
    @Test
    void anotherReleaseOrTableForgetsWhatTheLastImportFound() {
        SortedMap<String, byte[]> tables = ImportMemory.tables();
        assertThat(tables)
                .containsOnlyKeys(
                        "controls.txt",
                        "dictionary",
                        "fields.csv",
                        "logsources.yaml",
                        "own.csv",
                        "taxonomy.yaml",
                        "values.csv")
                .allSatisfy((name, content) -> assertThat(content).isNotEmpty());
        String now = ImportMemory.version("1.0.0", tables);
        assertThat(ImportMemory.version("1.0.0", ImportMemory.tables())).isEqualTo(now);
        assertThat(ImportMemory.version("1.0.1", tables)).isNotEqualTo(now);
        for (String name : tables.keySet()) {
            SortedMap<String, byte[]> upgraded = new TreeMap<>(tables);
            byte[] content = tables.get(name).clone();
            content[0]++;
            upgraded.put(name, content);
            assertThat(ImportMemory.version("1.0.0", upgraded)).as(name).isNotEqualTo(now);
        }
    }
}
