package jp.hinomi.rules.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The ids of the smart-city security guideline's controls, as tags spell them: {@code cps.ae-3}. */
public final class Controls {
    private static final Set<String> IDS = load();

    private Controls() {}

    /** All ids in lower case, sorted. */
    public static Set<String> ids() {
        return IDS;
    }

    private static Set<String> load() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Controls.class.getResourceAsStream("/jp/hinomi/rules/controls.txt"), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.collectingAndThen(
                            Collectors.toCollection(TreeSet::new), java.util.Collections::unmodifiableSet));
        } catch (IOException e) {
            throw new UncheckedIOException("the list of controls belongs to this module", e);
        }
    }
}
