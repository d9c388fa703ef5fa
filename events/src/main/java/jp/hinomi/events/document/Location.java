package jp.hinomi.events.document;

import java.io.Serializable;

/**
 * A place in a document.
 *
 * @param line counted from 1; 0 for the whole file
 * @param column counted from 1; 0 for the whole line
 */
public record Location(String file, int line, int column) implements Serializable {
    public static Location ofFile(String file) {
        return new Location(file, 0, 0);
    }
}
