package jp.hinomi.city;

import inet.ipaddr.IPAddress;
import inet.ipaddr.ipv4.IPv4AddressAssociativeTrie;
import inet.ipaddr.ipv6.IPv6AddressAssociativeTrie;
import java.util.List;

/** Address blocks by longest prefix. Filled before use; then safe to read from any thread. */
final class AddressIndex {
    private final IPv4AddressAssociativeTrie<List<Claim>> v4 = new IPv4AddressAssociativeTrie<>();
    private final IPv6AddressAssociativeTrie<List<Claim>> v6 = new IPv6AddressAssociativeTrie<>();

    void put(Claim claim) {
        IPAddress block = Addresses.block(claim.by().value());
        if (block.isIPv4()) {
            v4.remap(block.toIPv4(), claims -> Claim.add(claims, claim));
        } else {
            v6.remap(block.toIPv6(), claims -> Claim.add(claims, claim));
        }
    }

    /** What claims the longest block that the address is in; empty if none does. */
    List<Claim> find(IPAddress address) {
        if (address.isIPv4()) {
            var node = v4.longestPrefixMatchNode(address.toIPv4());
            return node == null ? List.of() : node.getValue();
        }
        var node = v6.longestPrefixMatchNode(address.toIPv6());
        return node == null ? List.of() : node.getValue();
    }
}
