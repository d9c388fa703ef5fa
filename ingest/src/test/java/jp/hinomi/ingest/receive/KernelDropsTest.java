package jp.hinomi.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class KernelDropsTest {
    private static final int SENT = 200;
    private static final byte[] DATAGRAM = new byte[1000];

    /** A socket that nobody reads, with room for some of what comes: the loopback delivers or drops at once. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsNotReadWasDropped() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (DatagramSocket idle = new DatagramSocket(null);
                DatagramSocket sender = new DatagramSocket()) {
            idle.setReceiveBufferSize(20_000);
            idle.bind(new InetSocketAddress(here, 0));
            KernelDrops drops = KernelDrops.of(idle.getLocalPort());
            assertThat(drops.count()).isZero();
            for (int i = 0; i < SENT; i++) {
                sender.send(new DatagramPacket(DATAGRAM, DATAGRAM.length, here, idle.getLocalPort()));
            }
            long dropped = drops.count();
            assertThat(dropped).isPositive();
            assertThat(read(idle)).isEqualTo(SENT - dropped);
        }
    }

    @Test
    void aPortThatNobodyHasDropsNothing() {
        assertThat(KernelDrops.of(ReceiverPorts.OFF).count()).isZero();
    }

    private static int read(DatagramSocket socket) throws Exception {
        socket.setSoTimeout(100);
        int read = 0;
        try {
            while (true) {
                socket.receive(new DatagramPacket(new byte[2000], 2000));
                read++;
            }
        } catch (SocketTimeoutException e) {
            return read;
        }
    }
}
