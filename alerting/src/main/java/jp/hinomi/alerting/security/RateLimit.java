package jp.hinomi.alerting.security;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * So many requests a minute for each of many who ask: a minute's worth at once, then evenly (the generic cell rate algorithm, one
 * number for each). Memory is bounded: of more than {@value #MOST} the one that asked longest ago is forgotten, which costs nobody
 * anything but the limit. Thread-safe.
 */
final class RateLimit {
    /** Some 2 MB. */
    static final int MOST = 10_000;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** Nanoseconds; 0 = no limit. */
    private final long interval;

    /** When each will have used nothing of its minute again. */
    private final Map<String, Instant> idle = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    };

    /** @param perMinute 0 = no limit */
    RateLimit(int perMinute) {
        if (perMinute < 0) {
            throw new IllegalArgumentException(
                    perMinute + " requests a minute: use a number from 0, which is no limit");
        }
        this.interval = perMinute == 0 ? 0 : MINUTE / perMinute;
    }

    /** Takes one request; present if there is none left: how long until there is. */
    synchronized Optional<Duration> take(String who, Instant now) {
        Optional<Duration> wait = wait(who, now);
        if (wait.isEmpty() && interval > 0) {
            idle.put(who, from(who, now).plusNanos(interval));
        }
        return wait;
    }

    /** The same without taking one. */
    synchronized Optional<Duration> wait(String who, Instant now) {
        if (interval == 0) {
            return Optional.empty();
        }
        long over = Duration.between(now, from(who, now)).toNanos() + interval - MINUTE;
        return over > 0 ? Optional.of(Duration.ofNanos(over)) : Optional.empty();
    }

    /** A clock that was set back forgets: else it would shut somebody out for as long as that. */
    private Instant from(String who, Instant now) {
        Instant until = idle.getOrDefault(who, now);
        return until.isBefore(now) || until.isAfter(now.plusNanos(MINUTE)) ? now : until;
    }

    synchronized int remembered() {
        return idle.size();
    }
}
