package jp.hinomi.alerting;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTTP proxy that webhooks and chat messages leave by.
 *
 * @param login absent = the proxy asks for none
 * @param direct what is reached without it: hosts with all below them, addresses and blocks; {@code *} = everything
 */
public record ProxySettings(String host, int port, Optional<Login> login, List<String> direct) {
    private static final Pattern WRITTEN =
            Pattern.compile("(?:http://)?(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})/?");
    private static final Pattern REFERENCE = Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*");

    /** @param password reference to it, {@code env:NAME} or {@code file:PATH}: read anew for each message */
    public record Login(String user, String password) {
        public Login {
            Objects.requireNonNull(user, "user");
            if (!REFERENCE.matcher(password).matches()) {
                // Not repeated: it may be the password itself.
                throw new IllegalArgumentException(
                        "the password of the proxy is given as a reference: write env:NAME or file:PATH");
            }
        }
    }

    public ProxySettings {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(login, "login");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port of the proxy is " + port + ": give one from 1 to 65535");
        }
        direct = direct.stream()
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /**
     * @param address {@code host:port}
     * @throws IllegalArgumentException saying how it is written
     */
    public static ProxySettings of(String address, Optional<Login> login, List<String> direct) {
        Matcher written = WRITTEN.matcher(address.strip());
        if (!written.matches()) {
            throw new IllegalArgumentException("the proxy is '" + address.replaceFirst("//[^@/]*@", "//…@")
                    + "': write host:port; user and password have settings of their own");
        }
        return new ProxySettings(
                written.group(1).replaceAll("[\\[\\]]", ""), Integer.parseInt(written.group(2)), login, direct);
    }

    /**
     * Whether a host is reached through it. What is this very machine never is: the proxy would take it for itself.
     *
     * @param name as in a URL; an IPv6 address with or without brackets
     */
    public boolean isFor(String name) {
        String asked = name.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "").replaceFirst("\\.$", "");
        IPAddress address = new IPAddressString(asked).getAddress();
        boolean here =
                address != null ? address.isLoopback() : asked.equals("localhost") || asked.endsWith(".localhost");
        return !here && direct.stream().noneMatch(entry -> matches(entry, asked, address));
    }

    private static boolean matches(String entry, String name, IPAddress address) {
        if (entry.equals("*")) {
            return true;
        }
        if (address != null) {
            IPAddress block = new IPAddressString(entry.replaceAll("[\\[\\]]", "")).getAddress();
            return block != null && block.contains(address);
        }
        String bare = entry.replaceFirst("^\\*?\\.", "");
        return name.equals(bare) || name.endsWith("." + bare);
    }
}
