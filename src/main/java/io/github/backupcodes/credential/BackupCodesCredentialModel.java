package io.github.backupcodes.credential;

import io.github.backupcodes.code.CodeSet;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;

/** A set of backup codes as Keycloak stores it. */
public final class BackupCodesCredentialModel extends CredentialModel {

    /** The type of the credential. */
    public static final String TYPE = "backup-codes";

    private static final long serialVersionUID = 1L;

    private BackupCodesCredentialModel() {}

    /** A credential for a new set, of this type or of {@link TemporaryCode#TYPE}; the label may be null. */
    static BackupCodesCredentialModel of(String type, CodeSet set, @Nullable String label) {
        BackupCodesCredentialModel model = new BackupCodesCredentialModel();
        model.setType(type);
        model.setUserLabel(label);
        return model.with(set);
    }

    /** A copy of a stored credential of this form: those of Keycloak are shared through its user cache. */
    public static BackupCodesCredentialModel copyOf(CredentialModel stored) {
        BackupCodesCredentialModel model = new BackupCodesCredentialModel();
        model.setId(stored.getId());
        model.setType(stored.getType());
        model.setUserLabel(stored.getUserLabel());
        model.setCreatedDate(stored.getCreatedDate());
        model.setCredentialData(stored.getCredentialData());
        model.setSecretData(stored.getSecretData());
        return model;
    }

    /** Takes over another set, keeping the identity of the credential; returns itself. */
    BackupCodesCredentialModel with(CodeSet set) {
        CodeSetJson json = CodeSetJson.write(set);
        setCreatedDate(set.createdAt().toEpochMilli());
        setCredentialData(json.publicData());
        setSecretData(json.secretData());
        return this;
    }

    /**
     * The set.
     *
     * @throws UnreadableSetException when this version cannot read it
     */
    public CodeSet codeSet() {
        return new CodeSetJson(getCredentialData(), getSecretData()).read();
    }
}
