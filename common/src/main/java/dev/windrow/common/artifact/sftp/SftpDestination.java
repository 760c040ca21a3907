package dev.windrow.common.artifact.sftp;

import dev.windrow.common.artifact.Destination;
import dev.windrow.common.artifact.DestinationException;
import dev.windrow.common.artifact.Placement;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StreamCorruptedException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.loader.KeyPairResourceParser;
import org.apache.sshd.common.config.keys.loader.openssh.OpenSSHKeyPairResourceParser;
import org.apache.sshd.common.config.keys.loader.pem.PEMResourceParserUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.impl.AbstractSftpClient;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a server that speaks SFTP. Each archive has a connection of its own, for which nothing is taken from the
 * home of whoever runs this process: no keys, no hosts, no settings of SSH. Thread-safe.
 */
public final class SftpDestination implements Destination {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    /** Of the newest form and of the older ones, without a provider's own readers. */
    private static final KeyPairResourceParser KEYS =
            KeyPairResourceParser.aggregate(OpenSSHKeyPairResourceParser.INSTANCE, PEMResourceParserUtils.PROXY);

    private final SftpPlace place;
    private final SftpLogin login;

    public SftpDestination(SftpPlace place, SftpLogin login) {
        this.place = place;
        this.login = login;
    }

    /** What is done on the server. */
    @FunctionalInterface
    private interface Visit<T> {
        T at(RemoteFiles files) throws IOException;
    }

    @Override
    public void put(Parcel parcel) throws IOException {
        boolean unused = visit(files -> {
            Placement.put(files, parcel);
            return true;
        });
    }

    @Override
    public int sweep(Leftovers leftovers) throws IOException {
        return visit(files -> files.removeParts(leftovers));
    }

    private <T> T visit(Visit<T> visit) throws IOException {
        KnownHosts hosts = new KnownHosts(login.knownHosts());
        try (SshClient client = client(hosts);
                ClientSession session = session(client, hosts);
                SftpClient server = SftpClientFactory.instance().createSftpClient(session)) {
            return visit.at(new RemoteFiles((AbstractSftpClient) server, place.folder()));
        } catch (SftpException e) {
            throw reason(e);
        }
    }

    private SshClient client(KnownHosts hosts) throws IOException {
        SshClient client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setServerKeyVerifier(hosts);
        hosts.prefer(client, place);
        client.start();
        return client;
    }

    private ClientSession session(SshClient client, KnownHosts hosts) throws IOException {
        KeyPair key = key();
        ClientSession session = connect(client);
        try {
            if (login.password() != null) {
                session.addPasswordIdentity(login.password());
            }
            if (key != null) {
                session.addPublicKeyIdentity(key);
            }
            session.auth().verify(CONNECT);
            return session;
        } catch (IOException e) {
            session.close(true);
            throw interrupted(e) ? e : refused(hosts, e);
        }
    }

    private ClientSession connect(SshClient client) throws IOException {
        try {
            return client.connect(place.user(), place.host(), place.port())
                    .verify(CONNECT)
                    .getSession();
        } catch (IOException e) {
            throw interrupted(e) ? e : DestinationException.again("the server of this place can't be reached", e);
        }
    }

    private static DestinationException refused(KnownHosts hosts, IOException e) {
        return DestinationException.again(
                hosts.hasRefused()
                        ? "the server's key is not the one that is known of it"
                        : "the server refuses the user, the password or the key",
                e);
    }

    private @Nullable KeyPair key() throws IOException {
        Path file = login.key();
        if (file == null) {
            return null;
        }
        FilePasswordProvider passphrase =
                login.passphrase() == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(login.passphrase());
        try {
            for (KeyPair key :
                    KEYS.loadKeyPairs(null, NamedResource.ofName("key"), passphrase, Files.readString(file))) {
                return key;
            }
            throw new StreamCorruptedException("no key in it");
        } catch (IOException | GeneralSecurityException e) {
            throw DestinationException.again("the key of this place can't be read, or its passphrase is wrong", e);
        }
    }

    private static boolean interrupted(IOException e) {
        return e instanceof InterruptedIOException || e instanceof ClosedByInterruptException;
    }

    private static IOException reason(SftpException e) {
        return switch (e.getStatus()) {
            case SftpConstants.SSH_FX_PERMISSION_DENIED, SftpConstants.SSH_FX_WRITE_PROTECT ->
                DestinationException.again("the server lets nothing be written there", e);
            case SftpConstants.SSH_FX_NO_SUCH_FILE, SftpConstants.SSH_FX_NO_SUCH_PATH ->
                DestinationException.again("the folder of this place is not there", e);
            case SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, SftpConstants.SSH_FX_QUOTA_EXCEEDED ->
                DestinationException.again("the disk of this place is full", e);
            default -> DestinationException.again("the server can't do what a delivery needs", e);
        };
    }
}
