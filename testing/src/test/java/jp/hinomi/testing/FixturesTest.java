package jp.hinomi.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The fixtures themselves: one that lets everything pass would make every test worthless. */
class FixturesTest {
    private static void send(TestMail mail, String password, boolean tls) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.smtp.starttls.enable", Boolean.toString(tls));
        properties.put("mail.smtp.auth", "true");
        properties.put("mail.smtp.timeout", "10000");
        Session session = Session.getInstance(properties);
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("hinomi@example.jp"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("noc@example.jp"));
        message.setSubject("火の見", "UTF-8");
        message.setText("受領: http://localhost:1/ack/abc", "UTF-8");
        message.saveChanges();
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(mail.host(), mail.port(), mail.user(), password);
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    @Test
    void mail_arrives_over_tls_with_a_login() throws Exception {
        try (TestMail mail = TestMail.start()) {
            send(mail, mail.password(), true);
            ReceivedMail received = mail.await(Duration.ofSeconds(60), any -> true);
            assertThat(received.subject()).isEqualTo("火の見");
            assertThat(received.recipient()).isEqualTo("noc@example.jp");
            assertThat(received.link("/ack/")).contains("http://localhost:1/ack/abc");
        }
    }

    @Test
    void mail_is_refused_without_tls_or_with_a_wrong_password() {
        try (TestMail mail = TestMail.start()) {
            assertThatThrownBy(() -> send(mail, mail.password(), false)).isInstanceOf(MessagingException.class);
            assertThatThrownBy(() -> send(mail, "wrong", true)).isInstanceOf(MessagingException.class);
            assertThat(mail.received()).isEmpty();
        }
    }

    @Test
    void mail_server_stops_and_comes_back_on_the_same_port() throws Exception {
        try (TestMail mail = TestMail.start()) {
            int port = mail.port();
            mail.stop();
            assertThatThrownBy(() -> send(mail, mail.password(), true)).isInstanceOf(MessagingException.class);
            mail.resume();
            assertThat(mail.port()).isEqualTo(port);
            send(mail, mail.password(), true);
            assertThat(mail.received()).hasSize(1);
        }
    }

    @Test
    void databases_and_topics_are_of_ones_own() throws Exception {
        TestPostgres.Database one = TestPostgres.shared().newDatabase();
        TestPostgres.Database two = TestPostgres.shared().newDatabase();
        assertThat(one.jdbcUrl()).isNotEqualTo(two.jdbcUrl());
        try (var connection = two.connect()) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
        }
        assertThat(TestKafka.shared().newTopic("logs", 2))
                .isNotEqualTo(TestKafka.shared().newTopic("logs", 2));
    }

    @Test
    void browser_shows_a_page_in_the_language_asked_for() {
        try (TestBrowser browser = TestBrowser.start()) {
            Page page = browser.newPage("ja-JP", ColorScheme.DARK, 800, 600);
            page.setContent("<h1>火の見</h1>");
            assertThat(page.textContent("h1")).isEqualTo("火の見");
            assertThat(page.evaluate("navigator.language")).isEqualTo("ja-JP");
            assertThat(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"))
                    .isEqualTo(true);
        }
    }
}
