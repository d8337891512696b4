package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.VerificationCode;
import io.github.backupcodes.challenge.store.MessageChannel;
import io.github.backupcodes.challenge.store.MessageNotSentException;
import io.github.backupcodes.challenge.store.VerificationMessage;
import io.github.backupcodes.notification.ApplicationName;
import io.github.backupcodes.notification.NotificationContext;
import io.github.backupcodes.notification.NotificationFacts;
import io.github.backupcodes.notification.UserMail;
import io.github.backupcodes.policy.EmailCodePolicy;
import io.github.backupcodes.policy.SiteName;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.LocalizedDates;
import java.util.List;
import java.util.Locale;
import org.keycloak.email.EmailException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The mail that brings a code. It says what the code is for, and from where it was requested, so that users do not enter the code of
 * somebody else's sign-in.
 *
 * @param context when, where and by which application it was requested
 * @param purpose what the code is for
 */
record EmailCodeMail(NotificationContext context, ChallengePurpose purpose) implements MessageChannel {

    /** The name in metrics and events. */
    static final String CHANNEL = "email";

    private static final String TEMPLATE = "email-code-mail.ftl";

    @Override
    public String name() {
        return CHANNEL;
    }

    @Override
    public boolean isDestinationOf(KeycloakSession session, UserModel user, String destination) {
        return EmailAddress.verifiedOf(user).filter(destination::equals).isPresent();
    }

    @Override
    public MessageDelivery prepare(
            KeycloakSession session, UserModel user, VerificationMessage message, VerificationCode code) {
        RealmModel realm = session.getContext().getRealm();
        UserMail mail = new UserMail(session, realm, user, context);
        Locale locale = mail.locale();
        LocalizedDates dates = LocalizedDates.of(locale, user);
        String site = SiteName.of(realm);
        String client = context.client();
        NotificationFacts facts = new NotificationFacts()
                .account(user.getUsername())
                .time(dates.dateTime(context.at()))
                .origin(
                        context.address(),
                        client == null ? null : new ApplicationName(session, realm, locale).of(client));
        EmailCodeMailBean bean = new EmailCodeMailBean(
                site, code.digits(), purpose, dates.dateTime(message.challenge().end()), facts.lines());
        boolean inSubject = EmailCodePolicy.of(realm).codeInSubject();
        return () -> {
            try {
                mail.send(
                        inSubject ? "emailCodeMailSubjectCode" : "emailCodeMailSubject",
                        inSubject ? List.of(site, code.digits()) : List.of(site),
                        TEMPLATE,
                        "emailCode",
                        bean);
            } catch (EmailException e) {
                throw new MessageNotSentException(e);
            }
        };
    }

    /** The templates of a theme may read anything of the user and the realm. */
    @Override
    public boolean sendsInTransaction() {
        return true;
    }

    /** Failures always; what was sent only if the realm wants that. */
    @Override
    public void record(KeycloakSession session, UserModel user, VerificationMessage message, boolean sent) {
        RealmModel realm = session.getContext().getRealm();
        if (sent && !EmailCodePolicy.of(realm).recordsSentMessages()) {
            return;
        }
        EventBuilder event = new EventBuilder(realm, session)
                .event(EventType.CUSTOM_REQUIRED_ACTION)
                .user(user)
                .ipAddress(context.address())
                .detail(Details.CUSTOM_REQUIRED_ACTION, EmailCodePolicy.REQUIRED_ACTION)
                .detail(Details.CREDENTIAL_TYPE, CredentialTypes.EMAIL_CODE)
                .detail("message_channel", CHANNEL)
                .detail("message_purpose", purpose.id())
                .storeImmediately(false);
        if (sent) {
            event.success();
        } else {
            event.error(Errors.EMAIL_SEND_FAILED);
        }
    }
}
