package jp.hinomi.alerting.text;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Something is not done, and nothing was changed: a mistake of whoever asks, unless who answers says more. Its message is English, for logs; pages and calls say it in the language of whoever
 * reads it.
 */
@ResponseStatus(HttpStatus.BAD_REQUEST)
public class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient Reason why;
    private final transient List<Object> details;

    /** @param details in the order of the texts; numbers are written without separators: 1234, never 1,234 */
    public Refused(Reason why, Object... details) {
        super(words(Objects.requireNonNull(why, "why"), strings(details), Locale.ENGLISH));
        this.why = why;
        this.details = strings(details);
    }

    private static List<Object> strings(Object... details) {
        return Stream.of(details).<Object>map(String::valueOf).toList();
    }

    public Reason why() {
        return why;
    }

    /** Japanese for those who read it, English for everybody else. */
    public String in(Locale locale) {
        return words(why, details, locale);
    }

    /** All that is wrong at once; at least one. */
    public static Refused all(List<Refused> several) {
        return several.size() == 1 ? several.get(0) : new Several(several);
    }

    /** The several that it may be made of, else itself. */
    public List<Refused> each() {
        return List.of(this);
    }

    private static final class Several extends Refused {
        private static final long serialVersionUID = 1L;

        private final transient List<Refused> all;

        Several(List<Refused> several) {
            super(several.get(0).why, several.get(0).details.toArray());
            this.all = List.copyOf(several);
        }

        @Override
        public String getMessage() {
            return in(Locale.ENGLISH);
        }

        @Override
        public List<Refused> each() {
            return all;
        }

        @Override
        public String in(Locale locale) {
            return all.stream().map(each -> each.in(locale)).collect(Collectors.joining(isJapanese(locale) ? "" : " "));
        }
    }

    /** The refusal that the failure is, or was caused by. */
    public static Optional<Refused> of(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Refused refused) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }

    private static boolean isJapanese(Locale locale) {
        return Locale.JAPANESE.getLanguage().equals(locale.getLanguage());
    }

    private static String words(Reason why, List<Object> details, Locale locale) {
        boolean japanese = isJapanese(locale);
        ResourceBundle texts =
                ResourceBundle.getBundle("jp.hinomi.alerting.messages", japanese ? Locale.JAPANESE : Locale.ROOT);
        return new MessageFormat(texts.getString(why.key()), japanese ? Locale.JAPANESE : Locale.ENGLISH)
                .format(details.toArray());
    }
}
