package jp.hinomi.rules.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Draws both matrices: as one SVG, or as a page around it that has the risks as well. Needs nothing from elsewhere: no
 * script, no font, no address. Every cell says on hover which rules it stands for.
 */
public final class CoverageDrawing {
    private static final int CELL = 22;
    private static final int LABEL = 90;
    private static final int COLUMN = 96;
    private static final int PER_ROW = 12;
    private static final int WIDTH = 1480;
    private static final int ATTACK_LEFT = 560;

    private static final String[] COUNTS = {"0", "1", "2–3", "4–9", "10–"};

    /** From none to many: readable in black and white, and for people who do not see red and green apart. */
    private static final String[] LIGHT = {
        "#f2f2f2 #6b6b6b", "#c6dbef #08306b", "#6baed6 #08306b", "#2171b5 #ffffff", "#08306b #ffffff"
    };

    /** In the dark the many are the bright ones. */
    private static final String[] DARK = {
        "#1d242c #8f9ba6", "#16324a #cfe3f5", "#1f5b8c #ffffff", "#5aa7dd #08131d", "#b9dcf6 #08131d"
    };

    private static final String PAGE_STYLE = "body{font-family:sans-serif;margin:2em;color:#222;background:#fff}"
            + "h2{font-size:1.2em}h3{font-size:.9em;margin:.8em 0 .2em}table{border-collapse:collapse}"
            + "td,th{border:1px solid #ccc;padding:.2em .5em;text-align:left;vertical-align:top;font-size:.85em;overflow-wrap:anywhere}"
            + ".matrix th,.matrix td{overflow-wrap:normal}.matrix th:first-child{white-space:nowrap}.matrices{display:flex;flex-wrap:wrap;gap:2em;align-items:flex-start}"
            + "section{flex:1 1 20em}section:last-child{flex:2 1 30em}.techniques{margin:0;display:flex;flex-wrap:wrap;gap:3px}"
            + ".techniques span,.legend span{padding:.1em .4em;font-size:.8em;border:1px solid #ccc;min-width:3.2em;text-align:center}"
            + ".none{color:#6b6b6b}"
            + shades(LIGHT, "background")
            + "@media (max-width:45em){body{margin:1em}.risks tr{display:block;border-bottom:2px solid #888;padding:.3em 0}"
            + ".risks td{display:block;border:0;padding:.1em 0}.risks tr:first-child{display:none}.matrix th,.matrix td{padding:.15em .3em}}"
            + "@media (prefers-color-scheme:dark){body{color:#e3e8ec;background:#12171c}td,th,.techniques span,.legend span{border-color:#3a4550}"
            + ".none{color:#9aa6b1}"
            + shades(DARK, "background")
            + "}";

    private static final String SVG_STYLE = "<style>text{fill:#222222}.paper{fill:#ffffff}"
            + shades(LIGHT, "fill")
            + "@media (prefers-color-scheme:dark){text{fill:#e3e8ec}.paper{fill:#12171c}"
            + shades(DARK, "fill")
            + "}</style>\n";

    private static final Map<String, String> LAYERS_JA =
            Map.of("governance", "ガバナンス", "service", "サービス", "city-os", "都市OS", "asset", "アセット");

    private final Coverage coverage;
    private final boolean japanese;
    private final StringBuilder out = new StringBuilder();

    private CoverageDrawing(Coverage coverage, boolean japanese) {
        this.coverage = coverage;
        this.japanese = japanese;
    }

    public static String svg(Coverage coverage, boolean japanese) {
        CoverageDrawing drawing = new CoverageDrawing(coverage, japanese);
        drawing.draw();
        return drawing.out.toString();
    }

    public static String html(Coverage coverage, boolean japanese) {
        CoverageDrawing drawing = new CoverageDrawing(coverage, japanese);
        drawing.page();
        return drawing.out.toString();
    }

    /** Of each shade the colour of the cell, and that of what is written on it. */
    private static String shades(String[] colours, String property) {
        StringBuilder style = new StringBuilder();
        for (int i = 0; i < colours.length; i++) {
            String[] pair = colours[i].split(" ");
            style.append(
                    property.equals("fill")
                            ? "rect.s%d{fill:%s}text.s%d{fill:%s}".formatted(i, pair[0], i, pair[1])
                            : ".s%d{background:%s;color:%s}".formatted(i, pair[0], pair[1]));
        }
        return style.toString();
    }

    private static int shade(int count) {
        return count == 0 ? 0 : count == 1 ? 1 : count <= 3 ? 2 : count <= 9 ? 3 : 4;
    }

