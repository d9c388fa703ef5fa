package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.Test;

/**
 * At most 50 µs per event among 100,000 selectors: a scan of them would take some hundred times that. Prints the figures
 * of two streams: addresses that hardly repeat, as in a scan of the city, and the few that ordinary logs name.
 */
class ResourceResolverSpeedTest {
    private static final int RESOURCES = 25_000;
    private static final int EVENTS = 20_000;
    private static final int ROUNDS = 5;
    private static final long BUDGET_NANOS = 50_000;

    private final ResourceResolver resolver = new ResourceResolver(city());

    @Test
    void resolvesAddressesThatHardlyRepeatWithoutScanning() {
        assertThat(best("hardly repeating", RESOURCES)).isLessThan(BUDGET_NANOS);
    }

    @Test
    void resolvesTheAddressesOfOrdinaryLogs() {
        assertThat(best("a few", 100)).isLessThan(BUDGET_NANOS);
    }

    /** Nanoseconds per event in the best of some rounds: the machine does other things as well. */
    private long best(String what, int hosts) {
        List<SecurityEvent> events = events(hosts);
        long best = Long.MAX_VALUE;
        long found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (SecurityEvent event : events) {
                found += resolver.resolve(event).size();
            }
            best = Math.min(best, (System.nanoTime() - start) / EVENTS);
        }
        System.out.println("resolve among 100,000 selectors, " + what + ": " + best + " ns per event");
        assertThat(found).isEqualTo(2L * EVENTS * ROUNDS);
        return best;
    }

    private static City city() {
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < RESOURCES; i++) {
            resources.add(Cities.resource(
                    "r" + i,
                    "cidr=10.%d.%d.0/24 cidr=2001:db8:%x::/48 host=*.r%d.example.jp service=s%d"
                            .formatted(i >> 8 & 255, i & 255, i, i, i)));
        }
        return Cities.of(resources, List.of());
    }

    private static List<SecurityEvent> events(int hosts) {
        Random random = new Random(7);
        List<SecurityEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            int target = random.nextInt(hosts);
            events.add(new SecurityEvent.Builder("e" + i, 0)
                    .put(Fields.SOURCE_IP, "2001:db8:%x::%x".formatted(random.nextInt(hosts), hosts > 100 ? i : 1))
                    .put(Fields.DESTINATION_DOMAIN, "www.r" + random.nextInt(hosts) + ".example.jp")
                    .put(Fields.DESTINATION_IP, "10.%d.%d.9".formatted(target >> 8 & 255, target & 255))
                    .put(Fields.HOST_NAME, "sensor-" + random.nextInt(hosts))
                    .build());
        }
        return events;
    }
}
