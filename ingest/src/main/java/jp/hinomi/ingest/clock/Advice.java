package jp.hinomi.ingest.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import jp.hinomi.city.Source;

/** What is wrong with a source and what to do about it, in both languages. */
public record Advice(String english, String japanese) {
    /** For an episode of that source. */
    public static Advice of(Source source, Episode episode) {
        String size = size(episode.measure());
        return switch (episode.state()) {
            case OK -> throw new IllegalArgumentException("nothing is wrong");
            case WRONG_TIME_ZONE -> wrongZone(source, episode);
            case DRIFTING ->
                new Advice(
                        "its clock is " + size + side(episode) + ": synchronise it by NTP",
                        "時計が" + size + sideJa(episode) + "います。NTPで時刻を合わせてください");
            case FUTURE ->
                new Advice(
                        "its stamps are " + size
                                + " ahead, so its events are correlated at the time of their arrival: set its clock",
                        "時刻が" + size + "先です。相関は到着時刻で行っています。時計を合わせてください");
            case STALE ->
                new Advice(
                        "its stamps are " + size + " old, so its events are correlated at the time of their arrival:"
                                + " see whether it resends old logs or its queue is stuck, and set its clock",
                        "時刻が" + size + "古いままです。相関は到着時刻で行っています。古いログの再送や送信の滞留がないか確かめ、時計を合わせてください");
            case SILENT ->
                new Advice(
                        "nothing came for more than " + size + ": see whether it runs, whether it still sends its logs"
                                + " here, and whether the network lets them through",
                        size + "を過ぎても何も届きません。機器の稼働、ログの送信先、途中のネットワークを確かめてください");
            case REJECTING ->
                new Advice(
                        episode.measure() / 10 + " % of its records cannot be decoded: see the topic rejects, and"
                                + " whether its format or its software has changed",
                        "記録の" + episode.measure() / 10 + " %を読めません。rejects を見て、書式やソフトウェアの変更がないか確かめてください");
        };
    }

    /** The stamps are local times of another zone than the one they are read in: that one plus the offset. */
    private static Advice wrongZone(Source source, Episode episode) {
        long quarter = Duration.ofMinutes(15).toMillis();
        long offset = Math.round((double) episode.measure() / quarter) * quarter;
        ZoneOffset configured = source.zone().getRules().getOffset(Instant.ofEpochMilli(episode.begin()));
        long seconds = configured.getTotalSeconds() + offset / 1000;
        String by = String.format(
                Locale.ROOT,
                "%s%d:%02d",
                offset < 0 ? "-" : "+",
                Math.abs(offset) / 3_600_000,
                Math.abs(offset) / 60_000 % 60);
        if (Math.abs(seconds) > 18 * 3600) {
            return new Advice(
                    "its stamps are " + by + (offset > 0 ? " ahead" : " behind") + ": set its clock and its time zone",
                    "時刻が" + by + "ずれています。機器の時計と時間帯を直してください");
        }
        String zone = seconds == 0 ? "UTC" : "\"" + ZoneOffset.ofTotalSeconds((int) seconds) + '"';
        return new Advice(
                "its stamps are " + by + (offset > 0 ? " ahead" : " behind") + ": set `zone: " + zone
                        + "` in sources.yaml; if they name their zone, set the zone on the device",
                "時刻が" + by + "ずれています。sources.yaml に `zone: " + zone + "` と書いてください。時刻に時差が書かれているなら、機器の時間帯を直してください");
    }

    private static String side(Episode episode) {
        return episode.measure() > 0 ? " ahead" : " behind";
    }

    private static String sideJa(Episode episode) {
        return episode.measure() > 0 ? "進んで" : "遅れて";
    }

    /** {@code 1:02:03}, or seconds below a minute. */
    private static String size(long millis) {
        long seconds = Math.abs(millis) / 1000;
        if (seconds >= 26 * 3600 + 60) {
            return "more than 26 h";
        }
        return seconds < 60
                ? seconds + " s"
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
