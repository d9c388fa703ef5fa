package jp.hinomi.events.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A document is written anew only where it says something else. */
class YamlEditTest {
    private static final String DUTY = """
            # 𠮷野市の当番 / who is on duty
            people:
              # first by day, 😀 then by night
              - id: day   # the desk
                hours: {on-call: "24x7", zone: Asia/Tokyo}  # all day
                reached:
                  # the main one
                  - {type: email, address: day@a.example}   # checked in May

                  # if the main one is down
                  - {type: sms, number: "+81-3"}
              # nights

              # goes on leave in June
              - id: night
                turns: [a, b]   # by age
                note: |
                  two
                  lines

            # at the end
            other: yes
            """;

    private static Node.Mapping read(String text) {
        return (Node.Mapping) YamlReader.read("x", text, problem -> {
                    throw new AssertionError(problem);
                })
                .get(0);
    }

    private static Node text(String text) {
        return new Node.Scalar(Location.ofFile(""), text, text, Location.ofFile(""));
    }

    private static Node.Mapping with(Node mapping, String key, UnaryOperator<Node> change) {
        Node.Mapping old = (Node.Mapping) mapping;
        Map<String, Node> entries = new LinkedHashMap<>(old.entries());
        entries.compute(key, (name, value) -> change.apply(value));
        return new Node.Mapping(old.at(), entries, old.keys());
    }

    private static UnaryOperator<Node> elements(UnaryOperator<List<Node>> change) {
        return list -> new Node.Sequence(list.at(), change.apply(new ArrayList<>(((Node.Sequence) list).elements())));
    }

    private static UnaryOperator<Node> element(int i, UnaryOperator<Node> change) {
        return elements(all -> {
            all.set(i, change.apply(all.get(i)));
            return all;
        });
    }

    private static String edited(String text, Node.Mapping next) {
        String edited = YamlEdit.edited(text, next).orElseThrow();
        assertThat(YamlText.flow(read(edited))).isEqualTo(YamlText.flow(next));
        return edited;
    }

    @Test
    void whatSaysTheSameStaysToTheCharacter() {
        assertThat(edited(DUTY, read(DUTY))).isEqualTo(DUTY);
    }

    @Test
    void oneValueIsAllThatIsDifferent() {
        Node.Mapping next = with(
                read(DUTY),
                "people",
                element(
                        0,
                        day -> with(
                                day,
                                "reached",
                                element(0, mail -> with(mail, "address", old -> text("new@a.example"))))));
        assertThat(edited(DUTY, next)).isEqualTo(DUTY.replace("day@a.example", "\"new@a.example\""));
    }

    @Test
    void whatIsAddedStandsBehindTheLastAndInItsOrder() {
        Node.Mapping next = with(read(DUTY), "people", elements(all -> {
            all.set(0, with(all.get(0), "reached", elements(list -> {
                list.add(read("{type: email, address: c}"));
                return list;
            })));
            all.set(1, with(all.get(1), "turns", elements(list -> {
                list.add(text("c d"));
                return list;
            })));
            all.add(read("{id: new, reached: [{type: sms}]}"));
            return all;
        }));
        assertThat(edited(DUTY, next))
                .isEqualTo(DUTY.replace("\"+81-3\"}\n", "\"+81-3\"}\n      - {type: email, address: c}\n")
                        .replace("[a, b]", "[a, b, \"c d\"]")
                        .replace("      lines\n", "      lines\n  - id: new\n    reached:\n      - {type: sms}\n"));
    }

    /** Its comments go with it; those that an empty line keeps apart do not. */
    @Test
    void whatGoesTakesItsCommentsAlong() {
        Node.Mapping less = with(
                read(DUTY),
                "people",
                element(
                        0,
                        day -> with(day, "reached", elements(list -> {
                            list.remove(1);
                            return list;
                        }))));
        assertThat(edited(DUTY, less))
                .isEqualTo(DUTY.replace(
                        "\n      # if the main one is down\n      - {type: sms, number: \"+81-3\"}\n", ""));
        Node.Mapping alone = with(read(DUTY), "people", elements(list -> {
            list.remove(1);
            return list;
        }));
        assertThat(edited(DUTY, alone)).contains("# nights").doesNotContain("June", "by age");
        Node.Mapping other = with(read(DUTY), "people", elements(list -> {
            list.remove(0);
            return list;
        }));
        assertThat(edited(DUTY, other)).contains("# nights", "June", "by age").doesNotContain("by day", "checked");
    }

    @Test
    void theKeysOfAnElementGoTooAlsoTheFirst() {
        Node.Mapping next = with(read(DUTY), "people", element(0, day -> with(day, "id", old -> null)));
        assertThat(edited(DUTY, next)).isEqualTo(DUTY.replace("id: day   # the desk\n    hours", "hours"));
        Node.Mapping zone = with(
                read(DUTY),
                "people",
                element(0, day -> with(day, "hours", hours -> with(hours, "on-call", old -> null))));
        assertThat(edited(DUTY, zone)).isEqualTo(DUTY.replace("on-call: \"24x7\", ", ""));
        Node.Mapping more = with(read(DUTY), "people", element(1, night -> with(night, "shift", old -> text("1w"))));
        assertThat(edited(DUTY, more)).isEqualTo(DUTY.replace("      lines\n", "      lines\n    shift: 1w\n"));
        assertThat(edited(
                        DUTY,
                        with(read(DUTY), "people", element(1, night -> with(night, "note", old -> text("x: y"))))))
                .isEqualTo(DUTY.replace("|\n      two\n      lines", "\"x: y\""));
    }

    @Test
    void commentsMoveWithWhatTheyStandAt() {
        String turns = "turns:\n# oldest\n- a # A\n- b # B\n- - c # C\n  - d\n- e";
        Node.Mapping next = with(read(turns), "turns", elements(list -> {
            Collections.reverse(list);
            list.add(text("f"));
            return list;
        }));
        assertThat(edited(turns, next)).isEqualTo("turns:\n- e\n- - c # C\n  - d\n- b # B\n# oldest\n- a # A\n- f\n");
        Node.Mapping said =
                with(read(turns), "turns", elements(list -> new ArrayList<>(List.of(text("b"), text("a")))));
        assertThat(edited(turns, said)).isEqualTo("turns:\n- b # B\n# oldest\n- a # A\n");
        String line = "turns: [a, [b, c], d] # in a line";
        assertThat(edited(line, with(read(line), "turns", elements(list -> {
                    Collections.reverse(list);
                    return list;
                }))))
                .isEqualTo("turns: [d, [b, c], a] # in a line\n");
    }

    @Test
    void whatSeveralShareIsNotChangedForOne() {
        String shared = "a: &x {hours: 1}\nb: *x\nc:\n  - *x\n  - z # last\n";
        assertThat(YamlEdit.edited(shared, with(read(shared), "b", old -> with(old, "hours", hour -> text("2")))))
                .isEmpty();
        assertThat(YamlEdit.edited(shared, with(read(shared), "a", old -> with(old, "hours", hour -> text("2")))))
                .isEmpty();
        assertThat(edited(shared, with(read(shared), "c", elements(list -> {
                    list.add(text("y"));
                    return list;
                }))))
                .isEqualTo(shared + "  - y\n");
    }

    @Test
    void commentsAreRead() {
        assertThat(YamlReader.comments(DUTY))
                .contains("𠮷野市の当番 / who is on duty", "the desk", "all day", "checked in May", "nights", "at the end");
        assertThat(YamlReader.comments("a: \"# none\"\nb: [")).isEmpty();
    }
}
