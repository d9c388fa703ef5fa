package jp.hinomi.benchmarks.routing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A city with many selectors, as files: of 20,000 resources each has five, networks and addresses within each other (IPv4 and
 * IPv6), host names and suffixes, services and devices, with two responsibilities each.
 */
final class BigCity {
    static final int RESOURCES = 20_000;
    static final int SELECTORS = 5 * RESOURCES;

    private BigCity() {}

    static void write(Path example, Path folder) throws IOException {
        for (String same :
                new String[] {"city.yaml", "stakeholders.yaml", "escalations.yaml", "schedules.yaml", "severity.yaml"
                }) {
            Files.copy(example.resolve(same), folder.resolve(same));
        }
        Files.writeString(folder.resolve("sources.yaml"), "sources: []\n");
        StringBuilder resources = new StringBuilder("resources:\n");
        StringBuilder map = new StringBuilder("responsibilities:\n");
        for (int i = 0; i < RESOURCES; i++) {
            resources
                    .append("  - {id: r")
                    .append(i)
                    .append(", name: {en: R")
                    .append(i)
                    .append("}, layer: asset, criticality: medium, selectors: [{cidr: ")
                    .append(network(i))
                    .append("}, {cidr: ")
                    .append(address(i))
                    .append("}, {cidr: \"")
                    .append(network6(i))
                    .append("\"}, {host: \"*.h")
                    .append(i)
                    .append(".minato.example.jp\"}, {device: D")
                    .append(i)
                    .append("}]}\n");
            map.append("  - {resource: r")
                    .append(i)
                    .append(", stakeholder: os-vendor, duty: operator, escalation: city-os}\n");
            map.append("  - {resource: r")
                    .append(i)
                    .append(", stakeholder: minato-city, duty: owner, severity-min: high}\n");
        }
        Files.writeString(folder.resolve("resources.yaml"), resources);
        Files.writeString(folder.resolve("responsibilities.yaml"), map);
    }

    /** Blocks of 64 addresses, side by side. */
    private static String network(int i) {
        int first = i * 64;
        return "10." + (first >>> 16) + "." + (first >>> 8 & 0xFF) + "." + (first & 0xFF) + "/26";
    }

    /** One address inside the network of another resource. */
    private static String address(int i) {
        int at = (i + 7) % RESOURCES * 64 + 5;
        return "10." + (at >>> 16) + "." + (at >>> 8 & 0xFF) + "." + (at & 0xFF);
    }

    private static String network6(int i) {
        return "2001:db8:" + Integer.toHexString(i) + "::/48";
    }

    /** An address of some resource, an IPv6 one or a host name, of all resources alike. */
    static String place(Random random) {
        int i = random.nextInt(RESOURCES);
        return switch (random.nextInt(4)) {
            case 0 -> "2001:db8:" + Integer.toHexString(i) + "::" + Integer.toHexString(1 + random.nextInt(0xFFFE));
            case 1 -> "api" + random.nextInt(10) + ".h" + i + ".minato.example.jp";
            default -> {
                int at = i * 64 + random.nextInt(64);
                yield "10." + (at >>> 16) + "." + (at >>> 8 & 0xFF) + "." + (at & 0xFF);
            }
        };
    }
}
