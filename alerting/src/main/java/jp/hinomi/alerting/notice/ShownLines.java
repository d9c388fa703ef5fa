package jp.hinomi.alerting.notice;

import java.util.List;
import jp.hinomi.alerting.map.CityMap;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.events.Alert;

/** The log lines that a message would show somebody, as it would show them. Stateless. */
public final class ShownLines {
    private ShownLines() {}

    /** The newest first; none to whom is told without evidence. @param map by which it is decided who sees what */
    public static List<String> of(CityMap map, Alert alert, Recipient recipient) {
        return recipient.disclosure() == Disclosure.FULL
                ? Notices.lines(Sight.of(map.city(), map.resolver()::resolve, alert, recipient)).stream()
                        .map(Notice.Line::text)
                        .toList()
                : List.of();
    }
}
