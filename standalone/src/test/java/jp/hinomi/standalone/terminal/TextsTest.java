package jp.hinomi.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    private static final Pattern VALUE = Pattern.compile("%(\\d\\$)?[.\\d]*[sdf]");

    private static Map<String, String> read(String file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = new InputStreamReader(
                Texts.class.getResourceAsStream("/jp/hinomi/standalone/" + file), StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        Map<String, String> all = new TreeMap<>();
        properties.forEach((key, text) -> all.put(key.toString(), text.toString()));
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"texts", "help"})
    void says_everything_in_both_languages(String name) throws IOException {
        Map<String, String> english = read(name + ".properties");
        Map<String, String> japanese = read(name + "_ja.properties");
        assertThat(japanese.keySet()).isEqualTo(english.keySet());
    }

    @Test
    void puts_the_same_values_into_both_languages() throws IOException {
        Map<String, String> japanese = read("texts_ja.properties");
        read("texts.properties")
                .forEach((key, text) ->
                        assertThat(values(japanese.get(key))).as(key).isEqualTo(values(text)));
    }

    private static List<String> values(String text) {
        return VALUE.matcher(text)
                .results()
                .map(value -> value.group())
                .sorted()
                .toList();
    }

    @Test
    void speaks_the_language_that_the_option_or_the_environment_names() {
        assertThat(Texts.localeOf(List.of("up", "--lang", "ja"), Map.of("LANG", "en_US.UTF-8")))
                .isEqualTo(Locale.JAPANESE);
        assertThat(Texts.localeOf(List.of("--lang=en"), Map.of("LANG", "ja_JP.UTF-8")))
                .isEqualTo(Locale.ENGLISH);
        assertThat(Texts.localeOf(List.of(), Map.of("LC_ALL", "", "LANG", "ja_JP.UTF-8")))
                .isEqualTo(Locale.JAPANESE);
        assertThat(Texts.localeOf(List.of(), Map.of("LC_ALL", "C", "LANG", "ja_JP.UTF-8")))
                .isEqualTo(Locale.ENGLISH);
        assertThat(Texts.in(Locale.FRENCH).locale()).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void pads_by_columns_and_not_by_characters() {
        assertThat(Columns.padded("検知", 6)).isEqualTo("検知  ");
        assertThat(Columns.width("Kafka — 検知")).isEqualTo(12);
    }
}
