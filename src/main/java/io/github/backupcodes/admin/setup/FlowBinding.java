package io.github.backupcodes.admin.setup;

import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.RealmModel;

/** A place of the realm to which a flow is bound. */
enum FlowBinding {
    /** The sign-in of users. */
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

    /** Tokens for name and password. */
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

    /** A new password by e-mail. */
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

    private final String place;

    FlowBinding(String place) {
        this.place = place;
    }

    /** How the admin console calls it. */
    String place() {
        return place;
    }

    abstract AuthenticationFlowModel flow(RealmModel realm);

    abstract void bind(RealmModel realm, AuthenticationFlowModel flow);
}
