package jp.hinomi.alerting.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.map.MapDesk;
import jp.hinomi.alerting.map.MapRefusal;
import jp.hinomi.alerting.map.MapVersion;
import jp.hinomi.alerting.notice.MessageTemplates;
import jp.hinomi.alerting.web.Refusal;
import jp.hinomi.city.CityFiles;
import jp.hinomi.city.CityPhrases;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Versions of the responsibility map: drafted, looked at, approved by somebody else, and kept. */
@Controller
@Needs(Permission.SEE_MAP)
public class MapVersionPages {
    private static final Logger LOG = LoggerFactory.getLogger(MapVersionPages.class);
    private static final String FIRST_FILE = "responsibilities.yaml";

    private final MapDesk desk;
    private final InstantSource clock;

    public MapVersionPages(MapDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @GetMapping("/map/versions")
    String versions(Model model) {
        List<MapVersion> all = desk.versions().all();
        model.addAttribute("drafts", all.stream().filter(MapVersion::isDraft).toList());
        model.addAttribute(
                "versions", all.stream().filter(each -> !each.isDraft()).toList());
        return "map-versions";
    }

    @GetMapping("/map/versions/{number}")
    String version(@PathVariable long number, Model model, Locale locale, Principal principal) {
        try {
            return show(desk.versions().get(number), model, locale, principal);
        } catch (MapRefusal e) {
            throw Refusal.of(HttpStatus.NOT_FOUND, e);
        }
    }

    private String show(MapVersion version, Model model, Locale locale, Principal principal) {
        model.addAttribute("version", version);
        model.addAttribute("own", version.madeBy().equals(actor(principal)));
        model.addAttribute("files", desk.versions().files(version.number()).texts());
        model.addAttribute("notInFolder", version.isDraft() ? List.of() : desk.notInFolder(version.number()));
        Optional<Long> current = desk.versions().inForce().map(MapVersion::number);
        model.addAttribute("outdated", version.isDraft() && !current.equals(version.basedOn()));
        try {
            model.addAttribute(
                    "changes",
                    version.basedOn()
                            .map(base -> desk.diff(base, version.number()))
                            .orElse(List.of()));
            model.addAttribute("problems", said(desk.check(version.number(), clock.instant()), locale));
        } catch (ProblemsException e) {
            model.addAttribute("unreadable", true);
            model.addAttribute("changes", List.of());
            model.addAttribute("problems", said(e.problems(), locale));
        }
        return "map-version";
    }

    /** @param hash of the files that were looked at */
    @Needs(Permission.APPROVE_MAP)
    @PostMapping("/map/versions/{number}/approve")
    String approve(
            @PathVariable long number,
            @RequestParam String hash,
            Principal principal,
            Locale locale,
            RedirectAttributes next) {
        try {
            desk.approve(number, hash, actor(principal), clock.instant());
        } catch (MapRefusal e) {
            next.addFlashAttribute("refused", e.in(locale));
        }
        return "redirect:/map/versions/" + number;
    }

    @Needs(Permission.CHANGE_MAP)
    @PostMapping("/map/versions/{number}/withdraw")
    String withdraw(@PathVariable long number, Principal principal, Locale locale, RedirectAttributes next) {
        try {
            desk.versions().withdraw(number, actor(principal), clock.instant());
        } catch (MapRefusal e) {
            next.addFlashAttribute("refused", e.in(locale));
        }
        return "redirect:/map/versions/" + number;
    }

    /**
     * What somebody writes.
     *
     * @param of the draft that is changed; absent = a new one
     * @param base the version in force when they began
     * @param file whose text they change
     */
    public record Form(Long of, Long base, String file, String text, String reason) {
        Optional<Long> draft() {
            return Optional.ofNullable(of);
        }

        String why() {
            return reason == null ? "" : reason.strip();
        }

        /** Browsers send CR LF. */
        String lines() {
            return text == null ? "" : text.replace("\r\n", "\n");
        }

        Form on(Optional<Long> newBase) {
            return new Form(of, newBase.orElse(null), file, text, reason);
        }
    }

    @Needs(Permission.CHANGE_MAP)
    @GetMapping("/map/draft")
    String begin(
            @RequestParam(required = false) Long of,
            @RequestParam(defaultValue = FIRST_FILE) String file,
            Model model) {
        Optional<MapVersion> draft = Optional.ofNullable(of).flatMap(desk.versions()::find);
        String reason = draft.map(MapVersion::reason).orElse("");
        Optional<Long> base = desk.versions().inForce().map(MapVersion::number);
        CityFiles files = desk.base(draft.map(MapVersion::number));
        return editor(new Form(of, base.orElse(null), file, files.texts().getOrDefault(file, ""), reason), model);
    }

    private String editor(Form form, Model model) {
        SortedSet<String> names = new TreeSet<>(desk.base(form.draft()).texts().keySet());
        names.addAll(CityFiles.NAMES);
        names.add(form.file());
        model.addAttribute("form", form);
        model.addAttribute("names", names);
        model.addAttribute(
                "templates",
                MessageTemplates.FILES.stream()
                        .map(name -> CityFiles.TEMPLATES + name)
                        .filter(name -> !names.contains(name))
                        .toList());
        return "map-draft";
    }

    /** @param check says what it would be, and keeps nothing */
    @Needs(Permission.CHANGE_MAP)
    @PostMapping("/map/draft")
    String save(
            Form form,
            @RequestParam(required = false) List<MultipartFile> uploads,
            @RequestParam(required = false) String check,
            Model model,
            Locale locale,
            Principal principal) {
        try {
            Map<String, String> files = new LinkedHashMap<>();
            Map<String, byte[]> tables = new LinkedHashMap<>();
            files.put(String.valueOf(form.file()), form.lines());
            take(uploads == null ? List.of() : uploads, files, tables);
            MapDesk.Change change = new MapDesk.Change(files, tables, form.why());
            if (check != null) {
                MapDesk.Trial trial = desk.attempt(form.draft(), change, clock.instant());
                model.addAttribute("changes", trial.changes());
                model.addAttribute("problems", said(trial.problems(), locale));
                model.addAttribute("checked", true);
                return editor(form, model);
            }
            MapVersion saved = form.draft().isPresent()
                    ? desk.edit(form.draft().get(), change, actor(principal), clock.instant())
                    : desk.draft(Optional.ofNullable(form.base()), change, actor(principal), clock.instant());
            return "redirect:/map/versions/" + saved.number();
        } catch (ProblemsException e) {
            model.addAttribute("problems", said(e.problems(), locale));
            model.addAttribute("unreadable", true);
        } catch (MapRefusal e) {
            model.addAttribute("refused", e.in(locale));
        } catch (IOException e) {
            LOG.warn("An upload to the map cannot be read", e);
            model.addAttribute("refused", new MapRefusal(MapRefusal.Why.UNREADABLE).in(locale));
        }
        return editor(form.on(desk.versions().inForce().map(MapVersion::number)), model);
    }

    /** Tables by their names; all else is text. */
    private static void take(List<MultipartFile> uploads, Map<String, String> files, Map<String, byte[]> tables)
            throws IOException {
        for (MultipartFile upload : uploads) {
            String name = Optional.ofNullable(upload.getOriginalFilename()).orElse("");
            if (upload.isEmpty()) {
                continue;
            }
            if (name.toLowerCase(Locale.ROOT).endsWith(".csv")) {
                tables.put(name, upload.getBytes());
            } else {
                // A browser does not say from which folder a file came.
                String file = MessageTemplates.FILES.contains(name) ? CityFiles.TEMPLATES + name : name;
                files.put(file, new String(upload.getBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
            }
        }
    }

    private static List<Problem> said(List<Problem> problems, Locale locale) {
        List<Problem> said = new ArrayList<>();
        problems.forEach(problem -> said.add(CityPhrases.in(locale.getLanguage(), problem)));
        return said;
    }

    private static String actor(Principal principal) {
        return "account:" + principal.getName();
    }
}
