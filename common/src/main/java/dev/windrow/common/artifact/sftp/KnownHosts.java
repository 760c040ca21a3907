package dev.windrow.common.artifact.sftp;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.signature.Signature;

/** Which servers are who they say they are, for one connection. A file is never written. */
final class KnownHosts implements ServerKeyVerifier {
    private final Path file;
    private final KnownHostsServerKeyVerifier known;
    private volatile boolean hasRefused;

    KnownHosts(Path file) {
        this.file = file;
        this.known = new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, file);
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
        boolean isKnown = known.verifyServerKey(session, address, key);
        hasRefused = !isKnown;
        return isKnown;
    }

    /** Whether a server was not who it should be. */
    boolean hasRefused() {
        return hasRefused;
    }

    /**
     * Has the client ask for a key of a kind that is known of the server first: a server has several, and of most of
     * them a file has one.
     */
    void prefer(SshClient client, SftpPlace place) throws IOException {
        Set<String> kinds = kinds(place);
        List<NamedFactory<Signature>> all = new ArrayList<>(client.getSignatureFactories());
        all.sort(Comparator.comparing(each -> !kinds.contains(KeyUtils.getCanonicalKeyType(each.getName()))));
        client.setSignatureFactories(all);
    }

    private Set<String> kinds(SftpPlace place) throws IOException {
        Set<String> kinds = new HashSet<>();
        if (Files.isRegularFile(file)) {
            for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(file)) {
                if (entry.isHostMatch(place.host(), place.port())) {
                    kinds.add(entry.getKeyEntry().getKeyType());
                }
            }
        }
        return kinds;
    }
}
