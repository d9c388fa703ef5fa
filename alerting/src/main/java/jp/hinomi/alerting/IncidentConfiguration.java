package jp.hinomi.alerting;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.alerting.alarm.AlarmDesk;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.delivery.DeliveryFiles;
import jp.hinomi.alerting.delivery.OwnMessages;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.JoinQueue;
import jp.hinomi.alerting.incident.Timeline;
import jp.hinomi.alerting.incident.TimelineFeed;
import jp.hinomi.alerting.incident.axis.AxisQueries;
import jp.hinomi.alerting.incident.evidence.EvidenceFiles;
import jp.hinomi.alerting.incident.export.Exports;
import jp.hinomi.alerting.incident.export.Extracts;
import jp.hinomi.alerting.incident.join.Joins;
import jp.hinomi.alerting.incident.join.Suggestions;
import jp.hinomi.alerting.incident.work.Casework;
import jp.hinomi.alerting.incident.work.Tasks;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.MessageIds;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Writers;
import jp.hinomi.alerting.report.AlertCut;
import jp.hinomi.alerting.report.DeadlineQueries;
import jp.hinomi.alerting.report.FactQueries;
import jp.hinomi.alerting.report.Filler;
import jp.hinomi.alerting.report.ReminderWriter;
import jp.hinomi.alerting.report.Reminders;
import jp.hinomi.alerting.report.Reports;
import jp.hinomi.alerting.report.out.HtmlReport;
import jp.hinomi.alerting.report.out.PdfReport;
import jp.hinomi.alerting.report.out.ReportFiles;
import jp.hinomi.alerting.report.out.ReportFonts;
import jp.hinomi.alerting.report.send.CoverWriter;
import jp.hinomi.alerting.report.send.ReportSender;
import jp.hinomi.alerting.report.send.Sendings;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.text.Texts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.thymeleaf.ITemplateEngine;

/** Incidents and what is reported of them. */
@Configuration(proxyBeanMethods = false)
class IncidentConfiguration {
    private static final String EVIDENCE = "HINOMI_EVIDENCE_MAX_MIB";

    @Bean
    Timeline timeline(JdbcClient jdbc) {
        return new Timeline(jdbc);
    }

    @Bean
    Incidents incidents(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            Timeline timeline,
            Texts texts,
            CityInForce city,
            JoinQueue queue) {
        return new Incidents(
                jdbc, transaction, audit, timeline, new TimelineFeed(jdbc, timeline, texts, city), city, queue);
    }

    @Bean
    JoinQueue joinQueue(JdbcClient jdbc) {
        return new JoinQueue(jdbc);
    }

    @Bean
    Joins joins(
            JdbcClient jdbc, TransactionTemplate transaction, Incidents incidents, CityInForce city, AlarmDesk alarms) {
        return new Joins(jdbc, transaction, incidents, city, alarms);
    }

    @Bean
    Casework casework(JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit, Incidents incidents) {
        return new Casework(jdbc, transaction, audit, incidents);
    }

    @Bean
    Tasks tasks(JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit) {
        return new Tasks(jdbc, transaction, audit);
    }

    @Bean
    AlertCut alertCut(Alerts alerts, Notices notices) {
        return (id, stakeholder, scope, clearance) ->
                notices.cut(alerts.body(id).orElseThrow(), stakeholder, scope, clearance);
    }

    @Bean
    Extracts extracts(
            JdbcClient jdbc,
            Incidents incidents,
            Timeline timeline,
            Tasks tasks,
            Casework casework,
            EvidenceFiles evidence,
            AlertCut cut) {
        return new Extracts(jdbc, new FactQueries(jdbc, incidents, timeline), timeline, tasks, casework, evidence, cut);
    }

    @Bean
    Exports exports(
            TransactionTemplate transaction,
            AuditLog audit,
            Extracts extracts,
            PdfReport pdf,
            Texts texts,
            CityInForce city) {
        return new Exports(transaction, audit, extracts, pdf, texts, city);
    }

    @Bean
    EvidenceFiles evidenceFiles(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            Timeline timeline,
            Texts texts,
            CityInForce city,
            Environment environment) {
        return new EvidenceFiles(
                jdbc, transaction, audit, timeline, texts, city, mebibytes(environment.getProperty(EVIDENCE, "100")));
    }

    private static long mebibytes(String given) {
        if (!given.strip().matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException(
                    EVIDENCE + " is '" + given + "': give the largest file of evidence in MiB, from 1 to 9999");
        }
        return Long.parseLong(given.strip()) << 20;
    }

    @Bean
    AxisQueries axisQueries(JdbcClient jdbc) {
        return new AxisQueries(jdbc);
    }

    @Bean
    Suggestions suggestions(JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit, Incidents incidents) {
        return new Suggestions(jdbc, transaction, audit, incidents);
    }

    @Bean
    Reports reports(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            Incidents incidents,
            Timeline timeline,
            Texts texts,
            AlertCut cut,
            CityInForce city) {
        return new Reports(
                jdbc,
                transaction,
                audit,
                incidents,
                timeline,
                new FactQueries(jdbc, incidents, timeline),
                new Filler(cut, city, texts),
                texts,
                city);
    }

    @Bean
    DeadlineQueries deadlineQueries(Incidents incidents, Reports reports, CityInForce city) {
        return new DeadlineQueries(incidents, reports, city);
    }

    @Bean
    Reminders reminders(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            OwnMessages messages,
            Incidents incidents,
            DeadlineQueries deadlines,
            Texts texts,
            ITemplateEngine templates,
            MessageIds messageIds,
            Notices notices,
            Writers writers,
            CityInForce city) {
        return new Reminders(
                jdbc,
                transaction,
                audit,
                messages,
                incidents,
                deadlines,
                new ReminderWriter(texts, templates, messageIds, notices, writers, city),
                city);
    }

    @Bean
    PdfReport pdfReport(Environment environment) {
        Optional<String> font = Optional.ofNullable(environment.getProperty("HINOMI_REPORT_FONT"))
                .filter(text -> !text.isBlank());
        return new PdfReport(new ReportFonts(font));
    }

    @Bean
    ReportFiles reportFiles(Reports reports, ITemplateEngine templates, PdfReport pdf, Texts texts, CityInForce city) {
        return new ReportFiles(reports, new HtmlReport(templates), pdf, texts, city);
    }

    @Bean
    ReportSender reportSender(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            Reports reports,
            ReportFiles files,
            OwnMessages messages,
            DeliveryFiles attached,
            Texts texts,
            ITemplateEngine templates,
            MessageIds messageIds,
            Notices notices,
            Writers writers,
            CityInForce city,
            AtomicReference<Runnable> wake) {
        return new ReportSender(
                transaction,
                audit,
                reports,
                files,
                messages,
                attached,
                new Sendings(jdbc),
                new CoverWriter(texts, templates, messageIds, notices, writers, city),
                city,
                () -> wake.get().run());
    }
}
