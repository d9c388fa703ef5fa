package jp.hinomi.alerting.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.proposal.ProposalRefusal;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Pattern KEY = Pattern.compile("#\\{([a-z0-9.-]+)[}(]");

    private static Properties read(String file) throws IOException {
        Properties messages = new Properties();
        try (Reader reader = new InputStreamReader(
                Texts.class.getResourceAsStream("/jp/hinomi/alerting/" + file), StandardCharsets.UTF_8)) {
            messages.load(reader);
        }
        return messages;
    }

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        Properties english = read("messages.properties");
        Properties japanese = read("messages_ja.properties");
        assertThat(english.stringPropertyNames()).isEqualTo(japanese.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            int arguments = new MessageFormat(english.getProperty(key)).getFormatsByArgumentIndex().length;
            assertThat(new MessageFormat(japanese.getProperty(key)).getFormatsByArgumentIndex())
                    .as(key)
                    .hasSize(arguments);
            assertThat(japanese.getProperty(key)).as(key).isNotBlank();
        }
    }

    @Test
    void whateverIsRefusedHasItsWords() throws IOException {
        Set<String> known = read("messages.properties").stringPropertyNames();
        for (CaseworkRefusal.Why why : CaseworkRefusal.Why.values()) {
            assertThat(known).contains(why.key());
        }
        for (ProposalRefusal.Why why : ProposalRefusal.Why.values()) {
            assertThat(known).contains("proposal.refused." + why.word());
        }
        assertThat(new CaseworkRefusal(CaseworkRefusal.Why.MERGED, "INC-1", "INC-2"))
                .hasMessage("INC-1 was merged into INC-2: use that one.");
        assertThat(new CaseworkRefusal(CaseworkRefusal.Why.TASKS_MANY, 1000)).hasMessageContaining("1000 tasks");
    }

    @Test
    void templatesAskOnlyForWhatThereIs() throws IOException {
        Set<String> known = read("messages.properties").stringPropertyNames();
        Set<String> missing = new TreeSet<>();
        Path templates = Path.of("src/main/resources/jp/hinomi/alerting/templates");
        try (Stream<Path> files = Files.walk(templates)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher keys = KEY.matcher(Files.readString(file));
                while (keys.find()) {
                    if (!known.contains(keys.group(1))) {
                        missing.add(file.getFileName() + ": " + keys.group(1));
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }
}
