package jp.hinomi.alerting.own;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.map.MapRefusal;
import jp.hinomi.alerting.security.Members;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.CityPhrases;
import jp.hinomi.city.Contact;
import jp.hinomi.city.StakeholderContacts;
import jp.hinomi.city.StakeholderDuty;
import jp.hinomi.city.StakeholderPart;
import jp.hinomi.events.document.ProblemsException;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A stakeholder's contacts and duty roster, and what it wants to be otherwise. Made for a telephone. */
@Controller
@Needs(Permission.SEE_OWN_PART)
public class OwnMapPages {
    /** What stands before the number of a channel whose address is written. */
    private static final String ADDRESS = "address-";

    /** What stands before the place of a turn. */
    private static final String TURN = "turn-";

    private static final int MOST_TURNS = 12;

    /** The form for a new contact; no contact has that id. */
    private static final String NEW = "+";

    private static final String REMOVAL = "/removal";

    private final OwnPart part;
    private final OwnMap map;
    private final Texts texts;

    public OwnMapPages(OwnPart part, OwnMap map, Texts texts) {
        this.part = part;
        this.map = map;
        this.texts = texts;
    }

    private static Member member() {
        return Members.current().orElseThrow();
    }

    @GetMapping("/own/contacts")
    String contacts(@RequestParam(defaultValue = "false") boolean said, Model model) {
        model.addAttribute("said", said);
        return page(Map.of(), "", List.of(), model);
    }

    /** Besides what the page shows, in this language. */
    public record Said(OwnMap.Proposal proposal, List<String> lines) {}

    /** @param form where the mistakes were made: a contact, or a schedule */
    private String page(Map<String, String> typed, String form, List<String> mistakes, Model model) {
        String own = OwnPages.own();
        model.addAttribute("contacts", part.contacts(own));
        model.addAttribute("roster", part.roster(own));
        OwnWords words = new OwnWords(texts, LocaleContextHolder.getLocale().getLanguage());
        model.addAttribute("words", words);
        model.addAttribute(
                "proposals",
                map.proposals(member().actor()).stream()
                        .map(each -> new Said(each, each.says(words)))
                        .toList());
        model.addAttribute("typed", typed);
        model.addAttribute("form", form);
        model.addAttribute("mistakes", mistakes);
        return "own-contacts";
    }