    private String words(String english, String ours) {
        return japanese ? ours : english;
    }

    private void page() {
        String title = words("What the rules watch for", "ルールが見張っているもの");
        out.append("<!DOCTYPE html>\n<html lang=\"")
                .append(japanese ? "ja" : "en")
                .append(
                        "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(title)
                .append("</title>\n<style>")
                .append(PAGE_STYLE)
                .append("</style></head>\n<body><h1>")
                .append(title)
                .append("</h1>\n<p class=\"legend\">")
                .append(words("Rules:", "ルールの数:"));
        for (int shade = 0; shade < COUNTS.length; shade++) {
            out.append(" <span class=\"s%d\">%s</span>".formatted(shade, COUNTS[shade]));
        }
        out.append("</p>\n<div class=\"matrices\">\n");
        pageControls();
        pageAttack();
        out.append("</div>\n<h2>")
                .append(words("Risks of the guideline", "ガイドラインのリスク"))
                .append("</h2>\n<table class=\"risks\"><tr><th>")
                .append(words("No.", "番号"))
                .append("</th><th>")
                .append(words("Incident", "インシデント"))
                .append("</th><th>")
                .append(words("Weakness", "脆弱性"))
                .append("</th><th>")
                .append(words("Rules, or why logs cannot show it", "ルール、またはログに現れない理由"))
                .append("</th></tr>\n");
        Guideline.standard().risks().forEach(this::risk);
        out.append("</table></body></html>\n");
    }

    private void pageControls() {
        out.append("<section><h2>")
                .append(words("Controls of the guideline by layer", "ガイドラインの対策要件とレイヤー"))
                .append("</h2>\n<table class=\"matrix\"><tr><th></th>");
        Guideline.LAYERS.forEach(layer ->
                out.append("<th>").append(words(layer, LAYERS_JA.get(layer))).append("</th>"));
        out.append("<th></th></tr>\n");
        coverage.controls().forEach((control, layers) -> {
            out.append("<tr><th>").append(control.toUpperCase(Locale.ROOT)).append("</th>");
            for (String layer : Guideline.LAYERS) {
                List<String> rules = layers.get(layer);
                if (rules == null) {
                    out.append("<td></td>");
                } else {
                    cell("td", rules, control, String.valueOf(rules.size()));
                }
            }
            out.append("<td class=\"none\">")
                    .append(
                            !coverage.controlsWithoutRules().contains(control)
                                    ? ""
                                    : coverage.isNotInLogs(control)
                                            ? words("not in logs", "ログに現れない")
                                            : words("gap", "空白"))
                    .append("</td></tr>\n");
        });
        out.append("</table></section>\n");
    }

    private void pageAttack() {
        out.append("<section><h2>MITRE ATT&amp;CK</h2>\n");
        AttackCatalogue.standard()
                .matrices()
                .forEach((matrix, tactics) -> tactics.forEach(tactic -> {
                    List<AttackCatalogue.Technique> techniques =
                            AttackCatalogue.standard().techniques(matrix, tactic);
                    out.append("<h3>%s: %s  %d / %d</h3>\n<p class=\"techniques\">"
                            .formatted(
                                    matrix,
                                    tactic,
                                    coverage.covered(matrix, tactic).size(),
                                    techniques.size()));
                    techniques.forEach(technique -> cell(
                            "span",
                            coverage.techniques().getOrDefault(technique.id(), List.of()),
                            technique.name(),
                            technique.id().toUpperCase(Locale.ROOT)));
                    out.append("</p>\n");
                }));
        out.append("</section>\n");
    }

    private void cell(String element, List<String> rules, String title, String label) {
        out.append("<%s class=\"s%d\" title=\"".formatted(element, shade(rules.size())));
        List<String> lines = new ArrayList<>(List.of(title));
        lines.addAll(rules);
        text(String.join("\n", lines));
        out.append("\">").append(label).append("</").append(element).append(">");
    }

    private void risk(Guideline.Risk risk) {
        Optional<RiskEntry> entry = coverage.risk(risk.number());
        out.append("<tr><td>").append(risk.number()).append("</td><td>");
        text(text(coverage.risks().incidents().getOrDefault(risk.incident(), Map.of())));
        out.append("</td><td>");
        text(entry.map(RiskEntry::title).map(this::text).orElse(""));
        out.append("</td><td>");
        if (entry.isEmpty()) {
            out.append("<span class=\"none\">")
                    .append(words("nothing said", "記載なし"))
                    .append("</span>");
        } else if (entry.get().rules().isEmpty()) {
            out.append("<span class=\"none\">");
            text(text(entry.get().notInLogs()));
            out.append("</span>");
        } else {
            text(String.join(
                    ", ",
                    entry.get().rules().stream().map(RiskEntry.Named::name).toList()));
        }
        out.append("</td></tr>\n");
    }

    private String text(Map<String, String> byLanguage) {
        return byLanguage.getOrDefault(japanese ? "ja" : "en", byLanguage.getOrDefault("en", ""));
    }

    private void draw() {
        int controls = 70 + coverage.controls().size() * CELL;
        int attack = 60 + rowsOfAttack() * CELL;
        out.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n"
                        .formatted(WIDTH, Math.max(controls, attack), WIDTH, Math.max(controls, attack)));
        out.append(SVG_STYLE).append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        label(10, 24, words("Controls of the guideline by layer", "ガイドラインの対策要件とレイヤー"), "font-size=\"16\"");
        label(ATTACK_LEFT, 24, "MITRE ATT&CK", "font-size=\"16\"");
        controls();
        attack();
        out.append("</svg>\n");
    }

