package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

/** Whole documents are in {@code documents/pfsense.txt}; here is what bends the format. */
class PfsenseDecoderTest {
    private static final String HEAD = "<134>Apr  1 10:00:00 pf filterlog[1]: 5,,,17,igb0,match,";

    private final DecoderTable table = new DecoderTable("pfsense");

    @Test
    void protocols() {
        table.line(
                HEAD + "block,in,4,0x0,,1,2,0,none,112,carp,56,192.0.2.1,224.0.0.18,advertise,255,1,2,1,0",
                "network.protocol=carp",
                "network.transport=vrrp",
                "pfsense.carp.vhid=1");
        table.line(
                HEAD + "pass,in,6,0x00,0x1,255,ICMPv6,58,72,fe80::1,ff02::1,",
                "network.transport=ipv6-icmp",
                "source.ip=fe80::1",
                "event.outcome=success");
        table.line(
                HEAD + "block,out,4,0x0,,1,2,0,none,2,igmp,36,192.0.2.1,224.0.0.22,datalength=4",
                "network.transport=igmp",
                "network.direction=outbound",
                "observer.egress.interface.name=igb0");
        table.line(
                HEAD + "block,in,4,0x0,,1,2,0,none,6,tcp,40,203.0.113.7,192.0.2.1",
                "destination.ip=192.0.2.1",
                "destination.port");
    }

    @Test
    void withoutAHeader() {
        table.line(
                "5,,,17,igb0,match,block,in,4,0x0,,1,2,0,none,17,udp,40,203.0.113.7,192.0.2.1,1,53,20",
                "destination.port=53",
                "@timestamp=2026-04-01T01:00:30Z");
        table.line(
                "filterlog: 5,,,17,igb0,match,block,in,4,0x0,,1,2,0,none,17,udp,40,203.0.113.7,192.0.2.1,1,53,20",
                "destination.port=53");
    }

    @Test
    void addressesAndHardwareAddressesOfLeases() {
        String dhcpd = "<190>Apr  1 10:00:00 pf dhcpd[1]: ";
        table.line(
                dhcpd + "DHCPACK to 192.0.2.60 (00:00:5e:00:53:01) via igb1",
                "source.ip=192.0.2.60",
                "client.ip=192.0.2.60",
                "source.mac=00-00-5E-00-53-01",
                "client.mac=00-00-5E-00-53-01",
                "observer.ingress.interface.name=igb1",
                "event.outcome=success",
                "source.domain",
                "pfsense.dhcp.hostname",
                "related.hosts=pf");
        // Twelve digits, as many as a MAC has.
        table.line(
                dhcpd + "DHCPINFORM from 192.168.100.123 via igb1: not authoritative for subnet 192.168.100.0",
                "source.ip=192.168.100.123",
                "source.mac",
                "observer.ingress.interface.name=igb1");
        table.line(
                dhcpd + "DHCPRELEASE of 192.0.2.60 from 00:00:5e:00:53:01 (laptop-7) via igb1 (found)",
                "source.ip=192.0.2.60",
                "source.mac=00-00-5E-00-53-01",
                "source.domain=laptop-7");
        table.line(
                dhcpd + "DHCPDECLINE of 192.0.2.60 from 00:00:5e:00:53:01 via 198.51.100.1: abandoned",
                "source.ip=192.0.2.60",
                "client.mac=00-00-5E-00-53-01",
                "observer.ingress.interface.name",
                "related.ip=[192.0.2.60, 198.51.100.1]");
    }

    @Test
    void theFirewallAsClient() {
        String client = "<30>Apr  1 10:00:00 pf dhclient[1]: ";
        table.line(
                client + "DHCPOFFER from 192.168.100.254",
                "server.ip=192.168.100.254",
                "destination.ip=192.168.100.254",
                "source.mac",
                "source.ip");
        table.line(
                client + "DHCPREQUEST on igb0 to 192.0.2.1 port 67",
                "observer.ingress.interface.name=igb0",
                "server.ip=192.0.2.1",
                "client.ip");
        table.line(
                client + "DHCPACK of 192.0.2.60 from 192.0.2.1",
                "client.ip=192.0.2.60",
                "server.ip=192.0.2.1",
                "event.outcome=success");
        table.line(client + "bound to 192.0.2.60 -- renewal in 43200 seconds.", "client.ip=192.0.2.60");
    }

    @Test
    void remarksOnLeasesAreOfTheirVersion() {
        String dhcpd = "<190>Apr  1 10:00:00 pf dhcpd[1]: ";
        table.line(
                dhcpd + "uid lease 192.0.2.61 for client 00:00:5e:00:53:01 is duplicate on 192.0.2.0/24",
                "network.protocol=dhcp",
                "network.type=ipv4",
                "source.ip=192.0.2.61",
                "source.mac=00-00-5E-00-53-01",
                "event.action",
                "observer.ingress.interface.name");
        table.line(
                dhcpd
                        + "reuse_lease: lease age 2 (secs) under 25% threshold, reply with unaltered, existing lease for 192.0.2.61",
                "network.protocol=dhcp",
                "source.ip=192.0.2.61",
                "event.action");
        table.line(dhcpd + "Wrote 5 leases to leases file.", "network.protocol=dhcp", "event.action", "source.ip");
        table.line(
                dhcpd + "Sending Reply to fe80::200:5eff:fe00:5301 port 546",
                "network.protocol=dhcpv6",
                "event.action=sending-reply",
                "source.port=546");
        table.line(
                dhcpd + "Renew message without a lease",
                "network.protocol=dhcpv6",
                "event.action=renew-message-without-a");
        table.line(
                "<30>Apr  1 10:00:00 pf dhcp6c[1]: add an address 2001:db8::7/64 on igb0",
                "network.protocol=dhcpv6",
                "source.ip=2001:db8::7",
                "observer.ingress.interface.name=igb0");
    }

    @Test
    void aSlashIsNoUserOfTheTunnel() {
        String openvpn = "<29>Apr  1 10:00:00 pf openvpn[1]: ";
        table.line(openvpn + "TUN/TAP device ovpns1 exists previously", "user.name", "related.user", "source.address");
        table.line(openvpn + "/sbin/ifconfig ovpns1 192.0.2.1 192.0.2.2 mtu 1500", "user.name", "source.address");
        table.line(
                openvpn + "taro/203.0.113.80:37849 SIGTERM[soft,remote-exit] received",
                "user.name=taro",
                "source.ip=203.0.113.80",
                "source.port=37849");
        table.line(openvpn + "taro/203.0.113.80 is no peer", "user.name");
    }

    @Test
    void brokenRowsAreRefused() {
        table.rejected(HEAD + "block,in,5,0x0", "not a line of filterlog", "Remote Logging");
        table.rejected("hello", "not a line of filterlog", "'hello'");
    }
}
