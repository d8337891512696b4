package io.github.backupcodes.policy;

import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.RealmModel;

/**
 * The attribute of a page with the contact for help, which the macro {@code help} of {@code backup-codes-commons.ftl} shows. All pages of
 * a sign-in get it here.
 */
public final class HelpContactAttribute {

    /** The name in the templates: a {@link HelpContact}, or an empty text for "your administrator". */
    public static final String NAME = "backupCodesHelp";

    private HelpContactAttribute() {}

    /** Adds the contact of the realm to a page. */
    public static LoginFormsProvider addTo(LoginFormsProvider form, RealmModel realm) {
        HelpContact contact = BackupCodesPolicy.of(realm).helpContact();
        return form.setAttribute(NAME, contact == null ? "" : contact);
    }
}
