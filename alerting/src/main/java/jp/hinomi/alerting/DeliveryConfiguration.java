package jp.hinomi.alerting;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.alerting.ack.AckKey;
import jp.hinomi.alerting.ack.Acknowledgements;
import jp.hinomi.alerting.ack.ShortLinks;
import jp.hinomi.alerting.alarm.AlarmDesk;
import jp.hinomi.alerting.alarm.AlarmMessages;
import jp.hinomi.alerting.alarm.DeliveryOutcomes;
import jp.hinomi.alerting.alarm.FailingChannels;
import jp.hinomi.alerting.alarm.Unanswered;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.audit.Checkpoints;
import jp.hinomi.alerting.delivery.ChannelStates;
import jp.hinomi.alerting.delivery.DeliveryFiles;
import jp.hinomi.alerting.delivery.Digests;
import jp.hinomi.alerting.delivery.EventTransport;
import jp.hinomi.alerting.delivery.IncidentThreads;
import jp.hinomi.alerting.delivery.MailTransport;
import jp.hinomi.alerting.delivery.Outbox;
import jp.hinomi.alerting.delivery.OutboxWorker;
import jp.hinomi.alerting.delivery.Outcomes;
import jp.hinomi.alerting.delivery.OwnMessages;
import jp.hinomi.alerting.delivery.Repetitions;
import jp.hinomi.alerting.delivery.Transport;
import jp.hinomi.alerting.delivery.Transports;
import jp.hinomi.alerting.duty.HandOverNotices;
import jp.hinomi.alerting.escalation.Roster;
import jp.hinomi.alerting.incident.JoinQueue;
import jp.hinomi.alerting.incident.join.Joins;
import jp.hinomi.alerting.intake.AlertConsumer;
import jp.hinomi.alerting.intake.AlertIntake;
import jp.hinomi.alerting.intake.Dispatch;
import jp.hinomi.alerting.intake.EscalationCheck;
import jp.hinomi.alerting.intake.EscalationRunner;
import jp.hinomi.alerting.intake.PoisonDesk;
import jp.hinomi.alerting.intake.Steps;
import jp.hinomi.alerting.live.LiveUpdates;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.map.MapFollower;
import jp.hinomi.alerting.notice.MessageIds;
import jp.hinomi.alerting.notice.MessageTemplates;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Writers;
import jp.hinomi.alerting.report.Reminders;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.alerting.store.Escalations;
import jp.hinomi.alerting.store.PoisonRecords;
import jp.hinomi.alerting.suppress.HeldReview;
import jp.hinomi.alerting.suppress.Releases;
import jp.hinomi.alerting.suppress.Silences;
import jp.hinomi.alerting.suppress.Suppression;
import jp.hinomi.alerting.suppress.Tallies;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.web.PublicUrl;
import jp.hinomi.alerting.webhook.EventRetention;
import jp.hinomi.alerting.webhook.WebhookFeed;
import jp.hinomi.alerting.webhook.WebhookOutcomes;
import jp.hinomi.alerting.webhook.Webhooks;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.thymeleaf.ITemplateEngine;

