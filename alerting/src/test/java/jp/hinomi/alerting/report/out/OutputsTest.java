package jp.hinomi.alerting.report.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import jp.hinomi.alerting.incident.IncidentText;
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.alerting.text.CsvLine;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The same report in four outputs, whatever the text is. {@code -Dhinomi.images=DIR} keeps the pages as images. */
class OutputsTest {
    private static final ReportFonts FONTS = new ReportFonts(Optional.empty());
    private static final HtmlReport HTML = new HtmlReport(engine());
    private static final PdfReport PDF = new PdfReport(FONTS);

    private static SpringTemplateEngine engine() {
        ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("/jp/hinomi/alerting/templates/");
        templates.setSuffix(".html");
        templates.setCharacterEncoding("UTF-8");
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        return engine;
    }

    private static String html(SampleReport report, String language) {
        return new String(HTML.write(report.view(language)), StandardCharsets.UTF_8);
    }

    private static String csv(SampleReport report) {
        return new String(CsvReport.write(report.view("ja")), StandardCharsets.UTF_8);
    }

    private static String pdf(SampleReport report, String language, String name) throws IOException {
        try (PDDocument document = Loader.loadPDF(PDF.write(report.view(language)))) {
            String directory = System.getProperty("hinomi.images");
            for (int page = 0; directory != null && page < document.getNumberOfPages(); page++) {
                Files.createDirectories(Path.of(directory));
                ImageIO.write(
                        new PDFRenderer(document).renderImageWithDPI(page, 90),
                        "png",
                        Path.of(directory, name + "-" + (page + 1) + ".png").toFile());
            }
            return new PDFTextStripper().getText(document);
        }
    }

    /** Extracted text is broken where the lines are. */
    private static String joined(String text) {
        return text.replaceAll("[\\s\u3000]", "");
    }

    @Test
    void japaneseIsShownAndCanBeCopiedOutOfThePdf() throws IOException {
        String text = pdf(
                new SampleReport()
                        .value("a", "髙﨑市の𠮷田課長が、概要を確認した。\n二行目：ｶﾅ ＡＢＣ ①")
                        .value("b", "Mixed 和文 and English, 203.0.113.7"),
                "ja",
                "japanese");
        assertThat(joined(text))
                .contains("漏えい等報告書（速報）")
                .contains("個人情報保護委員会御中")
                .contains("髙﨑市の𠮷田課長が、概要を確認した。")
                .contains("ｶﾅＡＢＣ①")
                .contains("Mixed和文andEnglish,203.0.113.7")
                .contains("（現時点で不明・確認中）")
                .contains("INC-2026-0001第2号")
                .contains("TLP:AMBER")
                .contains("以上");
        assertThat(joined(pdf(new SampleReport().value("a", "x"), "en", "english")))
                .contains("Breachreport(Preliminary)")
                .contains("(notknownyet)");
    }

    @Test
    void whatChangedIsMarkedEverywhere() throws IOException {
        SampleReport report = new SampleReport()
                .value("a", "残る行\n新しい行")
                .before("a", "残る行\n消えた行")
                .value("b", "同じ")
                .before("b", "同じ");
        String html = html(report, "ja");
        assertThat(html)
                .contains("<ins class=\"line\">新しい行</ins>")
                .contains("<span class=\"line\">残る行</span>")
                .contains("<del>消えた行</del>")
                .contains("変更：1 項目");
        assertThat(joined(pdf(report, "ja", "changed")))
                .contains("変更あり")
                .contains("前回の報告：消えた行")
                .contains("変更：1項目");
        assertThat(csv(report).lines().filter(line -> line.contains("変更あり"))).hasSize(1);
        JsonNode json = new ObjectMapper().readTree(report.document().write());
        assertThat(json.at("/sections/0/fields/0/changed").asBoolean()).isTrue();
        assertThat(json.at("/sections/0/fields/0/before").asText()).isEqualTo("残る行\n消えた行");
        assertThat(json.at("/sections/0/fields/1/changed").asBoolean()).isFalse();
        assertThat(json.at("/previous/seq").asInt()).isEqualTo(1);
    }

