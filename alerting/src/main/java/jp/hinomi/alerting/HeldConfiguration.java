package jp.hinomi.alerting;

import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.suppress.HeldBack;
import jp.hinomi.alerting.suppress.Releases;
import jp.hinomi.alerting.suppress.SilencePreview;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is held back. */
@Configuration(proxyBeanMethods = false)
class HeldConfiguration {
    @Bean
    HeldBack heldBack(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Releases releases,
            AuditLog audit,
            AtomicReference<Runnable> wake) {
        return new HeldBack(jdbc, transaction, releases, audit, () -> wake.get().run());
    }

    @Bean
    SilencePreview silencePreview(JdbcClient jdbc) {
        return new SilencePreview(jdbc);
    }
}
