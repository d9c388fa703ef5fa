package jp.hinomi.alerting.suppress;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.city.Silence;

/** Holds back what falls into a silence or a maintenance window. Pure. */
final class Quiet {
    /** Windows that follow each other without a gap are one; more than so many are looked at when the last is over. */
    private static final int MOST = 50;

    private Quiet() {}

    static Optional<Hold> decide(List<Silence> silences, Map<String, Set<String>> labels, Instant now) {
        List<Silence> concerning = silences.stream()
                .filter(silence -> silence.match().match(labels))
                .toList();
        Silence first = null;
        Instant until = now;
        for (int i = 0; i < MOST; i++) {
            Silence next = null;
            Instant end = until;
            for (Silence silence : concerning) {
                Instant over = silence.activeUntil(until).orElse(until);
                if (over.isAfter(end)) {
                    end = over;
                    next = silence;
                }
            }
            if (next == null) {
                break;
            }
            first = first == null ? next : first;
            until = end;
        }
        if (first == null) {
            return Optional.empty();
        }
        boolean maintenance = first.kind() == Silence.Kind.MAINTENANCE;
        Hold.Kind kind = maintenance ? Hold.Kind.MAINTENANCE : Hold.Kind.SILENCE;
        return Optional.of(new Hold(
                kind,
                Hold.inbox(kind, first.id()),
                new Bilingual(
                        (maintenance ? "メンテナンス" : "サイレンス") + "「" + first.id() + "」（" + first.owner() + "："
                                + first.reason() + "）の間は保留します。",
                        "Held during the " + first.kind().word() + " '" + first.id() + "' (" + first.owner() + ": "
                                + first.reason() + ")."),
                until));
    }
}
