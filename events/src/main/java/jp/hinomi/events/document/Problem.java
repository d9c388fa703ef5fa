package jp.hinomi.events.document;

import java.util.Locale;
import java.util.Objects;

/**
 * One thing that is wrong with a document that a person wrote.
 *
 * @param file as the user named it; empty for text that came from no file
 * @param line counted from 1; 0 if the problem belongs to the whole file
 * @param column counted from 1; 0 if it belongs to the whole line
 * @param severity whether the document can still be used
 * @param code stable name of the kind of problem, for filters and documentation: {@code unknown-key}
 * @param message what is wrong
 * @param remedy what to do about it
 */
public record Problem(String file, int line, int column, Level severity, String code, String message, String remedy) {
    /** Errors keep a document from being used; warnings say that it may not do what it should; hints that it could be better. */
    public enum Level {
        ERROR,
        WARNING,
        HINT;

        /** As people write it: {@code warning}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Problem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(remedy, "remedy");
    }

    public static Problem of(Level severity, Location at, String code, String message, String remedy) {
        return new Problem(at.file(), at.line(), at.column(), severity, code, message, remedy);
    }

    public static Problem error(Location at, String code, String message, String remedy) {
        return of(Level.ERROR, at, code, message, remedy);
    }

    public static Problem warning(Location at, String code, String message, String remedy) {
        return of(Level.WARNING, at, code, message, remedy);
    }

    public boolean isError() {
        return severity == Level.ERROR;
    }

    /** {@code stakeholders.yaml:12:5: error: … — remedy [code]}: the form that editors and terminals link. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file.isEmpty() ? "(input)" : file);
        if (line > 0) {
            text.append(':').append(line);
            if (column > 0) {
                text.append(':').append(column);
            }
        }
        text.append(": ").append(severity.word()).append(": ").append(message);
        if (!remedy.isEmpty()) {
            text.append(" — ").append(remedy);
        }
        return text.append(" [").append(code).append(']').toString();
    }
}
