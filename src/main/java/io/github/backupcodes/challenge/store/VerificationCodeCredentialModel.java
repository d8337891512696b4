package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.AcceptedChallenges;
import io.github.backupcodes.challenge.VerificationCodeFailures;
import io.github.backupcodes.credential.model.CredentialJson;
import io.github.backupcodes.credential.model.UnknownJsonFields;
import io.github.backupcodes.credential.model.UnreadableCodeSetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.util.JsonSerialization;

/** The credential model of a factor whose codes are sent, as Keycloak stores it. */
public final class VerificationCodeCredentialModel extends CredentialModel {

    private static final long serialVersionUID = 1L;

    private VerificationCodeCredentialModel() {}

    /**
     * Creates a credential that was just set up.
     *
     * @param type  the type of the credential
     * @param label the name that its user gave it; null for none
     */
    public static VerificationCodeCredentialModel of(
            String type, VerificationCodeState state, @Nullable String label, Instant createdAt) {
        VerificationCodeCredentialModel model = new VerificationCodeCredentialModel();
        model.setType(type);
        model.setUserLabel(label);
        model.setCreatedDate(createdAt.toEpochMilli());
        return model.with(state);
    }

    /** Copies a stored credential of this form, because Keycloak shares its instances through the user cache. */
    public static VerificationCodeCredentialModel copyOf(CredentialModel stored) {
        VerificationCodeCredentialModel model = new VerificationCodeCredentialModel();
        model.setId(stored.getId());
        model.setType(stored.getType());
        model.setUserLabel(stored.getUserLabel());
        model.setCreatedDate(stored.getCreatedDate());
        model.setCredentialData(stored.getCredentialData());
        model.setSecretData(stored.getSecretData());
        return model;
    }

    /** Stores a state, and keeps fields that a later version added; returns itself. */
    public VerificationCodeCredentialModel with(VerificationCodeState state) {
        VerificationCodeFailures failures = state.failures();
        VerificationCodeCredentialData data = new VerificationCodeCredentialData(
                VerificationCodeCredentialData.VERSION,
                failures.equals(VerificationCodeFailures.NONE)
                        ? null
                        : new VerificationCodeCredentialData.WrongCodes(
                                failures.consecutive(), failures.total(), text(failures.pausedUntil())),
                state.accepted().times().entrySet().stream()
                        .map(entry -> new VerificationCodeCredentialData.Accepted(
                                entry.getKey(), entry.getValue().toString()))
                        .toList());
        setCredentialData(UnknownJsonFields.mergeUnknownFields(
                VerificationCodeCredentialData.class, getCredentialData(), json(data)));
        setSecretData(UnknownJsonFields.mergeUnknownFields(
                VerificationCodeSecretData.class,
                getSecretData(),
                json(new VerificationCodeSecretData(VerificationCodeSecretData.VERSION, state.destination()))));
        return this;
    }

    /** Reads the state; empty if this version cannot read it: then codes cannot be sent, and the factor is still there. */
    public Optional<VerificationCodeState> state() {
        try {
            VerificationCodeCredentialData data = CredentialJson.object(
                    CredentialJson.PUBLIC, getCredentialData(), VerificationCodeCredentialData.class);
            VerificationCodeSecretData secret =
                    CredentialJson.object(CredentialJson.SECRET, getSecretData(), VerificationCodeSecretData.class);
            CredentialJson.require("version", data.version() == VerificationCodeCredentialData.VERSION);
            CredentialJson.require("version", secret.version() == VerificationCodeSecretData.VERSION);
            CredentialJson.require("destination", secret.destination() != null);
            return Optional.of(new VerificationCodeState(secret.destination(), failures(data), accepted(data)));
        } catch (UnreadableCodeSetException e) {
            return Optional.empty();
        }
    }

    private static VerificationCodeFailures failures(VerificationCodeCredentialData data) {
        VerificationCodeCredentialData.WrongCodes stored = data.guesses();
        if (stored == null) {
            return VerificationCodeFailures.NONE;
        }
        CredentialJson.require("guesses", stored.inARow() >= 0 && stored.inAll() >= 0);
        return new VerificationCodeFailures(
                stored.inARow(),
                stored.inAll(),
                CredentialJson.optional("guesses.pausedUntil", stored.pausedUntil(), CredentialJson::moment));
    }

    private static AcceptedChallenges accepted(VerificationCodeCredentialData data) {
        Map<String, Instant> times = new LinkedHashMap<>();
        if (data.accepted() != null) {
            for (VerificationCodeCredentialData.Accepted each : data.accepted()) {
                if (each == null || each.nonce() == null) {
                    throw new UnreadableCodeSetException("accepted is incomplete");
                }
                Instant at = CredentialJson.optional("accepted.at", each.at(), CredentialJson::moment);
                if (at == null) {
                    throw new UnreadableCodeSetException("accepted.at is missing");
                }
                times.put(each.nonce(), at);
            }
        }
        return new AcceptedChallenges(times);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static String json(Object data) {
        try {
            return JsonSerialization.writeValueAsString(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
