package jp.hinomi.alerting.report.send;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.delivery.AttachedFile;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Announcement;
import jp.hinomi.alerting.notice.MailMessage;
import jp.hinomi.alerting.notice.MessageIds;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Writers;
import jp.hinomi.alerting.report.Report;
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.Channel;
import jp.hinomi.city.report.ReportForm;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Writes what goes with a report, in the language of whom it is for. Thread-safe. */
public final class CoverWriter {
    private final Texts texts;
    private final ITemplateEngine templates;
    private final MessageIds messageIds;
    private final Notices notices;
    private final Writers writers;
    private final CityInForce city;

    public CoverWriter(
            Texts texts,
            ITemplateEngine templates,
            MessageIds messageIds,
            Notices notices,
            Writers writers,
            CityInForce city) {
        this.texts = texts;
        this.templates = templates;
        this.messageIds = messageIds;
        this.notices = notices;
        this.writers = writers;
        this.city = city;
    }

    Bilingual reason(Report report) {
        return new Bilingual(reason(report, "ja"), reason(report, "en"));
    }

    private String reason(Report report, String language) {
        return texts.get(
                language, "report.cover.reason", ReportForm.in(report.form().name(), language));
    }

    /** @param account whether the recipient has own pages to look at */
    String write(
            long delivery,
            Report report,
            ReportDocument document,
            Way way,
            List<AttachedFile> files,
            boolean account,
            Instant now) {
        String language = "ja".equals(way.to().stakeholder().locale()) ? "ja" : "en";
        String cityName = ReportForm.in(city.get().name(), language);
        // Not the incident's page: who is reported to need not have a part in it.
        URI own = notices.at("/own/reports/" + report.id() + ".html");
        String what = texts.get(
                language,
                "report.cover.what",
                ReportForm.in(document.form().name(), language),
                ReportForm.in(document.stageName(), language),
                document.seq());
        String subject =
                texts.get(language, "report.cover.subject", document.incident().number(), what);
        if (way.channel() instanceof Channel.Webhook || way.channel() instanceof Channel.Kafka) {
            return Columns.json(program(document, cityName, own));
        }
        if (!way.attached()) {
            return writers.of(way.channel())
                    .announcement(
                            new Announcement(
                                    Announcement.Kind.REMINDER,
                                    delivery,
                                    language,
                                    cityName,
                                    "report-sent",
                                    subject,
                                    what,
                                    texts.get(language, "report.cover.there", cityName),
                                    0,
                                    List.of(),
                                    "",
                                    own,
                                    now),
                            way.channel());
        }
        String id = messageIds.report("sent." + delivery);
        String intro = texts.get(
                language,
                "report.cover.intro",
                way.to().stakeholder().name(language),
                cityName,
                document.incident().number());
        String footer = texts.get(language, "report.cover.footer", cityName);
        String sha256 = report.submission().orElseThrow().sha256();
        String submitted = texts.get(
                language,
                "report.cover.submitted",
                Texts.time(
                        language,
                        way.to().contact().zone(),
                        report.submission().orElseThrow().at()));
        String text =
                text(language, intro, what, submitted, document.tlp(), sha256, files, account ? own.toString() : "")
                        + "\n\n-- \n" + footer + "\n";
        Context context = new Context(Texts.locale(language));
        context.setVariables(Map.of(
                "number", document.incident().number(),
                "what", what,
                "intro", intro,
                "submitted", submitted,
                "tlp", document.tlp(),
                "sha256", sha256,
                "files", files,
                "own", account ? own.toString() : "",
                "footer", footer));
        return Columns.json(new MailMessage(subject, text, templates.process("mail/report", context), id, id)
                .with(files.stream().map(AttachedFile::name).toList()));
    }

    private static Map<String, Object> program(ReportDocument document, String cityName, URI own) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "report.sent");
        body.put("city", cityName);
        body.put("incident", document.incident().number());
        body.put("form", document.form().id());
        body.put("stage", document.stage());
        body.put("number", document.seq());
        body.put("console", own.toString());
        return body;
    }

    private String text(
            String language,
            String intro,
            String what,
            String submitted,
            String tlp,
            String sha256,
            List<AttachedFile> files,
            String own) {
        StringBuilder text = new StringBuilder(intro).append("\n\n");
        text.append(what).append('\n').append(submitted).append('\n');
        text.append("TLP:").append(tlp).append("\n\n");
        text.append(texts.get(language, "report.cover.files")).append('\n');
        files.forEach(file -> text.append("  ")
                .append(file.name())
                .append("\n    SHA-256 ")
                .append(file.sha256())
                .append('\n'));
        text.append('\n').append(texts.get(language, "report.hash", sha256)).append('\n');
        text.append('\n').append(texts.get(language, "report.cover.label." + label(tlp)));
        if (!own.isEmpty()) {
            text.append("\n\n")
                    .append(texts.get(language, "report.cover.own"))
                    .append('\n')
                    .append(own);
        }
        return text.toString();
    }

    /** In keys of texts. */
    static String label(String tlp) {
        return tlp.toLowerCase(java.util.Locale.ROOT).replace('+', '-');
    }
}
