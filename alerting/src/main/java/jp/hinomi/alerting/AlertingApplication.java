package jp.hinomi.alerting;

import java.time.InstantSource;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import jp.hinomi.alerting.ack.AckKey;
import jp.hinomi.alerting.ack.Acknowledgements;
import jp.hinomi.alerting.api.AlertApi;
import jp.hinomi.alerting.api.ApiDescription;
import jp.hinomi.alerting.api.ApiProblems;
import jp.hinomi.alerting.api.CaseworkApi;
import jp.hinomi.alerting.api.ChannelApi;
import jp.hinomi.alerting.api.DeadLetterApi;
import jp.hinomi.alerting.api.DescriptionApi;
import jp.hinomi.alerting.api.EvidenceApi;
import jp.hinomi.alerting.api.HeldApi;
import jp.hinomi.alerting.api.IncidentApi;
import jp.hinomi.alerting.api.MapApi;
import jp.hinomi.alerting.api.OwnApi;
import jp.hinomi.alerting.api.PoisonApi;
import jp.hinomi.alerting.api.ReportApi;
import jp.hinomi.alerting.api.SilenceApi;
import jp.hinomi.alerting.api.TriageApi;
import jp.hinomi.alerting.api.WebhookApi;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.console.AccountPages;
import jp.hinomi.alerting.console.AckPages;
import jp.hinomi.alerting.console.AlertPages;
import jp.hinomi.alerting.console.AlertQueries;
import jp.hinomi.alerting.console.CaseworkPages;
import jp.hinomi.alerting.console.ChannelPages;
import jp.hinomi.alerting.console.DeadLetters;
import jp.hinomi.alerting.console.DeliveryQueries;
import jp.hinomi.alerting.console.DetailQueries;
import jp.hinomi.alerting.console.EvidencePages;
import jp.hinomi.alerting.console.ExportPages;
import jp.hinomi.alerting.console.GapQueries;
import jp.hinomi.alerting.console.HeldPages;
import jp.hinomi.alerting.console.IncidentPages;
import jp.hinomi.alerting.console.LoginPage;
import jp.hinomi.alerting.console.MapPages;
import jp.hinomi.alerting.console.MapVersionPages;
import jp.hinomi.alerting.console.MessagePages;
import jp.hinomi.alerting.console.OperationPages;
import jp.hinomi.alerting.console.OperationQueries;
import jp.hinomi.alerting.console.PeoplePages;
import jp.hinomi.alerting.console.PlannedAnew;
import jp.hinomi.alerting.console.PoisonPages;
import jp.hinomi.alerting.console.Preferences;
import jp.hinomi.alerting.console.QueueExport;
import jp.hinomi.alerting.console.ReportPages;
import jp.hinomi.alerting.console.SecondStepPages;
import jp.hinomi.alerting.console.Shell;
import jp.hinomi.alerting.console.SimilarAlerts;
import jp.hinomi.alerting.console.TimelinePages;
import jp.hinomi.alerting.console.TriagePages;
import jp.hinomi.alerting.console.ValuePages;
import jp.hinomi.alerting.console.WebhookPages;
import jp.hinomi.alerting.delivery.Outbox;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.evidence.EvidenceFiles;
import jp.hinomi.alerting.live.LiveUpdates;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.map.LineDecoder;
import jp.hinomi.alerting.map.MapArchive;
import jp.hinomi.alerting.map.MapDesk;
import jp.hinomi.alerting.map.MapFollower;
import jp.hinomi.alerting.map.MapInForce;
import jp.hinomi.alerting.map.MapVersions;
import jp.hinomi.alerting.notice.MessageTemplates;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Readers;
import jp.hinomi.alerting.own.OwnMap;
import jp.hinomi.alerting.own.OwnMapPages;
import jp.hinomi.alerting.own.OwnPages;
import jp.hinomi.alerting.own.OwnPart;
import jp.hinomi.alerting.own.OwnQueries;
import jp.hinomi.alerting.own.OwnReports;
import jp.hinomi.alerting.report.Reports;
import jp.hinomi.alerting.report.out.ReportFiles;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.alerting.security.ApiTokens;
import jp.hinomi.alerting.security.LoginGuard;
import jp.hinomi.alerting.security.Logins;
import jp.hinomi.alerting.security.ProviderLogout;
import jp.hinomi.alerting.security.SealedCookies;
import jp.hinomi.alerting.security.SecondFactor;
import jp.hinomi.alerting.security.SecurityConfiguration;
import jp.hinomi.alerting.security.SessionContexts;
import jp.hinomi.alerting.security.Sessions;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.alerting.store.Escalations;
import jp.hinomi.alerting.store.PoisonRecords;
import jp.hinomi.alerting.store.SigningKeys;
import jp.hinomi.alerting.store.ToldScopes;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.web.WebConfiguration;
import jp.hinomi.alerting.webhook.WebhookConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The parts that pages and background work share. Everything is named here: nothing is found by scanning, so that the start
 * is fast and this class tells the whole story.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {MailSenderAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@Import({
    SecurityConfiguration.class,
    WebConfiguration.class,
    DeliveryConfiguration.class,
    Shell.class,
    LoginPage.class,
    ProviderLogout.class,
    AccountPages.class,
    PeoplePages.class,
    SecondStepPages.class,
    OwnPages.class,
    OwnMapPages.class,
    OwnApi.class,
    AlertPages.class,
    TriageConfiguration.class,
    TriagePages.class,
    ValuePages.class,
    QueueExport.class,
    OperationPages.class,
    PoisonPages.class,
    PoisonApi.class,
    Preferences.class,
    AckPages.class,
    ApiProblems.class,
    ApiDescription.class,
    DescriptionApi.class,
    AlertApi.class,
    TriageApi.class,
    SilenceApi.class,
    ChannelConfiguration.class,
    ChannelApi.class,
    ChannelPages.class,
    HeldConfiguration.class,
    HeldApi.class,
    HeldPages.class,
    MessagePages.class,
    WebhookConfiguration.class,
    WebhookApi.class,
    WebhookPages.class,
    IncidentConfiguration.class,
    HealthConfiguration.class,
    IncidentApi.class,
    EvidenceApi.class,
    DeadLetterApi.class,
    CaseworkApi.class,
    ReportApi.class,
    MapApi.class,
    MapPages.class,
    MapVersionPages.class,
    IncidentPages.class,
    CaseworkPages.class,
    ExportPages.class,
    EvidencePages.class,
    TimelinePages.class,
    ReportPages.class
})
class AlertingApplication {
    @Bean
    MapVersions mapVersions(
            JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit, AlertingSettings settings, Texts texts) {
        return new MapVersions(
                jdbc, transaction, audit, settings.formats(), templates -> MessageTemplates.check(templates, texts));
    }

    @Bean
    MapArchive mapArchive(MapVersions versions) {
        return new MapArchive(versions);
    }

    @Bean
    MapFollower mapFollower(MapVersions versions, MapArchive archive, AlertingSettings settings, InstantSource clock) {
        return MapFollower.start(versions, archive, settings.city(), settings.files(), clock.instant());
    }

    @Bean
    MapInForce mapInForce(MapFollower follower) {
        return follower.inForce();
    }

    @Bean
    MapDesk mapDesk(MapVersions versions, MapArchive archive, MapFollower follower, JdbcClient jdbc) {
        return new MapDesk(
                versions,
                archive,
                follower,
                jdbc,
                ServiceLoader.load(LineDecoder.class).findFirst());
    }

    @Bean
    InstantSource clock(AlertingSettings settings) {
        return settings.clock();
    }

    @Bean
    MessageSource messageSource() {
        return Texts.source();
    }

    @Bean
    Texts texts(MessageSource messages) {
        return new Texts(messages);
    }

    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }

    @Bean
    AuditLog auditLog(JdbcClient jdbc) {
        return new AuditLog(jdbc);
    }

    @Bean
    EvidenceLooks evidenceLooks(AuditLog audit, TransactionTemplate transaction, InstantSource clock) {
        return new EvidenceLooks(audit, transaction, clock);
    }

    @Bean
    Alerts alerts(JdbcClient jdbc) {
        return new Alerts(jdbc);
    }

    @Bean
    Decisions decisions(JdbcClient jdbc) {
        return new Decisions(jdbc);
    }

    @Bean
    PoisonRecords poisonRecords(JdbcClient jdbc) {
        return new PoisonRecords(jdbc);
    }

    @Bean
    Escalations escalations(JdbcClient jdbc) {
        return new Escalations(jdbc);
    }

    @Bean
    AckKey ackKey(JdbcClient jdbc, InstantSource clock) {
        return new AckKey(new SigningKeys(jdbc).keyFor("acknowledgement", clock.instant()));
    }

    @Bean
    Acknowledgements acknowledgements(
            JdbcClient jdbc,
            Alerts alerts,
            Escalations escalations,
            AuditLog audit,
            CityInForce city,
            TransactionTemplate transaction,
            AtomicReference<Runnable> wake) {
        return new Acknowledgements(
                jdbc,
                alerts,
                escalations,
                audit,
                city,
                transaction,
                () -> wake.get().run());
    }

    @Bean
    Accounts accounts(JdbcClient jdbc, PasswordEncoder encoder, AuditLog audit, TransactionTemplate transaction) {
        return new Accounts(jdbc, encoder, audit, transaction);
    }

    @Bean
    Sessions sessions(JdbcClient jdbc, AuditLog audit, TransactionTemplate transaction) {
        return new Sessions(jdbc, audit, transaction);
    }

    @Bean
    SecondFactor secondFactor(JdbcClient jdbc, AuditLog audit, TransactionTemplate transaction) {
        return new SecondFactor(jdbc, audit, transaction);
    }

    @Bean
    SessionContexts sessionContexts(Sessions sessions, InstantSource clock) {
        return new SessionContexts(sessions, clock);
    }

    @Bean
    SealedCookies sealedCookies(JdbcClient jdbc, InstantSource clock) {
        return new SealedCookies(new SigningKeys(jdbc).keyFor("cookies", clock.instant()), clock);
    }

    @Bean
    Logins logins(SecondFactor factor, LoginGuard guard, SessionContexts contexts, SealedCookies cookies) {
        return new Logins(factor, guard, contexts, cookies);
    }

    @Bean
    ApiTokens apiTokens(JdbcClient jdbc, AuditLog audit, TransactionTemplate transaction) {
        return new ApiTokens(jdbc, audit, transaction);
    }

    @Bean
    LoginGuard loginGuard(JdbcClient jdbc, AuditLog audit, TransactionTemplate transaction, InstantSource clock) {
        return new LoginGuard(jdbc, audit, transaction, clock);
    }

    @Bean
    LiveUpdates liveUpdates(AlertingSettings settings, MapFollower map, Sessions sessions, InstantSource clock) {
        return new LiveUpdates(settings.database(), map::look, ids -> sessions.goingOn(ids, clock.instant()));
    }

    @Bean
    OwnQueries ownQueries(JdbcClient jdbc) {
        return new OwnQueries(jdbc);
    }

    @Bean
    ToldScopes toldScopes(JdbcClient jdbc) {
        return new ToldScopes(jdbc);
    }

    @Bean
    Readers readers(CityInForce city, ToldScopes told) {
        return new Readers(city, told);
    }

    @Bean
    OwnPart ownPart(
            OwnQueries queries,
            Alerts alerts,
            Notices notices,
            Readers readers,
            Acknowledgements acknowledgements,
            Incidents incidents,
            EvidenceFiles files,
            EvidenceLooks looks,
            CityInForce city,
            InstantSource clock) {
        return new OwnPart(queries, alerts, notices, readers, acknowledgements, incidents, files, looks, city, clock);
    }

    @Bean
    OwnMap ownMap(MapDesk desk, InstantSource clock) {
        return new OwnMap(desk, clock);
    }

    @Bean
    OwnReports ownReports(OwnQueries queries, Reports reports, ReportFiles files, EvidenceLooks looks) {
        return new OwnReports(queries, reports, files, looks);
    }

    @Bean
    AlertQueries alertQueries(DataSource source) {
        return new AlertQueries(PlannedAnew.of(source));
    }

    @Bean
    DeadLetters deadLetters(JdbcClient jdbc, Outbox outbox, AuditLog audit, TransactionTemplate transaction) {
        return new DeadLetters(jdbc, outbox, audit, transaction);
    }

    @Bean
    DeliveryQueries deliveryQueries(DataSource source) {
        return new DeliveryQueries(PlannedAnew.of(source));
    }

    @Bean
    OperationQueries operationQueries(JdbcClient jdbc) {
        return new OperationQueries(jdbc);
    }

    @Bean
    GapQueries gapQueries(JdbcClient jdbc) {
        return new GapQueries(jdbc);
    }

    @Bean
    DetailQueries detailQueries(
            JdbcClient jdbc,
            AlertQueries alerts,
            DeliveryQueries deliveries,
            Acknowledgements acknowledgements,
            AuditLog audit) {
        return new DetailQueries(jdbc, alerts, deliveries, acknowledgements, audit, new SimilarAlerts(jdbc));
    }
}