    private void controls() {
        for (int i = 0; i < Guideline.LAYERS.size(); i++) {
            String layer = Guideline.LAYERS.get(i);
            label(LABEL + 10 + i * COLUMN, 52, words(layer, LAYERS_JA.get(layer)), "");
        }
        int y = 60;
        for (Map.Entry<String, Map<String, List<String>>> control :
                coverage.controls().entrySet()) {
            label(10, y + 15, control.getKey().toUpperCase(Locale.ROOT), "");
            for (int i = 0; i < Guideline.LAYERS.size(); i++) {
                List<String> rules = control.getValue().get(Guideline.LAYERS.get(i));
                if (rules != null) {
                    cell(LABEL + 10 + i * COLUMN, y, COLUMN - 4, rules, control.getKey(), String.valueOf(rules.size()));
                }
            }
            y += CELL;
        }
    }

    private static int rowsOfAttack() {
        int rows = 0;
        for (Map.Entry<String, List<String>> matrix :
                AttackCatalogue.standard().matrices().entrySet()) {
            for (String tactic : matrix.getValue()) {
                int techniques = AttackCatalogue.standard()
                        .techniques(matrix.getKey(), tactic)
                        .size();
                rows += 1 + (techniques + PER_ROW - 1) / PER_ROW;
            }
        }
        return rows;
    }

    private void attack() {
        int y = 40;
        for (Map.Entry<String, List<String>> matrix :
                AttackCatalogue.standard().matrices().entrySet()) {
            for (String tactic : matrix.getValue()) {
                List<AttackCatalogue.Technique> techniques =
                        AttackCatalogue.standard().techniques(matrix.getKey(), tactic);
                label(
                        ATTACK_LEFT,
                        y + 15,
                        matrix.getKey() + ": " + tactic + "  "
                                + coverage.covered(matrix.getKey(), tactic).size() + " / " + techniques.size(),
                        "font-weight=\"bold\"");
                y += CELL;
                for (int i = 0; i < techniques.size(); i++) {
                    String id = techniques.get(i).id();
                    int x = ATTACK_LEFT + i % PER_ROW * (COLUMN - 22);
                    List<String> rules = coverage.techniques().getOrDefault(id, List.of());
                    cell(
                            x,
                            y + i / PER_ROW * CELL,
                            COLUMN - 26,
                            rules,
                            techniques.get(i).name(),
                            id.toUpperCase(Locale.ROOT));
                }
                y += (techniques.size() + PER_ROW - 1) / PER_ROW * CELL;
            }
        }
    }

    private void cell(int x, int y, int width, List<String> rules, String title, String label) {
        int shade = shade(rules.size());
        out.append("<g><title>");
        List<String> lines = new ArrayList<>(List.of(title));
        lines.addAll(rules);
        text(String.join("\n", lines));
        out.append("</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"s%d\" stroke=\"#cccccc\"/>"
                .formatted(x, y, width, CELL - 3, shade));
        label(x + 6, y + 14, label, "class=\"s" + shade + "\"");
        out.append("</g>\n");
    }

    private void label(int x, int y, String text, String attributes) {
        out.append("<text x=\"%d\" y=\"%d\" %s>".formatted(x, y, attributes));
        text(text);
        out.append("</text>\n");
    }

    private void text(String text) {
        out.append(text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;"));
    }
}
