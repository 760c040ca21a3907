package dev.windrow.worker.outbox.webhook;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses a webhook may be at. IPv4 may be all but what the registry of special-purpose addresses (RFC 6890)
 * keeps for other ends; IPv6 may be global unicast (2000::/3) but for the same, since much else has an IPv4 address
 * inside. What the services of clouds are reached by is nobody's target.
 */
final class AddressGuard {
    /** Not public, and where an operator may want a target all the same. */
    private static final List<Block> INSIDE = blocks(
            "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7");

    /** Never a target. */
    private static final List<Block> NEVER = blocks(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // Metadata and other services of Azure, Alibaba, AWS, Google: not link-local, but the host's own.
            "168.63.129.16/32",
            "100.100.100.200/32",
            "fd00:ec2::/32",
            "fd20:ce::/32",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    private static final Block GLOBAL = block("2000::/3");
    /** An IPv4 address as a translator shows it (RFC 6052): the address inside is the one that is reached. */
    private static final Block TRANSLATED = block("64:ff9b::/96");

    private static final int IPV4_IN_IPV6 = 12;
    private static final int ISATAP = 0x5efe;

    private AddressGuard() {}

    private static final class Block {
        private final byte[] prefix;
        private final int bits;

        Block(byte[] prefix, int bits) {
            this.prefix = prefix;
            this.bits = bits;
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % Byte.SIZE;
                if (((address[bit / Byte.SIZE] ^ prefix[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @param inside whether it may be on this machine or in a private network */
    static boolean allows(InetAddress address, boolean inside) {
        byte[] bytes = address.getAddress();
        if (isAmong(NEVER, bytes)) {
            return false;
        }
        if (isAmong(INSIDE, bytes)) {
            return inside;
        }
        if (address instanceof Inet4Address) {
            return true;
        }
        if (TRANSLATED.holds(bytes)) {
            return allows(ipv4(bytes), inside);
        }
        return address instanceof Inet6Address && GLOBAL.holds(bytes) && !isIsatap(bytes);
    }

    private static boolean isAmong(List<Block> networks, byte[] address) {
        return networks.stream().anyMatch(network -> network.holds(address));
    }

    /** Its interface part is an IPv4 address (RFC 5214). */
    private static boolean isIsatap(byte[] address) {
        return (address[8] & 0xfd) == 0
                && address[9] == 0
                && ((address[10] & 0xff) << Byte.SIZE | address[11] & 0xff) == ISATAP;
    }

    private static InetAddress ipv4(byte[] address) {
        byte[] inner = new byte[4];
        System.arraycopy(address, IPV4_IN_IPV6, inner, 0, inner.length);
        return of(inner);
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Block> blocks(String... texts) {
        return List.of(texts).stream().map(AddressGuard::block).toList();
    }

    /** Of a literal, so that nothing is looked up. */
    private static Block block(String text) {
        int slash = text.indexOf('/');
        try {
            return new Block(
                    InetAddress.getByName(text.substring(0, slash)).getAddress(),
                    Integer.parseInt(text.substring(slash + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
