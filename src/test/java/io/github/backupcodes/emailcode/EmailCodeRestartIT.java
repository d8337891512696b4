package io.github.backupcodes.emailcode;

import static io.github.backupcodes.emailcode.EmailCodeRealm.FORM;
import static io.github.backupcodes.emailcode.EmailCodeRealm.enter;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.race.server.ClusterLinkResourceFactory;
import io.github.backupcodes.support.realm.ClusterRequests;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.SharedCluster;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** With the embedded Infinispan, which loses challenges with the last node, and may be split. */
@ResourceLock(SharedCluster.LOCK)
class EmailCodeRestartIT extends EmailCodeRestartTests {

    private static final String LINK = "/realms/master/" + ClusterLinkResourceFactory.ID;

    @Override
    Cluster cluster() {
        return SharedCluster.get();
    }

    @Override
    boolean keepsChallenges() {
        return false;
    }

    /** Both halves have the challenge, and neither sees what the other removes from the store; the database is one. */
    @Test
    void aCodeIsAcceptedOnceInASplitCluster() {
        TestUser user = realm().user("split").create();
        LoginClient client = browser(0);
        client.signIn(user);
        String code = realm().awaitCode(user, 1);
        HttpRequest inTheOther = there(client, code);
        LoginClient other = client.newTab();
        LoginClient tab = client.newTab();
        tab.open();
        tab.password(user);
        HttpRequest later = there(tab, code);
        long mark = node(0).log().mark();
        cluster().nodes().forEach(node -> node.admin().post(LINK, Map.of()));
        try {
            enter(client, code).assertSignedIn();
            assertThat(accepted(user)).isEqualTo(1);
            other.send(inTheOther);
            other.assertNotSignedIn();
            assertThat(guesses(user)).isEqualTo("1/1");

            LoginClient next = browser(0);
            next.signIn(user);
            enter(next, realm().awaitCode(user, 2)).assertSignedIn();
            other.send(later);
            other.assertNotSignedIn();
            assertThat(accepted(user)).isEqualTo(2);
        } finally {
            cluster().nodes().forEach(node -> node.admin().delete(LINK));
            cluster().awaitMerge(mark);
        }
    }

    private HttpRequest there(LoginClient client, String code) {
        return ClusterRequests.to(node(1), client.prepare(FORM, Map.of("emailCode", code)));
    }

    private static int accepted(TestUser user) {
        return user.admin().credentialData(EmailCodeRealm.TYPE).path("accepted").size();
    }
}
