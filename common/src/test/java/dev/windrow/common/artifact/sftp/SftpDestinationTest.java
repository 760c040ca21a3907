package dev.windrow.common.artifact.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.artifact.Destination;
import dev.windrow.common.artifact.DestinationException;
import dev.windrow.common.artifact.FileDestinationContract;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class SftpDestinationTest extends FileDestinationContract {
    private static final String PASSWORD = "not-a-secret";
    private static final String PASSPHRASE = "not-one-either";

    private static KeyPair rsa;
    private static KeyPair ed25519;
    private static KeyPair users;

    private SshServer server;
    private Path folder;
    private Path knownHosts;

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        rsa = KeyUtils.generateKeyPair(KeyPairProvider.SSH_RSA, 2048);
        ed25519 = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        users = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
    }

    @BeforeEach
    void startServer() throws IOException {
        folder = Files.createDirectories(temp.resolve("server/place"));
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(rsa, ed25519));
        server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, users.getPublic()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(temp.resolve("server")));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.start();
        knownHosts = known(ed25519);
    }

    @AfterEach
    void stopServer() throws IOException {
        server.stop(true);
    }

    /** As {@code ssh-keyscan} writes it. */
    private Path known(KeyPair key) throws IOException {
        return Files.writeString(
                temp.resolve("known_hosts"),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n");
    }

    @Override
    protected Path there() {
        return folder;
    }

    @Override
    protected Destination destination() {
        return destination(new SftpLogin(knownHosts, PASSWORD, null, null));
    }

    private Destination destination(SftpLogin login) {
        return new SftpDestination(SftpPlace.of("sftp://reports@127.0.0.1:" + server.getPort() + "/place"), login);
    }

    private Path key(@Nullable String passphrase) {
        Path file = temp.resolve("id_ed25519");
        try (OutputStream stream = Files.newOutputStream(file)) {
            OpenSSHKeyEncryptionContext encryption = null;
            if (passphrase != null) {
                encryption = new OpenSSHKeyEncryptionContext();
                encryption.setPassword(passphrase);
                encryption.setCipherType("256");
            }
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(users, "reports", encryption, stream);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertRefused(Destination destination, String why) throws IOException {
        assertThatThrownBy(() -> destination.put(parcel()))
                .isInstanceOf(DestinationException.class)
                .hasMessage(why);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void logsInWithAKeyOfEd25519() throws IOException {
        destination(new SftpLogin(knownHosts, null, key(null), null)).put(parcel());

        assertIsThere();
    }

    @Test
    void opensAKeyByItsPassphrase() throws IOException {
        Path key = key(PASSPHRASE);

        assertRefused(
                destination(new SftpLogin(knownHosts, null, key, "wrong")),
                "the key of this place can't be read, or its passphrase is wrong");
        assertRefused(
                destination(new SftpLogin(knownHosts, null, key, null)),
                "the key of this place can't be read, or its passphrase is wrong");
        destination(new SftpLogin(knownHosts, null, key, PASSPHRASE)).put(parcel());

        assertIsThere();
    }

    @Test
    void asksAServerForTheKeyThatIsKnownOfIt() throws IOException {
        knownHosts = known(rsa);

        destination().put(parcel());

        assertIsThere();
    }

    @Test
    void speaksWithNoServerThatIsNotKnown() throws IOException {
        Files.writeString(knownHosts, "");
        assertRefused(destination(), "the server's key is not the one that is known of it");

        Files.delete(knownHosts);
        assertRefused(destination(), "the server's key is not the one that is known of it");

        knownHosts = known(users);
        assertRefused(destination(), "the server's key is not the one that is known of it");
    }

    @Test
    void saysWhoWasRefused() throws IOException {
        assertRefused(
                destination(new SftpLogin(knownHosts, "wrong", null, null)),
                "the server refuses the user, the password or the key");
    }

    @Test
    void saysThatAServerIsAway() throws IOException {
        Destination destination = destination();
        server.stop(true);

        assertRefused(destination, "the server of this place can't be reached");
    }

    @Test
    void makesNoFolderOfThePlaceItself() throws IOException {
        Destination elsewhere = new SftpDestination(
                SftpPlace.of("sftp://reports@127.0.0.1:" + server.getPort() + "/nowhere"),
                new SftpLogin(knownHosts, PASSWORD, null, null));

        assertRefused(elsewhere, "the folder of this place is not there");
    }

    @Test
    void readsAddresses() {
        assertThat(SftpPlace.of("sftp://a@h/x/y/")).isEqualTo(new SftpPlace("a", "h", 22, "/x/y"));
        assertThat(SftpPlace.of("sftp://a@h:2222/~/x")).isEqualTo(new SftpPlace("a", "h", 2222, "x"));
        assertThat(SftpPlace.of("sftp://a@h/~")).isEqualTo(new SftpPlace("a", "h", 22, "."));
        assertThat(SftpPlace.of("sftp://a@[::1]/")).isEqualTo(new SftpPlace("a", "::1", 22, ""));
        for (String wrong : List.of("sftp://h/x", "sftp://a:b@h/x", "sftp://a@h", "sftp://a@h/../x", "sftp:a", "x y")) {
            assertThatThrownBy(() -> SftpPlace.of(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("sftp://user@host/path")
                    .hasMessageNotContaining("a:b");
        }
    }
}
