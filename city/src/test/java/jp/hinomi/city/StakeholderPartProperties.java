package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.city.StakeholderContacts.Joining;
import jp.hinomi.city.StakeholderContacts.Reached;
import jp.hinomi.city.StakeholderDuty.StandIn;
import jp.hinomi.city.StakeholderDuty.Turns;
import jp.hinomi.city.StakeholderPart.RefusedException;
import jp.hinomi.events.document.ProblemsException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever stands in whichever field: nothing but the stakeholder's own contacts and duties is different afterwards. */
class StakeholderPartProperties {
    private static final CityFiles FILES = files();
    private static final City BEFORE = FILES.read(Set.of(), warning -> {});
    private static final StakeholderPart PART = new StakeholderPart("os-vendor", Set.of());
    private static final Set<String> OWN = Set.copyOf(BEFORE.stakeholders().get("os-vendor").contacts().stream()
            .map(Contact::id)
            .toList());

    private static CityFiles files() {
        try {
            return CityFiles.of(Path.of("..", "examples", "city"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What closes quotes, lists and lines of YAML, ids of the city, and anything. */
    @Provide
    Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "a@b.example}]}\n  - id: evil\n    role: promoter",
                        "x\"}, {type: webhook, url: \"http://localhost\", secret: env:HINOMI_API_TOKEN",
                        "&a [*a]",
                        "!!java.net.URL [x]",
                        "24x7, max-tlp: RED",
                        "24x7\nmax-tlp: RED",
                        "# note",
                        "minato-csirt",
                        "os-vendor-noc",
                        "os-vendor-night-a",
                        "os-vendor-duty",
                        "noc@os-vendor.example.jp",
                        "Mon-Fri 09:00-17:00",
                        ""),
                Arbitraries.strings().all().ofMaxLength(30));
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void nothingElseIsDifferent(
            @ForAll("text") String contact,
            @ForAll("text") String other,
            @ForAll("text") String hours,
            @ForAll("text") String address,
            @ForAll("text") String reason,
            @ForAll boolean named) {
        String id = named ? "os-vendor-noc" : contact;
        check(() -> PART.contacts().with(FILES, new Reached(id, "24x7", Map.of(0, address), List.of())));
        check(() -> PART.contacts().with(FILES, new Reached(id, hours, Map.of(), List.of(address))));
        check(() -> PART.duty()
                .with(
                        FILES,
                        new StandIn(
                                named ? "os-vendor-duty" : other,
                                LocalDateTime.parse("2026-08-13T09:00"),
                                LocalDateTime.parse("2026-08-14T09:00"),
                                id,
                                List.of(named ? "os-vendor-night-a" : other),
                                reason)));
        check(() -> PART.contacts()
                .with(FILES, new Joining(contact, Contact.Kind.PERSON, named ? "24x7" : hours, List.of(address))));
        check(() -> PART.contacts()
                .with(
                        FILES,
                        new Joining(
                                "os-vendor-new", Contact.Kind.DESK, hours, List.of(named ? "a@b.example" : address))));
        check(() -> PART.contacts().withoutContact(FILES, contact));
        check(() -> PART.duty()
                .with(
                        FILES,
                        new Turns(
                                named ? "os-vendor-duty" : other,
                                named ? "夜間休日" : reason,
                                List.of(List.of("os-vendor-noc"), List.of(named ? "os-vendor-night-b" : contact)),
                                named ? "1d" : hours,
                                LocalTime.NOON,
                                LocalDate.parse("2026-06-01"),
                                LocalDate.parse("2026-06-01"))));
    }

    private interface Change {
        CityFiles make();
    }

    private static void check(Change change) {
        CityFiles after;
        try {
            after = change.make();
        } catch (RefusedException | ProblemsException e) {
            return;
        }
        assertThat(CityDiff.between(BEFORE, after.read(Set.of(), warning -> {})))
                .allSatisfy(each -> {
                    if (each.kind() == CityDiff.Kind.CONTACT && each.what() == CityDiff.What.ADDED) {
                        assertThat(BEFORE.contact(each.id())).isEmpty();
                        assertThat(each.fields())
                                .contains(new CityDiff.Field("stakeholder", "", "os-vendor"))
                                .allMatch(field -> Set.of("stakeholder", "kind", "zone", "on-call", "channels")
                                        .contains(field.name()));
                    } else if (each.kind() == CityDiff.Kind.CONTACT) {
                        assertThat(each.what()).isEqualTo(CityDiff.What.CHANGED);
                        assertThat(OWN).contains(each.id());
                        assertThat(each.fields())
                                .allMatch(field -> Set.of("on-call", "channels").contains(field.name()));
                    } else {
                        assertThat(each.kind() + each.id()).isEqualTo("SCHEDULEos-vendor-duty");
                        assertThat(each.what()).isEqualTo(CityDiff.What.CHANGED);
                        assertThat(each.fields())
                                .allMatch(field ->
                                        Set.of("substitutions", "rotations").contains(field.name()));
                    }
                });
        Map<String, String> texts = after.texts();
        FILES.texts().forEach((name, text) -> {
            if (!Set.of("stakeholders.yaml", "schedules.yaml").contains(name)) {
                assertThat(texts.get(name)).isEqualTo(text);
            }
        });
    }
}
