package jp.hinomi.ingest.decode.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seen to fail: with the ancestors (Chrome, Safari) looked for first, and without the robots. */
class UserAgentTest {
    private static final String WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                // text | name | version | system | its version | device
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) WEBKIT Chrome/121.0.0.0 Safari/537.36 | Chrome | 121.0.0.0 | Windows | 10 | Other",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) WEBKIT Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.91 | Edge | 120.0.2210.91 | Windows | 10 | Other",
                "Mozilla/5.0 (Windows NT 6.1; WOW64) WEBKIT Chrome/106.0.0.0 Safari/537.36 OPR/92.0.0.0 | Opera | 92.0.0.0 | Windows | 7 | Other",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) WEBKIT Version/17.2.1 Safari/605.1.15 | Safari | 17.2.1 | Mac OS X | 10.15.7 | Mac",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:109.0) Gecko/20100101 Firefox/115.0 | Firefox | 115.0 | Mac OS X | 10.15 | Mac",
                "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0 | Firefox | 115.0 | Ubuntu | none | Other",
                "Mozilla/5.0 (X11; Linux x86_64) WEBKIT HeadlessChrome/119.0.6045.9 Safari/537.36 | HeadlessChrome | 119.0.6045.9 | Linux | none | Other",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) WEBKIT Version/17.2 Mobile/15E148 Safari/604.1 | Mobile Safari | 17.2 | iOS | 17.2 | iPhone",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_7 like Mac OS X) WEBKIT Mobile/15E148 Safari Line/13.20.0 | LINE | 13.20.0 | iOS | 16.7 | iPhone",
                "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) WEBKIT CriOS/119.0.6045.109 Mobile/15E148 Safari/604.1 | Chrome Mobile iOS | 119.0.6045.109 | iOS | 16.6 | iPad",
                "Mozilla/5.0 (Linux; Android 10; K) WEBKIT Chrome/121.0.0.0 Mobile Safari/537.36 | Chrome Mobile | 121.0.0.0 | Android | 10 | K",
                "Mozilla/5.0 (Linux; Android 14; SM-S911J Build/UP1A; wv) WEBKIT Version/4.0 Chrome/120.0.6099.43 Mobile Safari/537.36 | Chrome Mobile WebView | 120.0.6099.43 | Android | 14 | Samsung SM-S911J",
                "Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko | IE | 11.0 | Windows | 8.1 | Other",
                "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1) | IE | 8.0 | Windows | XP | Other",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | Googlebot | 2.1 | none | none | Spider",
                "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html) | Baiduspider | 2.0 | none | none | Spider",
                "curl/7.58.0 | curl | 7.58.0 | none | none | Other",
                "python-requests/2.31.0 | Python Requests | 2.31.0 | none | none | Other",
                "Go-http-client/1.1 | Go-http-client | 1.1 | none | none | Other",
                "aws-cli/2.13.5 Python/3.11.4 Linux/5.10.186 exe/x86_64 | aws-cli | 2.13.5 | Linux | 5.10.186 | Other",
                "sqlmap/1.7#stable (https://sqlmap.org) | sqlmap | 1.7 | none | none | Other",
                "Mozilla/5.0 | Other | none | none | none | Other",
                "() { :; }; /bin/bash -c 'x' | Other | none | none | none | Other",
            })
    void tells(String text, String name, String version, String system, String systemVersion, String device) {
        assertThat(UserAgent.of(text.replace("WEBKIT", WEBKIT)))
                .isEqualTo(new UserAgent(name, version, system, systemVersion, device));
    }

    /** Cut off anywhere, and of any length. */
    @Test
    void hostileOnes() {
        String text = "Mozilla/5.0 (Linux; Android 14; SM-S911J Build/UP1A; wv) " + WEBKIT + " Chrome/120.0 Mobile";
        for (int i = 1; i <= text.length(); i++) {
            assertThat(UserAgent.of(text.substring(0, i)).name()).isNotBlank();
        }
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            assertThat(UserAgent.of("a/".repeat(1 << 20)).name()).isEqualTo("a");
            assertThat(UserAgent.of("Android".repeat(1 << 20)).name()).isNotBlank();
        });
    }
}
