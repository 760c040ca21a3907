package dev.windrow.worker.outbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.outbox.WebhookHosts;
import dev.windrow.common.outbox.WebhookUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Over 200 targets that want a request to an inside address: none gets one. Each goes the whole way that a webhook
 * goes, by a network from which nothing leaves.
 */
final class HostileTargetsTest {
    /** Addresses that are nobody's, or the inside's. */
    private static final List<String> ADDRESSES = List.of("""
            127.0.0.1 127.0.0.2 127.1.2.3 127.255.255.254 0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.0 10.0.0.1
            10.255.255.255 100.64.0.0 100.64.0.1 100.100.100.200 100.127.255.255 169.254.0.1
            169.254.169.254 169.254.170.2 169.254.255.255 172.16.0.1 172.20.10.1 172.31.255.255 192.0.0.1
            192.0.0.170 192.0.0.192 192.0.2.1 192.0.2.255 192.88.99.1 192.168.0.1 192.168.1.254
            192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.9 224.0.0.1 224.0.0.251
            239.255.255.250 240.0.0.1 254.1.2.3 255.255.255.255 168.63.129.16 :: ::1 ::2 ::127.0.0.1
            ::10.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.1.2.3 ::ffff:169.254.169.254 ::ffff:192.168.1.1
            ::ffff:0:127.0.0.1 ::ffff:0:8.8.8.8 64:ff9b::127.0.0.1 64:ff9b::10.0.0.1
            64:ff9b::169.254.169.254 64:ff9b::c0a8:1 64:ff9b::7f00:1 64:ff9b:1::1 64:ff9b:1::8.8.8.8 100::1
            100:0:0:1::1 2001::1 2001:0:7f00:1::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1
            2001:20::1 2001:1::1 2001:db8::1 2001:db8:ffff::1 2002:7f00:1::1 2002:a00:1::1 2002:c0a8:101::1
            2002:a9fe:a9fe::1 2002:808:808::1 3fff::1 3fff:fff::1 fc00::1 fcff::1 fd00::1 fd00:ec2::254
            fd00:ec2::23 fd20:ce::254 fdff:ffff::1 fe80::1 fe80::a:b:c:d febf::1 fec0::1 feff::1 ff00::1
            ff01::1 ff02::1 ff02::fb ff05::2 ff0e::1 4000::1 5f00::1 8000::1 e000::1 1::1 0:0:0:1::1
            2600::5efe:10.0.0.1 2600::200:5efe:a00:1 2600:1::5efe:127.0.0.1
            """.strip().split("\\s+"));

