package jp.hinomi.standalone.backtest;

import java.util.List;

/**
 * Who is told of an alert.
 *
 * @param stakeholders ids, in order
 * @param gap true if the city's map has a hole there, so that the promoter is told instead
 */
public record Audience(List<String> stakeholders, boolean gap) {
    public Audience {
        stakeholders = stakeholders.stream().distinct().sorted().toList();
    }
}
