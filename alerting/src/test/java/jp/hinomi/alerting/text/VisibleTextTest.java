package jp.hinomi.alerting.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {
    @Test
    void markupIsText() {
        assertThat(VisibleText.html("<script>alert('1')</script> & \"x\""))
                .isEqualTo("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;");
    }

    @Test
    void whatWouldHideOrTurnTextAroundIsShown() {
        assertThat(VisibleText.html("a\u202eb")).isEqualTo("a<span class=\"hidden-char\">U+202E</span>b");
        assertThat(VisibleText.html("\u001b[31m\0"))
                .isEqualTo("<span class=\"hidden-char\">ESC</span>[31m" + "<span class=\"hidden-char\">U+0000</span>");
        assertThat(VisibleText.html("\u200bzero")).contains("U+200B");
        assertThat(VisibleText.html("\ud800x")).contains("U+D800");
        assertThat(VisibleText.plain("a\u202eb\r\nSubject: x", 100)).isEqualTo("a[U+202E]b  Subject: x");
    }

    @Test
    void japaneseAndEmojiStayAsTheyAre() {
        assertThat(VisibleText.html("火の見櫓🔥")).isEqualTo("火の見櫓🔥");
    }

    @Test
    void longTextIsCutBetweenCharactersAndSaysSo() {
        assertThat(VisibleText.plain("ab🔥cd", 3)).isEqualTo("ab…");
        assertThat(VisibleText.html("x".repeat(5000))).hasSizeLessThan(4100).contains("+1000");
    }
}
