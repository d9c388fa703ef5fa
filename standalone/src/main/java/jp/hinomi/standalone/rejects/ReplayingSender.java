package jp.hinomi.standalone.rejects;

import java.time.Clock;
import java.util.List;
import jp.hinomi.alerting.health.RejectSender;
import jp.hinomi.city.City;
import jp.hinomi.ingest.rejects.Reject;
import jp.hinomi.ingest.rejects.RejectReplay;

/** Sends rejected records again as {@code hinomi rejects replay} does; each call has its own producer. Thread-safe. */
public final class ReplayingSender implements RejectSender {
    @Override
    public Plan plan(String kafka, City city, Choice choice, int limit) {
        try (RejectReplay replay = new RejectReplay(kafka, city, Clock.systemUTC())) {
            return plan(plan(replay, choice, limit));
        }
    }

    private static RejectReplay.Plan plan(RejectReplay replay, Choice choice, int limit) {
        return replay.plan(
                choice.sinceMillis(),
                reject -> choice.accepts(jp.hinomi.alerting.health.Reject.of(reject.record())),
                limit);
    }

    private static Plan plan(RejectReplay.Plan plan) {
        return new Plan(
                places(plan),
                plan.topics(),
                plan.skipped().getOrDefault(RejectReplay.Skip.REPLAYED, 0),
                plan.skipped().getOrDefault(RejectReplay.Skip.CUT, 0),
                plan.skipped().getOrDefault(RejectReplay.Skip.NO_SOURCE, 0));
    }

    private static List<Place> places(RejectReplay.Plan plan) {
        return plan.rejects().stream()
                .map(Reject::record)
                .map(record -> new Place(record.partition(), record.offset()))
                .toList();
    }

    @Override
    public boolean send(String kafka, City city, Choice choice, List<Place> places, Progress progress) {
        try (RejectReplay replay = new RejectReplay(kafka, city, Clock.systemUTC())) {
            RejectReplay.Plan plan = plan(replay, choice, places.size());
            if (!places(plan).equals(places)) {
                return false;
            }
            replay.send(plan, (sent, total) -> progress.at(sent));
            return true;
        }
    }
}