    /** Ways to write an inside address, or to hide where a URL leads. */
    private static final List<String> SPELLINGS =
            """
            http://2130706433/
            http://0x7f000001/
            http://0x7f.0.0.1/
            http://0177.0.0.1/
            http://017700000001/
            http://127.1/
            http://127.0.1/
            http://0/
            http://127.0.0.1./
            http://127.0.0.01/
            http://127.000.000.001/
            http://127.0.0.256/
            http://127.0.0.1.1/
            http://1.1/
            http://[::1]./
            http://[0:0:0:0:0:0:0:1]/
            http://[0000:0000:0000:0000:0000:0000:0000:0001]/
            http://[::FFFF:7F00:1]/
            http://[::ffff:7f00:0001]/
            http://[fe80::1%25eth0]/
            http://[fe80::1%251]/
            http://[::1%25lo]/
            http://[fe80::1%eth0]/
            http://[::1]:65536/
            http://::1/
            http://LOCALHOST/
            http://localhost./
            http://localhost.localdomain/
            http://a.localhost/
            http://①②⑦.⓪.⓪.①/
            http://127。0。0。1/
            http://ｌocalhost/
            http://127.0.0.1%00.example.com/
            http://127.0.0.1%2f.example.com/
            http://user@127.0.0.1/
            http://user:pass@127.0.0.1/
            http://user:pass@hooks.example.com/
            http://hooks.example.com@127.0.0.1/
            http://127.0.0.1@hooks.example.com/
            http://hooks.example.com:80@127.0.0.1/
            http://127.0.0.1\\@hooks.example.com/
            http://hooks.example.com\\@127.0.0.1/
            http://hooks.example.com#@127.0.0.1/
            http://hooks.example.com#frag
            http:127.0.0.1/
            http:/127.0.0.1/
            http:///127.0.0.1/
            //127.0.0.1/
            127.0.0.1
            127.0.0.1:80
            http://
            http:///
            https://
            http://:80/
            http://?x
            http:// 127.0.0.1/
            http://127.0.0.1\t/
            http://hooks.example.com /
            http://hooks.example.com⏎Host: x/
            http://hooks.example.com/%0d%0a⏎X: y
            ftp://hooks.example.com/
            file:///etc/passwd
            gopher://127.0.0.1:70/_x
            dict://127.0.0.1:11211/
            ldap://127.0.0.1/
            jar:http://127.0.0.1!/
            unix:///var/run/docker.sock
            ws://127.0.0.1/
            data:text/plain,x
            javascript:alert(1)
            netdoc:///etc/passwd
            mailto:a@example.com
            HTTP+UNIX://127.0.0.1/
            http://hooks.example.com:0/
            http://hooks.example.com:-1/
            http://hooks.example.com:65536/
            http://hooks.example.com:99999999999/
            http://hooks_example.com/
            http://[/
            http://]/
            http://[::1/
            http://[127.0.0.1]/
            http://[v1.x]/
            http://%6c%6f%63alhost/
            http://127.0.0.1:22:80/
            """.lines().map(line -> line.replace("⏎", "\r\n")).toList();

    /** Names, and what they resolve to. */
    private static final List<String> NAMES = """
            two-addresses.example 8.8.8.8 127.0.0.1
            two-turned.example 127.0.0.1 8.8.8.8
            many.example 1.1.1.1 9.9.9.9 10.0.0.1
            both-families.example 8.8.8.8 ::1
            six-and-ula.example 2606:4700::1 fd00::1
            nat64.example 64:ff9b::a9fe:a9fe
            metadata.example 169.254.169.254
            loop.example 127.0.0.1
            zero.example 0.0.0.0
            private.example 10.20.30.40
            cgn.example 100.64.1.1
            mapped.example ::ffff:127.0.0.1
            multicast.example 224.0.0.1
            link.example fe80::1
            six-to-four.example 2002:7f00:1::1
            nothing.example\s
            """.lines().toList();

    private final SealedNetwork network = new SealedNetwork();
    private final Posting posting = new Posting(network, Duration.ofSeconds(5));

    @AfterEach
    void close() {
        posting.close();
    }

    @Test
    void areAtLeastTwoHundred() {
        assertThat(ADDRESSES.size() + SPELLINGS.size() + NAMES.size()).isGreaterThanOrEqualTo(200);
    }

    @Test
    void reachNoInsideAddress() {
        for (String address : ADDRESSES) {
            String host = address.contains(":") ? '[' + address + ']' : address;
            assertThat(send("http://" + host + "/hook")).as(address).isTrue();
            assertThat(send("https://" + host + ":8443/hook")).as(address).isTrue();
        }
        assertThat(network.connected).isEmpty();
    }

    @Test
    void reachNothingByAStrangeSpelling() {
        for (String url : SPELLINGS) {
            boolean unused = send(url);
            assertThat(network.connected).as(url).isEmpty();
        }
    }

    @Test
    void reachNothingByAName() throws Exception {
        for (String name : NAMES) {
            String host = name.substring(0, name.indexOf(' '));
            network.name(host, name.substring(name.indexOf(' ') + 1));
            assertThat(send("https://" + host + "/")).as(name).isTrue();
        }
        assertThat(network.connected).isEmpty();
    }

