package jp.hinomi.alerting.incident.axis;

import java.util.Objects;

/**
 * What happened in one lane in one column of the drawing.
 *
 * @param lane the id of a stakeholder, or {@link Drawing#EVENTS}
 * @param kind the word of a type of entry, or {@code event}
 * @param column counted from 0
 * @param entry one of them, to point to; 0 if there is none
 */
public record Cell(String lane, String kind, int column, int count, long entry) {
    public Cell {
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(kind, "kind");
    }
}
