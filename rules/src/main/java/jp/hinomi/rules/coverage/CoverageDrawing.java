package jp.hinomi.rules.coverage;

import java.util.ArrayList;
import java.util.List;
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

    /** From none to many: readable in black and white, and for people who do not see red and green apart. */
    private static final String[] SHADES = {"#f2f2f2", "#c6dbef", "#6baed6", "#2171b5", "#08306b"};

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

    private String words(String english, String ours) {
        return japanese ? ours : english;
    }

    private void page() {
        String title = words("What the rules watch for", "ルールが見張っているもの");
        out.append("<!DOCTYPE html>\n<html lang=\"")
                .append(japanese ? "ja" : "en")
                .append("\"><head><meta charset=\"utf-8\"><title>")
                .append(title)
                .append(
                        "</title>\n<style>body{font-family:sans-serif;margin:2em;color:#222}table{border-collapse:collapse}"
                                + "td,th{border:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top}"
                                + "svg{max-width:100%;height:auto}.none{color:#777}</style></head>\n<body><h1>")
                .append(title)
                .append("</h1>\n");
        draw();
        out.append("\n<h2>")
                .append(words("Risks of the guideline", "ガイドラインのリスク"))
                .append("</h2>\n<table><tr><th>")
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
        out.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
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
            label(10, y + 15, control.getKey().toUpperCase(java.util.Locale.ROOT), "");
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
                    cell(x, y + i / PER_ROW * CELL, COLUMN - 26, rules, id, id.toUpperCase(java.util.Locale.ROOT));
                }
                y += (techniques.size() + PER_ROW - 1) / PER_ROW * CELL;
            }
        }
    }

    private void cell(int x, int y, int width, List<String> rules, String title, String label) {
        int count = rules.size();
        int shade = count == 0 ? 0 : count == 1 ? 1 : count <= 3 ? 2 : count <= 9 ? 3 : 4;
        out.append("<g><title>");
        List<String> lines = new ArrayList<>(List.of(title));
        lines.addAll(rules);
        text(String.join("\n", lines));
        out.append("</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" stroke=\"#cccccc\"/>"
                .formatted(x, y, width, CELL - 3, SHADES[shade]));
        label(x + 6, y + 14, label, "fill=\"" + (shade >= 3 ? "#ffffff" : count == 0 ? "#767676" : "#08306b") + "\"");
        out.append("</g>\n");
    }

    private void label(int x, int y, String text, String attributes) {
        out.append("<text x=\"%d\" y=\"%d\" %s>".formatted(x, y, attributes));
        text(text);
        out.append("</text>\n");
    }

    private void text(String text) {
        out.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }
}
