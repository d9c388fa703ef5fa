package jp.hinomi.alerting.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.own.OwnPartReason;
import jp.hinomi.city.StakeholderPart;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

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
        assertThat(reasons()).hasSizeGreaterThan(100).extracting(Reason::key).isSubsetOf(known);
        assertThat(new CaseworkRefusal(CaseworkRefusal.Why.MERGED, "INC-1", "INC-2"))
                .hasMessage("INC-1 was merged into INC-2: use that one.");
        assertThat(new CaseworkRefusal(CaseworkRefusal.Why.TASKS_MANY, 1000)).hasMessageContaining("1000 tasks");
    }

    /** Of every enum of reasons that there is, and of the one of another module. */
    private static List<Reason> reasons() {
        ClassPathScanningCandidateComponentProvider found = new ClassPathScanningCandidateComponentProvider(false);
        found.addIncludeFilter(new AssignableTypeFilter(Reason.class));
        List<Reason> reasons = new ArrayList<>();
        for (StakeholderPart.Why why : StakeholderPart.Why.values()) {
            reasons.add(new OwnPartReason(why));
        }
        for (BeanDefinition each : found.findCandidateComponents("jp.hinomi.alerting")) {
            Object[] constants = ClassUtils.resolveClassName(String.valueOf(each.getBeanClassName()), null)
                    .getEnumConstants();
            Stream.of(constants == null ? new Object[0] : constants)
                    .map(Reason.class::cast)
                    .forEach(reasons::add);
        }
        return reasons;
    }

    /**
     * What answers people is made of reasons alone: no words of one language reach them through a message of an exception. What is
     * named here shows what Kafka, Flink or the audit's verification said beside words of ours, or writes for logs and programs.
     */
    @Test
    void answersAreMadeOfReasons() throws IOException {
        Set<String> technical = Set.of(
                "HealthPages.java",
                "RejectPages.java",
                "AccountReset.java",
                "OidcLogin.java",
                "OidcProvider.java",
                "ProviderLogout.java",
                "Refusal.java",
                "ApiProblems.java");
        Pattern ofOneLanguage = Pattern.compile(
                "new ResponseStatusException\\([^()]*,|forStatusAndDetail|sendError\\([^()]*,|\\.getMessage\\(\\)");
        Set<String> wrong = new TreeSet<>();
        for (String part : List.of("api", "console", "own", "web", "security")) {
            Path sources = Path.of("src/main/java/jp/hinomi/alerting", part);
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Matcher matcher = ofOneLanguage.matcher(Files.readString(file));
                    if (!technical.contains(file.getFileName().toString()) && matcher.find()) {
                        wrong.add(file.getFileName() + ": " + matcher.group());
                    }
                }
            }
        }
        assertThat(wrong)
                .as("throw Refusal.bad(SomeReason.…) or new Refused(SomeReason.…), which has words in both languages")
                .isEmpty();
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
