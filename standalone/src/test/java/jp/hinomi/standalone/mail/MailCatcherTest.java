package jp.hinomi.standalone.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Locale;
import java.util.Properties;
import jp.hinomi.standalone.terminal.Texts;
import jp.hinomi.testing.TestBrowser;
import org.junit.jupiter.api.Test;

/** Mail goes in over SMTP and is looked at in a real browser. */
class MailCatcherTest {
    private static void send(MailCatcher catcher, String subject, String text, String html) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(catcher.smtpPort()));
        properties.put("mail.smtp.timeout", "10000");
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("hinomi@localhost"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("noc@os-vendor.example.jp"));
        message.setSubject(subject, "UTF-8");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, "UTF-8");
        MimeBodyPart rich = new MimeBodyPart();
        rich.setContent(html, "text/html; charset=UTF-8");
        message.setContent(new MimeMultipart("alternative", plain, rich));
        Transport.send(message);
    }

    @Test
    void shows_mail_as_it_arrives_in_two_languages_and_lets_no_script_of_it_run() throws Exception {
        try (MailCatcher catcher = MailCatcher.start(0, 0, Texts.in(Locale.ENGLISH));
                TestBrowser browser = TestBrowser.start()) {
            Page page = browser.newPage("ja-JP", ColorScheme.DARK, 1100, 800);
            page.navigate(catcher.inbox().toString());
            assertThat(page.textContent("h1")).contains("受信箱");
            assertThat(page.isVisible(".empty")).isTrue();
            send(
                    catcher,
                    "【緊急】都市OS <API> の操作",
                    "受領: http://localhost:8080/ack/abc",
                    "<p id=x>本文</p><script>document.getElementById('x').textContent='owned';top.location='about:blank'</script>"
                            + "<a href='http://localhost:8080/ack/abc'>受領する</a>");
            page.waitForSelector(".mails li");
            assertThat(page.textContent(".subject")).isEqualTo("【緊急】都市OS <API> の操作");
            page.click(".mails a");
            page.waitForSelector("iframe");
            assertThat(page.frameLocator("iframe").locator("#x").textContent()).isEqualTo("本文");
            assertThat(page.frameLocator("iframe").locator("a").getAttribute("href"))
                    .isEqualTo("http://localhost:8080/ack/abc");
            page.click("summary");
            assertThat(page.locator("pre a").getAttribute("href")).isEqualTo("http://localhost:8080/ack/abc");
            Page english = browser.newPage();
            english.navigate(catcher.inbox().toString());
            assertThat(english.textContent("h1")).contains("Inbox");
        }
    }
}
