package io.github.backupcodes.credential.model;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.support.CredentialTypes;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;

/** The credential model of a backup code set, as Keycloak stores it. */
public final class BackupCodesCredentialModel extends CredentialModel {

    /** The length of the column {@code USER_LABEL}, in characters. */
    public static final int LONGEST_LABEL = 255;

    private static final long serialVersionUID = 1L;

    private BackupCodesCredentialModel() {}

    /** Creates a credential for a user's own codes. */
    public static BackupCodesCredentialModel of(CodeSet set, @Nullable String label) {
        return of(CredentialTypes.BACKUP_CODES, set, label);
    }

    /**
     * Creates a credential for a new set, of this type or of {@link CredentialTypes#TEMPORARY_CODE}; the label may be
     * null.
     */
    public static BackupCodesCredentialModel of(String type, CodeSet set, @Nullable String label) {
        BackupCodesCredentialModel model = new BackupCodesCredentialModel();
        model.setType(type);
        model.setUserLabel(label);
        return model.with(set);
    }

    /** Copies a stored credential of this form, because Keycloak shares its instances through the user cache. */
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

    /** Stores another set in this credential, which keeps its identity; returns itself. */
    public BackupCodesCredentialModel with(CodeSet set) {
        setCreatedDate(set.createdAt().toEpochMilli());
        return with(CodeSetJson.write(set));
    }

    /** Stores a later state of the same set, and keeps its label and fields that a later version added; returns itself. */
    public BackupCodesCredentialModel updated(CodeSet set) {
        return with(CodeSetJson.write(set, generatedLabel()).keeping(json()));
    }

    /**
     * Stores a later state of the same set with a label that describes it; returns itself.
     *
     * @param label the label; null, or too long for the column, for none
     */
    public BackupCodesCredentialModel relabelled(CodeSet set, @Nullable String label) {
        String fitting = label == null || label.length() > LONGEST_LABEL ? null : label;
        setUserLabel(fitting);
        return with(CodeSetJson.write(set, fitting).keeping(json()));
    }

    /** The label that someone has given this credential; null if it has none, or the one that this extension gave it. */
    public @Nullable String typedLabel() {
        String label = getUserLabel();
        return label == null || label.isBlank() || label.equals(generatedLabel()) ? null : label;
    }

    private @Nullable String generatedLabel() {
        return json().label();
    }

    /** Keeps fields that a later version added to the stored form of this set; returns itself. */
    public BackupCodesCredentialModel keeping(BackupCodesCredentialModel stored) {
        return with(json().keeping(stored.json()));
    }

    /**
     * Reads the set.
     *
     * @throws UnreadableCodeSetException if this version cannot read it
     */
    public CodeSet codeSet() {
        return json().read();
    }

    /**
     * Reads the set of a credential that is not stored yet, including the replaced codes.
     *
     * @throws UnreadableCodeSetException if this version cannot read all of it
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
