package jp.hinomi.alerting.own;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Contact;
import jp.hinomi.city.schedule.Rotation;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.city.schedule.Shift;

/** Says to people, in one language, what is to be otherwise. Stateless. */
public final class OwnWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private static final Map<String, String> DAYS =
            Map.of("Mon", "月", "Tue", "火", "Wed", "水", "Thu", "木", "Fri", "金", "Sat", "土", "Sun", "日");

    private final Texts texts;
    private final String language;

    public OwnWords(Texts texts, String language) {
        this.texts = texts;
        this.language = language;
    }

    /** One sentence. */
    public String of(OwnChange change) {
        if (change instanceof OwnChange.Joins joins) {
            Contact contact = joins.contact();
            return get(
                    "joins",
                    contact.id(),
                    texts.get(language, "own.kind." + contact.kind().word()),
                    hours(contact.onCall()),
                    contact.channels().stream().map(this::channel).collect(Collectors.joining(separator())));
        } else if (change instanceof OwnChange.Leaves leaves) {
            return get("leaves", leaves.contact());
        } else if (change instanceof OwnChange.Hours hours) {
            return get("hours", hours.contact(), hours(hours.before()), hours(hours.after()));
        } else if (change instanceof OwnChange.Address address) {
            return get(
                    address.comes() ? "address.comes" : "address.goes", address.contact(), channel(address.channel()));
        } else if (change instanceof OwnChange.StandsIn standIn) {
            return get(
                    standIn.comes() ? "stand-in.comes" : "stand-in.goes",
                    time(standIn.substitution().from()),
                    time(standIn.substitution().to()),
                    String.join(separator(), standIn.substitution().onDuty()),
                    standIn.substitution().replaces().orElseGet(() -> texts.get(language, "own.map.stand-in.anybody")),
                    name(standIn.schedule()));
        } else if (change instanceof OwnChange.Turns turns) {
            return turns.after().turns().size() == 1
                    ? get(
                            "always",
                            name(turns.schedule()),
                            turns.after().name(),
                            OwnChange.people(turns.after()).get(0))
                    : get("turns", name(turns.schedule()), turns.after().name(), turns(turns.after()));
        }
        if (change instanceof OwnChange.NoteGoes goes) {
            return get("note", goes.file(), goes.note());
        }
        OwnChange.Other other = (OwnChange.Other) change;
        return get("other", other.kind(), other.id());
    }

    private String get(String key, Object... details) {
        return texts.get(language, "own.change." + key, details);
    }

    /** Who takes turns, for how long each, and when they change. */
    public String turns(Rotation rotation) {
        List<String> people = OwnChange.people(rotation);
        if (people.size() == 1) {
            return people.get(0);
        }
        return texts.get(
                language,
                "own.turns.line",
                String.join(" → ", people),
                rotation.shift().map(this::shift).orElse(""),
                rotation.handOver().toString(),
                rotation.from().map(Object::toString).orElse(""));
    }

    private String shift(Shift shift) {
        return texts.get(
                language, "own.shift." + shift.unit().name().toLowerCase(java.util.Locale.ROOT), shift.length());
    }

    private String channel(Channel channel) {
        return texts.find(language, "own.channel." + channel.type()).orElse(channel.type()) + " " + channel.address();
    }

    /** {@code 24x7} and {@code Mon-Fri 09:00-17:00} as people say it. */
    public String hours(String onCall) {
        if (onCall.equals(Contact.ALWAYS)) {
            return texts.get(language, "own.hours.always");
        }
        String said = onCall;
        if ("ja".equals(language)) {
            said = said.replaceAll("([A-Z][a-z]{2})-([A-Z][a-z]{2})", "$1～$2");
            for (Map.Entry<String, String> day : DAYS.entrySet()) {
                said = said.replace(day.getKey(), day.getValue());
            }
        }
        return said;
    }

    private String name(Schedule schedule) {
        return schedule.name().getOrDefault(language, schedule.name().getOrDefault("ja", schedule.id()));
    }

    private String separator() {
        return texts.get(language, "list.separator");
    }

    private static String time(LocalDateTime time) {
        return TIME.format(time);
    }
}