    @Test
    void connectToTheAddressThatWasChecked() throws Exception {
        network.name("rebinds.example", "8.8.8.8", "127.0.0.1");
        var unused = send("http://rebinds.example/");
        assertThat(network.lookUps).isOne();
        assertThat(network.reached()).containsExactly("8.8.8.8");
        assertThat(send("http://rebinds.example/")).isTrue();
        assertThat(network.reached()).containsExactly("8.8.8.8");
    }

    @Test
    void keepNoPublicTargetOut() throws Exception {
        List<String> open = List.of(
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "198.17.0.1",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1",
                "2001:4860:4860::8888",
                "2a00:1450::1",
                "64:ff9b::808:808");
        for (String address : open) {
            assertThat(AddressGuard.allows(InetAddress.getByName(address), false))
                    .as(address)
                    .isTrue();
        }
    }

    @Test
    void areReachedInsideOnlyWhereTheyWereAllowedByName() throws Exception {
        for (String address : List.of("127.0.0.1", "10.0.0.1", "192.168.1.1", "::1", "fd00::1", "100.64.0.1")) {
            assertThat(AddressGuard.allows(InetAddress.getByName(address), true))
                    .as(address)
                    .isTrue();
        }
        for (String address : List.of(
                "169.254.169.254",
                "fd00:ec2::254",
                "0.0.0.0",
                "224.0.0.1",
                "168.63.129.16",
                "100.100.100.200",
                "fe80::1",
                "::")) {
            assertThat(AddressGuard.allows(InetAddress.getByName(address), true))
                    .as(address)
                    .isFalse();
        }
        WebhookHosts hosts = new WebhookHosts(
                Set.of("billing", "other"),
                List.of("hooks.example.com", "*.shop.example", "127.0.0.1"),
                List.of("billing", "intra.example"));
        assertThat(hosts.mayBeInside("billing", url("http://anything.example/")))
                .isTrue();
        assertThat(hosts.mayBeInside("other", url("http://anything.example/"))).isFalse();
        assertThat(hosts.mayBeInside("other", url("http://INTRA.example./"))).isTrue();
        assertThat(hosts.mayBeInside("other", url("http://127.0.0.1:9/"))).isTrue();
        assertThat(hosts.mayBeInside("other", url("http://hooks.example.com/"))).isFalse();
    }

    @Test
    void areNamedByStartsOnlyWhereTheirHostIsAllowed() {
        WebhookHosts hosts =
                new WebhookHosts(Set.of("billing"), List.of("hooks.example.com", "*.shop.example"), List.of());
        for (String fine : List.of(
                "billing",
                "https://hooks.example.com/a?b",
                "http://HOOKS.example.com.:8080/",
                "https://one.shop.example/")) {
            assertThat(hosts.refusal(fine, Map.of())).as(fine).isEmpty();
        }
        List<String> refused = new ArrayList<>(SPELLINGS);
        refused.addAll(List.of(
                "Billing",
                "",
                "https://shop.example/",
                "https://evilshop.example/",
                "https://hooks.example.com.evil.example/",
                "https://hooks.example.com:25/",
                "https://hooks.example.com:22/",
                "https://xhooks.example.com/"));
        for (String url : refused) {
            assertThat(hosts.refusal(url, Map.of())).as(url).isPresent();
        }
    }

    private static WebhookUrl url(String text) {
        return WebhookUrl.of(text).orElseThrow();
    }

    /** Whether it was refused before anything was connected to. */
    private boolean send(String text) {
        Optional<WebhookUrl> url = WebhookUrl.of(text);
        if (url.isEmpty()) {
            return true;
        }
        try {
            var unused = posting.send(url.get(), false, Map.of(), "{}");
            return false;
        } catch (RefusedAddressException e) {
            return true;
        } catch (IOException e) {
            return network.connected.isEmpty();
        }
    }
}