    @Test
    void hostileTextIsTextInEveryOutput() throws IOException {
        String hostile = "<script>alert(1)</script>\u202Egpj.exe\u001B[2J\u0000<img src=x onerror=alert(2)>";
        SampleReport report = new SampleReport()
                .value("a", IncidentText.clean(hostile))
                .value("b", "=HYPERLINK(\"http://203.0.113.7/\",\"x\")")
                .value("c", "a".repeat(20_000))
                .before("a", hostile);
        String html = html(report, "en");
        assertThat(html)
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("\u001B")
                .contains("&lt;script&gt;")
                .contains("[U+202E]")
                .contains("default-src &#39;none&#39;");
        // What was kept before texts were cleaned is escaped by the template all the same.
        assertThat(html.substring(html.indexOf("<body"))).doesNotContain("onerror=alert(2)>");
        String csv = csv(report);
        assertThat(csv)
                .startsWith("\uFEFF")
                .contains("\"'=HYPERLINK(\"\"http://")
                .doesNotContain("\u001B");
        String pdf = pdf(report, "en", "hostile");
        assertThat(joined(pdf)).contains("<script>alert(1)</script>[U+202E]gpj.exe[ESC][2J");
        assertThat(pdf.chars().filter(c -> c == 'a').count()).isGreaterThan(20_000);
        JsonNode json = new ObjectMapper().readTree(report.document().write());
        assertThat(json.at("/sections/0/fields/0/value").asText()).doesNotContain("\u202E");
    }

    @Test
    void spreadsheetsComputeNothing() {
        for (String formula :
                new String[] {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "|calc", "%0", "＝1＋1", "＠a"}) {
            assertThat(CsvLine.cell(formula)).as(formula).startsWith("\"'");
        }
        assertThat(CsvLine.cell("・一覧")).isEqualTo("\"・一覧\"");
        assertThat(CsvLine.cell("say \"x\"\nnext")).isEqualTo("\"say \"\"x\"\"\nnext\"");
        assertThat(CsvLine.cell("   ")).isEqualTo("\"   \"");
    }

    @Test
    void theJsonFileIsWhatWasHashedAndReadsBackAsItWas() {
        ReportDocument document =
                new SampleReport().value("a", "値").before("a", "前").document();
        byte[] bytes = document.write();
        assertThat(ReportDocument.read(bytes)).isEqualTo(document);
        assertThat(ReportDocument.read(bytes).write()).isEqualTo(bytes);
    }

    @Test
    void theJsonHasTheFieldsThatTheGuideNames() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(new SampleReport().value("a", "値").document().write());
        String guide = Files.readString(Path.of("../docs/reports.md"));
        json.fieldNames().forEachRemaining(name -> assertThat(guide).contains("`" + name + "`"));
        json.at("/sections/0/fields/0")
                .fieldNames()
                .forEachRemaining(name -> assertThat(guide).contains("`" + name + "`"));
        assertThat(json.get("schema").asText()).isEqualTo("hinomi-report/1");
    }

    @Test
    void aMissingFontSaysWhatToDo(@TempDir Path folder) throws IOException {
        PdfReport none = new PdfReport(
                new ReportFonts(Optional.of(folder.resolve("none.ttf").toString())));
        assertThatThrownBy(() -> none.write(new SampleReport().view("ja")))
                .isInstanceOf(ReportFonts.MissingFontException.class)
                .hasMessageContaining("fonts-noto-cjk")
                .hasMessageContaining("HINOMI_REPORT_FONT");
        // A font without Japanese is none.
        PdfReport latin =
                new PdfReport(new ReportFonts(Optional.of("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")));
        if (Files.exists(Path.of("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))) {
            assertThatThrownBy(() -> latin.write(new SampleReport().view("ja")))
                    .hasMessageContaining("no Japanese characters");
        }
    }
}
