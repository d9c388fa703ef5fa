package jp.hinomi.alerting;

import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.channel.ChannelBoard;
import jp.hinomi.alerting.channel.ChannelTests;
import jp.hinomi.alerting.delivery.ChannelStates;
import jp.hinomi.alerting.delivery.OwnMessages;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Writers;
import jp.hinomi.alerting.text.Texts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whether the ways to people work. */
@Configuration(proxyBeanMethods = false)
class ChannelConfiguration {
    @Bean
    OwnMessages ownMessages(JdbcClient jdbc) {
        return new OwnMessages(jdbc);
    }

    @Bean
    ChannelBoard channelBoard(JdbcClient jdbc, ChannelStates states, CityInForce city) {
        return new ChannelBoard(jdbc, states, city::get);
    }

    @Bean
    ChannelTests channelTests(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            OwnMessages messages,
            Writers writers,
            Notices notices,
            Texts texts,
            AuditLog audit,
            CityInForce city,
            AtomicReference<Runnable> wake) {
        return new ChannelTests(
                jdbc,
                transaction,
                messages,
                writers,
                notices,
                texts,
                audit,
                city::get,
                () -> wake.get().run());
    }
}
