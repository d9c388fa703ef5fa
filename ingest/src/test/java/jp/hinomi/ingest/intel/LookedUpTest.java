package jp.hinomi.ingest.intel;

import static org.assertj.core.api.Assertions.assertThat;

import jp.hinomi.events.Indicator;
import jp.hinomi.events.Observable;
import org.junit.jupiter.api.Test;

class LookedUpTest {
    private static final long NOW = 1_800_000_000_000L;

    private final LookedUp lookedUp = new LookedUp();

    private static Indicator.Builder indicator(String address) {
        return Indicator.builder("i", "feed").observable(Observable.Type.IPV4_ADDR, address);
    }

    private boolean isNews(Indicator.Builder indicator) {
        return lookedUp.isNews(indicator.build(), NOW);
    }

    @Test
    void whatIsOnlyRepeatedIsNoNews() {
        assertThat(isNews(indicator("203.0.113.7").validUntil(NOW + 10))).isTrue();
        assertThat(isNews(indicator("203.0.113.7").validUntil(NOW + 10))).isFalse();
        assertThat(isNews(indicator("203.0.113.7").confidence(90).modified(NOW)))
                .as("another opinion about the same, without an end")
                .isFalse();
        assertThat(isNews(indicator("203.0.113.8"))).as("another address").isTrue();
        assertThat(isNews(indicator("203.0.113.8").validFrom(NOW - 100)))
                .as("another beginning")
                .isTrue();
    }

    @Test
    void whatLapsedAndHoldsAgainHasAGapBehindIt() {
        assertThat(isNews(indicator("203.0.113.7").validUntil(NOW - 10))).isTrue();
        assertThat(isNews(indicator("203.0.113.7").validUntil(NOW + 10))).isTrue();
        assertThat(isNews(indicator("203.0.113.7").validUntil(NOW + 20))).isFalse();
    }

    @Test
    void whatWasTakenAwayOrRevokedIsNewWhenItComesAgain() {
        assertThat(isNews(indicator("203.0.113.7"))).isTrue();
        lookedUp.forget("i");
        assertThat(isNews(indicator("203.0.113.7"))).isTrue();
        assertThat(isNews(indicator("203.0.113.7").revoked(true))).isFalse();
        assertThat(isNews(indicator("203.0.113.7"))).isTrue();
    }

    @Test
    void whatBeginsLaterSaysNothingAboutThePast() {
        assertThat(isNews(indicator("203.0.113.7").validFrom(NOW + 1))).isFalse();
    }

    @Test
    void remembersAsManyAsThereAre() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                boolean news = lookedUp.isNews(
                        Indicator.builder("id-" + i, "feed")
                                .observable(Observable.Type.IPV4_ADDR, "203.0.113.7")
                                .build(),
                        NOW);
                assertThat(news).as("%d in round %d", i, round).isEqualTo(round == 0);
            }
        }
    }
}
