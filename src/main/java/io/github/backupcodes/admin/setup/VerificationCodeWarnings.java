package io.github.backupcodes.admin.setup;

import io.github.backupcodes.challenge.factor.VerificationCodeFactor;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.sms.SmsSetupProblems;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Warns of what codes that are sent do not protect against, and of what keeps them from working. */
final class VerificationCodeWarnings {

    private static final String LOCAL = """
            select count(u) from UserEntity u
            where u.realmId = :realm and u.enabled = true
              and exists (select 1 from CredentialEntity e where e.user = u and e.type = :sent)
              and not exists (select 1 from CredentialEntity f where f.user = u and f.type in (:others))""";

    private static final String FEDERATED = """
            select count(u) from FederatedUser u
            where u.realmId = :realm
              and exists (select 1 from FederatedUserCredentialEntity e where e.userId = u.id and e.type = :sent)
              and not exists (select 1 from FederatedUserCredentialEntity f where f.userId = u.id and f.type in (:others))""";

    private final KeycloakSession session;
    private final RealmModel realm;

    private final VerificationCodeForm form;

    VerificationCodeWarnings(KeycloakSession session, RealmModel realm, VerificationCodeForm form) {
        this.session = session;
        this.realm = realm;
        this.form = form;
    }

    void addTo(SetupRecorder recorder) {
        switch (form) {
            case SMS -> addSms(recorder);
            case EMAIL -> addEmail(recorder);
        }
        addCommon(recorder);
    }

    private void addSms(SetupRecorder recorder) {
        recorder.warning(
                "Text messages are a restricted authenticator (NIST SP 800-63B-4, 3.1.3.3): numbers can be taken over and"
                        + " messages intercepted. Offer an authenticator app or a security key beside it. Not for OWASP ASVS 5.0 level"
                        + " 3.");
        new SmsSetupProblems(session, realm).list().forEach(recorder::warning);
    }

    private void addEmail(SetupRecorder recorder) {
        recorder.warning("NIST SP 800-63B-4 (3.1.3.1) and OWASP ASVS 5.0 (6.6) do not accept e-mail as a second factor."
                + " Everybody who reads the mailbox passes.");
        if (realm.isResetPasswordAllowed()) {
            recorder.warning("Everybody who reads the mailbox can reset the password and receive this code: it protects"
                    + " against stolen passwords alone.");
        }
        if (realm.getSmtpConfig().get("host") == null) {
            recorder.warning("The realm has no mail server: codes cannot be sent, and nobody can set them up.");
        }
        if ("true".equals(realm.getSmtpConfig().get("debug"))) {
            recorder.warning(
                    "Debugging is on for the mail server of the realm: Keycloak writes whole mails to its log, codes"
                            + " included.");
        }
    }

    private void addCommon(SetupRecorder recorder) {
        Duration page = Duration.ofSeconds(realm.getAccessCodeLifespanUserAction());
        Duration code = VerificationCodeFactor.of(session, form.type())
                .map(factor -> factor.policy(realm).validity())
                .orElse(Duration.ZERO);
        if (page.compareTo(code) < 0) {
            recorder.warning(
                    "The login action timeout of the realm is %d seconds: the page ends before its code, which works for %d seconds."
                            .formatted(page.toSeconds(), code.toSeconds()));
        }
        if (recorder.hasGaps()) {
            recorder.warning(("Not every flow asks for %s, see byHand: there, users whose only second factor"
                            + " they are get in with the password alone. Such users now: %d.")
                    .formatted(form.codes(), count(LOCAL) + count(FEDERATED)));
        }
    }

    private long count(String query) {
        EntityManager entities =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Set<String> others = new HashSet<>(new SecondFactorCredentials(session).protectingTypes());
        others.remove(form.type());
        return entities.createQuery(query, Long.class)
                .setParameter("realm", realm.getId())
                .setParameter("sent", form.type())
                .setParameter("others", List.copyOf(others))
                .getSingleResult();
    }
}