    /** @param all besides those that are named, the addresses by the number of their channel */
    @Needs(Permission.CHANGE_OWN_PART)
    @PostMapping("/own/contacts/{contact}")
    String reach(
            @PathVariable String contact,
            @RequestParam(defaultValue = "") String hours,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam Map<String, String> all,
            Model model,
            Locale locale) {
        Map<Integer, String> addresses = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (name.matches(ADDRESS + "[0-9]{1,3}")) {
                addresses.put(Integer.parseInt(name.substring(ADDRESS.length())), value.strip());
            }
        });
        List<String> added = email.isBlank() ? List.of() : List.of(email.strip());
        return tried(
                true,
                actor -> map.reach(
                        OwnPages.own(),
                        new StakeholderContacts.Reached(contact, hours.strip(), addresses, added),
                        reason,
                        actor),
                all,
                contact,
                model,
                locale);
    }

    @Needs(Permission.CHANGE_OWN_PART)
    @PostMapping("/own/contacts")
    String join(
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "person") String kind,
            @RequestParam(defaultValue = "") String hours,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam Map<String, String> all,
            Model model,
            Locale locale) {
        StakeholderContacts.Joining wanted = new StakeholderContacts.Joining(
                contact.strip(),
                kind.equals(Contact.Kind.DESK.word()) ? Contact.Kind.DESK : Contact.Kind.PERSON,
                hours.strip(),
                email.isBlank() ? List.of() : List.of(email.strip()));
        return tried(true, actor -> map.join(OwnPages.own(), wanted, reason, actor), all, NEW, model, locale);
    }

    @Needs(Permission.CHANGE_OWN_PART)
    @PostMapping("/own/contacts/{contact}/removal")
    String leave(
            @PathVariable String contact,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam Map<String, String> all,
            Model model,
            Locale locale) {
        return tried(
                true,
                actor -> map.leave(OwnPages.own(), contact, reason, actor),
                all,
                contact + REMOVAL,
                model,
                locale);
    }

    /** @param all the turns by their place, {@code turn-0} first; an empty one is left out */
    @Needs(Permission.CHANGE_OWN_PART)
    @PostMapping("/own/duty/{schedule}/turns")
    String turns(
            @PathVariable String schedule,
            @RequestParam(defaultValue = "") String rotation,
            @RequestParam(defaultValue = "") String length,
            @RequestParam(defaultValue = "") String unit,
            @RequestParam(defaultValue = "") String handOver,
            @RequestParam(defaultValue = "") String first,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam Map<String, String> all,
            Model model,
            Locale locale) {
        List<List<String>> turns = IntStream.range(0, MOST_TURNS)
                .mapToObj(place -> all.getOrDefault(TURN + place, ""))
                .filter(turn -> !turn.isBlank())
                .map(turn -> List.of(turn.split("\\+")))
                .toList();
        boolean several = turns.size() > 1;
        return tried(
                true,
                actor -> map.turns(
                        OwnPages.own(),
                        schedule,
                        rotation,
                        turns,
                        length + unit,
                        several ? LocalTime.parse(handOver) : LocalTime.MIDNIGHT,
                        several ? LocalDate.parse(first) : LocalDate.EPOCH,
                        reason,
                        actor),
                all,
                schedule + "/" + rotation,
                model,
                locale);
    }

    @Needs(Permission.CHANGE_OWN_PART)
    @PostMapping("/own/duty/{schedule}")
    String standIn(
            @PathVariable String schedule,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String away,
            @RequestParam(required = false) List<String> stands,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam Map<String, String> all,
            Model model,
            Locale locale) {
        Map<String, String> typed = new LinkedHashMap<>(all);
        typed.put("stands", stands == null ? "" : String.join(",", stands));
        return tried(
                true,
                actor -> map.standIn(
                        OwnPages.own(),
                        new StakeholderDuty.StandIn(
                                schedule,
                                LocalDateTime.parse(from),
                                LocalDateTime.parse(to),
                                away,
                                stands == null ? List.of() : stands,
                                reason),
                        actor),
                typed,
                schedule,
                model,
                locale);
    }

    @Needs(Permission.CHANGE_OWN_PART)
    @PostMapping("/own/duty/{schedule}/back")
    String takeBack(
            @PathVariable String schedule,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String away,
            Model model,
            Locale locale) {
        return tried(
                true,
                actor -> map.takeBack(
                        OwnPages.own(),
                        schedule,
                        LocalDateTime.parse(from),
                        away,
                        texts.get(locale.getLanguage(), "own.map.back.reason"),
                        actor),
                Map.of(),
                schedule,
                model,
                locale);
    }

    @Needs(Permission.CHANGE_OWN_PART)
    @PostMapping("/own/proposals/{id:[0-9]+}/withdraw")
    String withdraw(@PathVariable long id, Model model, Locale locale) {
        return tried(false, actor -> map.withdraw(id, actor), Map.of(), "", model, locale);
    }

    /** With what was typed on the page again if it is not taken. @param said whether the city has something to decide now */
    private String tried(
            boolean said, Consumer<String> change, Map<String, String> typed, String form, Model model, Locale locale) {
        List<String> mistakes = new ArrayList<>();
        String language = locale.getLanguage();
        try {
            change.accept(member().actor());
            return said ? "redirect:/own/contacts?said=true#proposals" : "redirect:/own/contacts#proposals";
        } catch (StakeholderPart.RefusedException e) {
            mistakes.add(OwnPartReason.of(e).in(locale));
        } catch (MapRefusal e) {
            mistakes.add(e.in(locale));
        } catch (ProblemsException e) {
            e.problems().stream()
                    .filter(problem -> problem.isError())
                    .map(problem -> CityPhrases.in(language, problem))
                    .forEach(problem -> mistakes.add(problem.message() + " " + problem.remedy()));
        } catch (DateTimeParseException e) {
            mistakes.add(texts.get(language, "own.map.no-time"));
        }
        return page(typed, form, mistakes, model);
    }
}
