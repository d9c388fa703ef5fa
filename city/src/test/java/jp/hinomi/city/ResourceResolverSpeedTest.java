package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.Test;

/** At most 50 µs per event among 100,000 selectors: a scan of them would take some hundred times that. */
class ResourceResolverSpeedTest {
    private static final int RESOURCES = 25_000;
    private static final int EVENTS = 20_000;
    private static final int ROUNDS = 5;
    private static final long BUDGET_NANOS = 50_000;

    @Test
    void resolvesWithoutScanning() {
        Random random = new Random(7);
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < RESOURCES; i++) {
            resources.add(Cities.resource(
                    "r" + i,
                    "cidr=10.%d.%d.0/24 cidr=2001:db8:%x::/48 host=*.r%d.example.jp service=s%d"
                            .formatted(i >> 8 & 255, i & 255, i, i, i)));
        }
        ResourceResolver resolver = new ResourceResolver(Cities.of(resources, List.of()));
        List<SecurityEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(new SecurityEvent.Builder("e" + i, 0)
                    .put(Fields.SOURCE_IP, "2001:db8:%x::%x".formatted(random.nextInt(RESOURCES), i))
                    .put(Fields.DESTINATION_DOMAIN, "www.r" + random.nextInt(2 * RESOURCES) + ".example.jp")
                    .put(Fields.DESTINATION_IP, "10.%d.%d.9".formatted(random.nextInt(98), random.nextInt(256)))
                    .put(Fields.HOST_NAME, "sensor-" + i)
                    .build());
        }

        long best = Long.MAX_VALUE;
        long found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (SecurityEvent event : events) {
                found += resolver.resolve(event).size();
            }
            best = Math.min(best, (System.nanoTime() - start) / EVENTS);
        }

        System.out.println("resolve, 100,000 selectors: " + best + " ns per event");
        assertThat(found).isGreaterThan((long) EVENTS * ROUNDS);
        assertThat(best).isLessThan(BUDGET_NANOS);
    }
}
