package jp.hinomi.alerting.own;

import java.util.List;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Contact;
import jp.hinomi.city.schedule.Rotation;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.city.schedule.Substitution;

/** One thing that a stakeholder wants to be otherwise in its own part of the map, as it means it: not as the files write it. */
public sealed interface OwnChange {
    /** Somebody new. */
    record Joins(Contact contact) implements OwnChange {}

    /** Somebody goes. */
    record Leaves(String contact) implements OwnChange {}

    /** Somebody answers at other hours. */
    record Hours(String contact, String before, String after) implements OwnChange {}

    /** Somebody is reached at one more address, or at one less. */
    record Address(String contact, Channel channel, boolean comes) implements OwnChange {}

    /** Somebody takes somebody's duty, or does not after all. */
    record StandsIn(Schedule schedule, Substitution substitution, boolean comes) implements OwnChange {}

    /** Others take turns, or at other times. */
    record Turns(Schedule schedule, Rotation after) implements OwnChange {}

    /** What people noted in the files about something that goes, or where the text cannot be changed without losing it. */
    record NoteGoes(String file, String note) implements OwnChange {}

    /** What no page and no call proposes: whoever looks at it is told at least that it is there. @param kind as files name it */
    record Other(String kind, String id) implements OwnChange {}

    /** Everybody in it, for lines of text. */
    static List<String> people(Rotation rotation) {
        return rotation.turns().stream().map(turn -> String.join(" + ", turn)).toList();
    }
}
