package io.github.backupcodes.signin;

import io.github.backupcodes.credential.Attempt;

/**
 * A refused attempt, in words.
 *
 * @param reason  for the event
 * @param message the key of the text for the user
 */
record Failure(String reason, String message) {

    static Failure of(Attempt refused) {
        if (refused instanceof Attempt.AlreadyUsed) {
            return new Failure("backup_code_already_used", "backupCodeErrorUsed");
        }
        if (refused instanceof Attempt.NoneLeft) {
            return new Failure("no_backup_codes_left", "backupCodeErrorNoneLeft");
        }
        return new Failure("wrong_backup_code", "backupCodeErrorWrong");
    }
}