/** The way of an alert from the topic to those who are told. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {
    @Bean
    PublicUrl publicUrl(AlertingSettings settings, Environment environment) {
        return new PublicUrl(settings.publicUrl(), environment);
    }

    @Bean
    ShortLinks shortLinks(JdbcClient jdbc, AckKey key, InstantSource clock) {
        return new ShortLinks(jdbc, key, clock);
    }

    @Bean
    Notices notices(
            AlertingSettings settings, CityInForce city, PublicUrl publicUrl, AckKey key, ShortLinks shortLinks) {
        return new Notices(city, publicUrl, key.bytes(), settings.delivery().linkValidity(), shortLinks::write);
    }

    @Bean
    MessageIds messageIds(AlertingSettings settings) {
        String address = MailTransport.sender(settings.mailFrom()).getAddress();
        return new MessageIds(address.substring(address.indexOf('@') + 1));
    }

    @Bean
    Outbox outbox(JdbcClient jdbc) {
        return new Outbox(jdbc);
    }

    @Bean
    MessageTemplates messageTemplates(CityInForce city, Texts texts) {
        return MessageTemplates.inForce(city, texts);
    }

    @Bean
    Writers writers(
            ITemplateEngine templates, Texts texts, MessageIds messageIds, MessageTemplates own, CityInForce city) {
        return new Writers(
                templates,
                texts,
                messageIds,
                own,
                city.get().id(),
                id -> city.get().notification().gateways().get(id));
    }

    @Bean
    ChannelStates channelStates(JdbcClient jdbc) {
        return new ChannelStates(jdbc);
    }

    @Bean
    Releases releases(JdbcClient jdbc, Escalations escalations, AuditLog audit) {
        return new Releases(jdbc, escalations, audit);
    }

    @Bean
    Silences silences(
            JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit, Releases releases, CityInForce city) {
        return new Silences(jdbc, transaction, audit, releases, city);
    }

    @Bean
    HeldReview heldReview(
            JdbcClient jdbc,
            Silences silences,
            Releases releases,
            CityInForce city,
            TransactionTemplate transaction,
            InstantSource clock) {
        return new HeldReview(jdbc, silences, releases, city, transaction, clock);
    }

    @Bean
    Tallies tallies(JdbcClient jdbc) {
        return new Tallies(jdbc);
    }

    @Bean
    Suppression suppression(JdbcClient jdbc, Silences silences, Tallies tallies, CityInForce city) {
        return new Suppression(jdbc, silences, tallies, city);
    }

    @Bean
    Dispatch dispatch(
            Outbox outbox,
            Notices notices,
            Writers writers,
            Suppression suppression,
            Tallies tallies,
            CityInForce city,
            AlertingSettings settings) {
        return new Dispatch(outbox, notices, writers, suppression, tallies, city, settings.delivery());
    }

    @Bean
    Repetitions repetitions(
            JdbcClient jdbc,
            Outbox outbox,
            Suppression suppression,
            CityInForce city,
            TransactionTemplate transaction,
            InstantSource clock) {
        return new Repetitions(jdbc, outbox, suppression, city, transaction, clock);
    }

    @Bean
    HandOverNotices handOverNotices(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            OwnMessages messages,
            Texts texts,
            Writers writers,
            Notices notices,
            CityInForce city) {
        return new HandOverNotices(jdbc, transaction, audit, messages, texts, writers, notices, city);
    }

    @Bean
    Roster roster(CityInForce city) {
        return new Roster(city);
    }

    @Bean
    Steps steps(
            Escalations escalations,
            Alerts alerts,
            Decisions decisions,
            Dispatch dispatch,
            AuditLog audit,
            CityInForce city,
            Roster roster) {
        return new Steps(escalations, alerts, decisions, dispatch, audit, city, roster);
    }

    @Bean
    AlarmDesk alarmDesk(
            JdbcClient jdbc,
            Outbox outbox,
            Texts texts,
            ITemplateEngine templates,
            MessageIds messageIds,
            Notices notices,
            Writers writers,
            AuditLog audit,
            CityInForce city) {
        return new AlarmDesk(
                jdbc, outbox, new AlarmMessages(texts, templates, messageIds, notices, writers, city), audit, city);
    }

    @Bean
    AlertIntake alertIntake(
            NamedParameterJdbcOperations jdbc,
            Silences silences,
            Alerts alerts,
            Decisions decisions,
            Steps steps,
            Dispatch dispatch,
            AuditLog audit,
            CityInForce city,
            JoinQueue joins) {
        return new AlertIntake(jdbc, silences, alerts, decisions, steps, dispatch, audit, city, joins);
    }

    @Bean
    EscalationRunner escalationRunner(
            Escalations escalations,
            Alerts alerts,
            Acknowledgements acknowledgements,
            Steps steps,
            AlarmDesk alarms,
            AuditLog audit,
            CityInForce city,
            TransactionTemplate transaction,
            InstantSource clock) {
        return new EscalationRunner(
                escalations, alerts, acknowledgements, steps, alarms, audit, city, transaction, clock);
    }

    @Bean
    EscalationCheck escalationCheck(
            JdbcClient jdbc,
            Escalations escalations,
            Alerts alerts,
            EscalationRunner runner,
            Steps steps,
            AlarmDesk alarms,
            AuditLog audit,
            CityInForce city,
            TransactionTemplate transaction,
            InstantSource clock) {
        return new EscalationCheck(
                jdbc,
                escalations,
                alerts,
                runner,
                steps,
                alarms,
                new Unanswered(jdbc, alarms, city, transaction),
                new FailingChannels(jdbc, alarms, city, transaction),
                audit,
                city,
                transaction,
                clock);
    }

    @Bean
    AlarmsHealth alarmsHealthIndicator(AlarmDesk alarms) {
        return new AlarmsHealth(alarms);
    }

    @Bean
    Digests digests(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Texts texts,
            Writers writers,
            Outbox outbox,
            CityInForce city,
            Notices notices) {
        return new Digests(jdbc, transaction, texts, writers, outbox, city, notices);
    }

    /** Wakes the background work; set once that exists, because the consumer is a part of it. */
    @Bean
    AtomicReference<Runnable> wake() {
        return new AtomicReference<>(() -> {});
    }

    @Bean
    AlertConsumer alertConsumer(
            AlertingSettings settings,
            AlertIntake intake,
            PoisonRecords poison,
            TransactionTemplate transaction,
            InstantSource clock,
            AtomicReference<Runnable> wake) {
        return new AlertConsumer(
                settings.kafka(),
                intake,
                poison,
                transaction,
                clock,
                () -> wake.get().run());
    }

    @Bean
    PoisonDesk poisonDesk(PoisonRecords records, AlertIntake intake, AuditLog audit, TransactionTemplate transaction) {
        return new PoisonDesk(records, intake, audit, transaction);
    }

    @Bean
    IntakeHealth alertsHealthIndicator(AlertConsumer consumer) {
        return new IntakeHealth(consumer);
    }

    @Bean
    RecordsHealth recordsHealthIndicator(PoisonRecords poison) {
        return new RecordsHealth(poison);
    }

    @Bean
    DeliveryFiles deliveryFiles(JdbcClient jdbc) {
        return new DeliveryFiles(jdbc);
    }

    @Bean
    IncidentThreads incidentThreads(JdbcClient jdbc, MessageIds ids) {
        return new IncidentThreads(jdbc, ids);
    }

    /** Closed before the context is: see {@link RunningAlerting#close}. */
    @Bean(destroyMethod = "")
    Background background(
            AlertingSettings settings,
            AlertConsumer consumer,
            LiveUpdates live,
            CityInForce city,
            ChannelStates states,
            IncidentThreads threads,
            DeliveryFiles files,
            EscalationRunner escalationRunner,
            EscalationCheck escalationCheck,
            HeldReview heldReview,
            Repetitions repetitions,
            HandOverNotices handOvers,
            Reminders reminders,
            Joins joins,
            MapFollower map,
            Outbox outbox,
            Digests digests,
            Escalations escalations,
            AlarmDesk alarms,
            AuditLog audit,
            Webhooks webhooks,
            WebhookFeed webhookFeed,
            EventRetention events,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InstantSource clock,
            AtomicReference<Runnable> wake) {
        Outcomes toContacts = new DeliveryOutcomes(outbox, escalations, alarms);
        Outcomes toPrograms = new WebhookOutcomes(jdbc, webhooks, alarms);
        DeliverySettings delivery = settings.delivery();
        Map<Transport, Integer> transports =
                Transports.all(settings, city::get, System.getenv(), states, threads, files, webhooks, clock);
        Map<OutboxWorker, Integer> workers = new LinkedHashMap<>();
        transports.forEach((transport, most) -> workers.put(
                new OutboxWorker(
                        outbox,
                        transport,
                        digests,
                        transport.channelType().equals(EventTransport.TYPE) ? toPrograms : toContacts,
                        audit,
                        jdbc,
                        transaction,
                        delivery,
                        clock,
                        UUID.randomUUID().toString()),
                most));
        Background background = new Background(
                consumer,
                live,
                escalationRunner,
                escalationCheck,
                heldReview,
                repetitions,
                handOvers,
                new Checkpoints(jdbc, settings.auditCheckpoints()),
                reminders,
                joins,
                webhookFeed,
                events,
                map,
                clock,
                workers);
        wake.set(background::wake);
        return background;
    }
}
