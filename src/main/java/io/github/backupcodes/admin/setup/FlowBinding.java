package io.github.backupcodes.admin.setup;

import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.RealmModel;

/** The bindings of a realm's flows. */
enum FlowBinding {
    /** The sign-in in a browser. */
    BROWSER("browser") {
        @Override
        AuthenticationFlowModel flow(RealmModel realm) {
            return realm.getBrowserFlow();
        }

        @Override
        void bind(RealmModel realm, AuthenticationFlowModel flow) {
            realm.setBrowserFlow(flow);
        }
    },

    /** Tokens for user name and password. */
    DIRECT_GRANT("direct grant") {
        @Override
        AuthenticationFlowModel flow(RealmModel realm) {
            return realm.getDirectGrantFlow();
        }

        @Override
        void bind(RealmModel realm, AuthenticationFlowModel flow) {
            realm.setDirectGrantFlow(flow);
        }
    },

    /** Password resets by e-mail. */
    RESET("reset credentials") {
        @Override
        AuthenticationFlowModel flow(RealmModel realm) {
            return realm.getResetCredentialsFlow();
        }

        @Override
        void bind(RealmModel realm, AuthenticationFlowModel flow) {
            realm.setResetCredentialsFlow(flow);
        }
    },

    /** The first sign-in through an identity provider. */
    FIRST_BROKER("first broker login") {
        @Override
        AuthenticationFlowModel flow(RealmModel realm) {
            return realm.getFirstBrokerLoginFlow();
        }

        @Override
        void bind(RealmModel realm, AuthenticationFlowModel flow) {
            realm.setFirstBrokerLoginFlow(flow);
        }
    };

    private final String displayName;

    FlowBinding(String displayName) {
        this.displayName = displayName;
    }

    /** Its name in the admin console. */
    String displayName() {
        return displayName;
    }

    abstract AuthenticationFlowModel flow(RealmModel realm);

    abstract void bind(RealmModel realm, AuthenticationFlowModel flow);
}
