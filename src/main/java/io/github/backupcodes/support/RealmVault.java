package io.github.backupcodes.support;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.vault.VaultProvider;
import org.keycloak.vault.VaultRawSecret;

/** Reads entries of Keycloak's vault. They are read every time and stored nowhere, so that a removed one is gone from the server. */
public final class RealmVault {

    private static final Logger LOG = Logger.getLogger(RealmVault.class);

    private RealmVault() {}

    /**
     * Reads an entry of the session's realm.
     *
     * @param session the session
     * @param entry   the name of the entry
     * @param reader  reads the content without the line end that the tool that wrote it may have added; the content is erased
     *                afterwards
     * @param <T>     what is read
     * @return what was read; empty if there is no vault, if it has no such entry, or if it cannot be read
     */
    public static <T> Optional<T> read(KeycloakSession session, String entry, Function<byte[], Optional<T>> reader) {
        ProviderFactory<VaultProvider> vaults =
                session.getKeycloakSessionFactory().getProviderFactory(VaultProvider.class);
        if (vaults == null) {
            return Optional.empty();
        }
        // not the provider of the session: it keeps the realm of its first use, which may be that of an administrator
        VaultProvider vault = vaults.create(session);
        try (VaultRawSecret secret = vault.obtainSecret(entry)) {
            return secret.get().flatMap(content -> read(content, reader));
        } catch (RuntimeException e) {
            // vault providers throw anything, and their messages may contain anything, so only the class is logged
            LOG.errorf("The vault cannot be read: %s", e.getClass().getName());
            return Optional.empty();
        } finally {
            vault.close();
        }
    }

    private static <T> Optional<T> read(ByteBuffer content, Function<byte[], Optional<T>> reader) {
        byte[] whole = new byte[content.remaining()];
        content.duplicate().get(whole);
        byte[] text = Arrays.copyOf(whole, lengthWithoutLineEnd(whole));
        try {
            return reader.apply(text);
        } finally {
            Arrays.fill(whole, (byte) 0);
            Arrays.fill(text, (byte) 0);
        }
    }

    private static int lengthWithoutLineEnd(byte[] text) {
        int length = text.length;
        while (length > 0 && text[length - 1] >= 0 && text[length - 1] <= ' ') {
            length--;
        }
        return length;
    }
}
