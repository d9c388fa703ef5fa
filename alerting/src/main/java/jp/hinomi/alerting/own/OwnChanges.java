package jp.hinomi.alerting.own;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.CityDiff;
import jp.hinomi.city.CityFiles;
import jp.hinomi.city.Contact;
import jp.hinomi.city.schedule.Rotation;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.city.schedule.Substitution;
import jp.hinomi.events.document.YamlReader;

/** What two versions of the map mean for a stakeholder's own part. Stateless. */
final class OwnChanges {
    private OwnChanges() {}

    /** In the order of the map's own comparison; nothing that is different is left out. */
    static List<OwnChange> between(City before, City after) {
        List<OwnChange> changes = new ArrayList<>();
        for (CityDiff.Change change : CityDiff.between(before, after)) {
            switch (change.kind()) {
                case CONTACT -> contact(change.id(), before, after, changes);
                case SCHEDULE ->
                    schedule(
                            change,
                            Optional.ofNullable(before.schedules().get(change.id())),
                            Optional.ofNullable(after.schedules().get(change.id())),
                            changes);
                case RESPONSIBILITY, RESOURCE, STAKEHOLDER, ESCALATION, SOURCE, TEMPLATE, SETTING ->
                    changes.add(other(change));
            }
        }
        return changes;
    }

    /** Comments of whoever keeps the files that would not be there any more. */
    static List<OwnChange> notes(CityFiles before, CityFiles after) {
        List<OwnChange> changes = new ArrayList<>();
        before.texts().forEach((file, text) -> {
            String wanted = after.texts().getOrDefault(file, "");
            if (!file.startsWith(CityFiles.TEMPLATES) && !wanted.equals(text)) {
                List<String> gone = new ArrayList<>(YamlReader.comments(text));
                YamlReader.comments(wanted).forEach(gone::remove);
                gone.forEach(note -> changes.add(new OwnChange.NoteGoes(file, note)));
            }
        });
        return changes;
    }

    private static OwnChange other(CityDiff.Change change) {
        return new OwnChange.Other(change.kind().word(), change.id());
    }

    private static void contact(String id, City before, City after, List<OwnChange> changes) {
        Optional<Contact> was = before.contact(id).map(City.ContactOf::contact);
        Optional<Contact> is = after.contact(id).map(City.ContactOf::contact);
        if (was.isEmpty()) {
            is.map(OwnChange.Joins::new).ifPresent(changes::add);
        } else if (is.isEmpty()) {
            changes.add(new OwnChange.Leaves(id));
        } else {
            if (!was.get().onCall().equals(is.get().onCall())) {
                changes.add(new OwnChange.Hours(id, was.get().onCall(), is.get().onCall()));
            }
            without(was.get().channels(), is.get().channels())
                    .forEach(each -> changes.add(new OwnChange.Address(id, each, false)));
            without(is.get().channels(), was.get().channels())
                    .forEach(each -> changes.add(new OwnChange.Address(id, each, true)));
        }
    }

    private static List<Channel> without(List<Channel> channels, List<Channel> others) {
        return channels.stream().filter(each -> !others.contains(each)).toList();
    }

    private static void schedule(
            CityDiff.Change change, Optional<Schedule> was, Optional<Schedule> is, List<OwnChange> changes) {
        if (was.isEmpty()
                || is.isEmpty()
                || was.get().rotations().size() != is.get().rotations().size()) {
            changes.add(other(change));
            return;
        }
        for (int i = 0; i < is.get().rotations().size(); i++) {
            Rotation rotation = is.get().rotations().get(i);
            if (!rotation.equals(was.get().rotations().get(i))) {
                changes.add(new OwnChange.Turns(is.get(), rotation));
            }
        }
        standIns(is.get(), was.get().substitutions(), is.get().substitutions(), false, changes);
        standIns(is.get(), is.get().substitutions(), was.get().substitutions(), true, changes);
    }

    private static void standIns(
            Schedule schedule,
            List<Substitution> of,
            List<Substitution> others,
            boolean comes,
            List<OwnChange> changes) {
        of.stream()
                .filter(each -> !others.contains(each))
                .forEach(each -> changes.add(new OwnChange.StandsIn(schedule, each, comes)));
    }
}
