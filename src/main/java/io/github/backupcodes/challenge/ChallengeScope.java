package io.github.backupcodes.challenge;

import java.util.List;

/**
 * Value object: what a challenge is bound to. Each part goes into the code, so a code works for nothing else.
 *
 * @param purpose     what the code is asked for
 * @param realmId     the id of the realm
 * @param ownerId     the id of the credential; before there is one, and in a reset, the id of the user
 * @param destination the address or number that the code is sent to
 * @param session     the id of the browser's root authentication session (OWASP ASVS 5.0, 6.6.2); empty in a reset, whose code works
 *     on every device
 * @param notBefore   the user's “not before” in seconds: a logout by an administrator, or “it was not me”, ends all codes of the user
 */
public record ChallengeScope(
        ChallengePurpose purpose, String realmId, String ownerId, String destination, String session, int notBefore) {

    /** The key of the challenge. All tabs of a browser share it, so that two tabs send one message. */
    public SingleUseKey key() {
        return purpose == ChallengePurpose.SET_UP
                ? SingleUseKey.of("ch", purpose.id(), realmId, ownerId, destination, session)
                : SingleUseKey.of("ch", purpose.id(), realmId, ownerId, session);
    }

    /** The bytes that a code is derived from, together with the nonce of the challenge. */
    byte[] codeInput(String nonce) {
        return PartsEncoding.join(List.of(
                "backup-codes/code/v1",
                purpose.id(),
                realmId,
                ownerId,
                destination,
                session,
                String.valueOf(notBefore),
                nonce));
    }

    /** Without the destination, which is personal data. */
    @Override
    public String toString() {
        return "ChallengeScope[%s, %s]".formatted(purpose.id(), key().value());
    }
}
