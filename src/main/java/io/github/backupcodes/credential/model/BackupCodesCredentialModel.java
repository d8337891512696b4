package io.github.backupcodes.credential.model;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.support.CredentialTypes;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;

/** A set of backup codes as Keycloak stores it. */
public final class BackupCodesCredentialModel extends CredentialModel {

    /** As long as the column {@code USER_LABEL}, in characters. */
    public static final int LONGEST_LABEL = 255;

    private static final long serialVersionUID = 1L;

    private BackupCodesCredentialModel() {}

    /** A new credential of a user's own codes. */
    public static BackupCodesCredentialModel of(CodeSet set, @Nullable String label) {
        return of(CredentialTypes.BACKUP_CODES, set, label);
    }

    /** A credential for a new set, of this type or of {@link CredentialTypes#TEMPORARY_CODE}; the label may be null. */
    public static BackupCodesCredentialModel of(String type, CodeSet set, @Nullable String label) {
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
    public BackupCodesCredentialModel with(CodeSet set) {
        setCreatedDate(set.createdAt().toEpochMilli());
        return with(CodeSetJson.write(set));
    }

    /** Takes over a later state of its own set, and keeps what a later version has added; returns itself. */
    public BackupCodesCredentialModel updated(CodeSet set) {
        return with(CodeSetJson.write(set).keeping(json()));
    }

    /** Takes over what a later version has added to another form of its set; returns itself. */
    public BackupCodesCredentialModel keeping(BackupCodesCredentialModel before) {
        return with(json().keeping(before.json()));
    }

    /**
     * The set.
     *
     * @throws UnreadableCodeSetException when this version cannot read it
     */
    public CodeSet codeSet() {
        return json().read();
    }

    /**
     * The set of a credential that is not stored yet, with all that is in it.
     *
     * @throws UnreadableCodeSetException when this version cannot read it
     */
    public CodeSet wholeCodeSet() {
        return json().readAll();
    }

    private BackupCodesCredentialModel with(CodeSetJson json) {
        setCredentialData(json.publicData());
        setSecretData(json.secretData());
        return this;
    }

    private CodeSetJson json() {
        return new CodeSetJson(getCredentialData(), getSecretData());
    }
}
