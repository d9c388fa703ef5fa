package jp.hinomi.alerting.escalation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.city.City;
import jp.hinomi.city.schedule.Schedule;

/** Who a step's targets are at a time: contacts themselves, and those who are on duty in a schedule. Thread-safe. */
public final class Roster {
    private final CityInForce city;

    public Roster(CityInForce city) {
        this.city = city;
    }

    /**
     * A contact that a step names, directly or by a schedule.
     *
     * @param of absent if the city's files do not have it (any more)
     * @param passed why it is not told now; absent = it is
     * @param asleep true if it is passed over only because it is off call
     */
    public record Called(
            String id, Optional<City.ContactOf> of, Optional<String> via, Optional<Bilingual> passed, boolean asleep) {
        public Called {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(of, "of");
            Objects.requireNonNull(via, "via");
            Objects.requireNonNull(passed, "passed");
        }

        public boolean isTold() {
            return passed.isEmpty();
        }

        public String stakeholder() {
            return of.map(known -> known.stakeholder().id()).orElse("");
        }

        /** The same, told in spite of the hour. */
        public Called awake() {
            return asleep ? new Called(id, of, via, Optional.empty(), false) : this;
        }
    }

    /** @param refused ids of organisations that said the alert is not theirs */
    public List<Called> of(Policy.Step step, Instant at, Set<String> refused) {
        Map<String, Called> called = new LinkedHashMap<>();
        for (String target : step.targets()) {
            if (city.get().contact(target).isPresent()) {
                add(called, contact(target, Optional.empty(), at, refused));
                continue;
            }
            Schedule schedule = city.get().schedules().get(target);
            if (schedule == null) {
                called.put(target, passed(target, Optional.empty(), "連絡先が対応表にありません。", "It is gone from the map."));
                continue;
            }
            List<String> onDuty = schedule.contacts(at);
            if (onDuty.isEmpty()) {
                called.put(target, passed(target, Optional.of(target), "当番がいません。", "Nobody is on duty."));
            }
            for (String contact : onDuty) {
                add(called, contact(contact, Optional.of(target), at, refused));
            }
        }
        return new ArrayList<>(called.values());
    }

    /** Who is named twice is told if either says so. */
    private static void add(Map<String, Called> called, Called one) {
        called.merge(one.id(), one, (earlier, later) -> earlier.isTold() || !later.isTold() ? earlier : later);
    }

    private Called contact(String id, Optional<String> via, Instant at, Set<String> refused) {
        Optional<City.ContactOf> of = city.get().contact(id);
        if (of.isEmpty()) {
            return passed(id, via, "連絡先が対応表にありません。", "The contact is gone from the map.");
        }
        Optional<Bilingual> passed = Optional.empty();
        boolean asleep = false;
        if (refused.contains(of.get().stakeholder().id())) {
            passed =
                    Optional.of(new Bilingual("この組織は「担当ではない」と回答しました。", "Its organisation said that it is not theirs."));
        } else if (of.get().contact().channels().isEmpty()) {
            passed = Optional.of(new Bilingual("連絡手段がありません。", "It has no channel."));
        } else if (via.isEmpty() && !of.get().contact().answersAt(at)) {
            // Who is on duty by a schedule is, whatever the desk's usual hours are.
            passed = Optional.of(new Bilingual(
                    "対応時間外です（" + of.get().contact().onCall() + "）。",
                    "It is off call (" + of.get().contact().onCall() + ")."));
            asleep = true;
        }
        return new Called(id, of, via, passed, asleep);
    }

    private static Called passed(String id, Optional<String> via, String ja, String en) {
        return new Called(id, Optional.empty(), via, Optional.of(new Bilingual(ja, en)), false);
    }
}
