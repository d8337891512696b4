package io.github.backupcodes.emailcode;

import static io.github.backupcodes.emailcode.EmailCodeRealm.FORM;
import static io.github.backupcodes.emailcode.EmailCodeRealm.otherThan;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.realm.ClusterRequests;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Enters the same right code of a sign-in several times at once, however it was sent.
 *
 * @param requests to the nodes
 * @param realm    where users get at least fifty codes an hour
 * @param type     of the credential
 * @param field    for the code
 * @param users    creates a user by name
 * @param codes    waits for a message to a user, by its number from 1, and returns its code
 */
public record VerificationCodeRace(
        ClusterRequests requests,
        TestRealm realm,
        String type,
        String field,
        Function<String, TestUser> users,
        BiFunction<TestUser, Integer, String> codes) {

    /** How many requests there are at once. */
    public static final int TABS = 8;

    private static final int ROUNDS_OF_USER = 50;

    /** What those see who are not the one that signs in. */
    private static final List<String> LOSSES = List.of(
            Messages.of("verificationCodeErrorUsed"),
            Messages.of("verificationCodeErrorTooManyTries"),
            Messages.of("verificationCodeErrorExpired"),
            Messages.of("verificationCodeErrorBusy"));

    /**
     * One signs in, each time.
     *
     * @param test        a name for the report and the users
     * @param rounds      how many times
     * @param wrongBefore how many wrong codes are entered before
     */
    public void run(String test, int rounds, int wrongBefore) throws Exception {
        Map<String, Integer> losses = new TreeMap<>();
        TestUser user = users.apply(test);
        for (int round = 0; round < rounds; round++) {
            int ofUser = round % ROUNDS_OF_USER + 1;
            if (round > 0 && ofUser == 1) {
                user = users.apply(test + round);
            }
            List<LoginClient> tabs = requests.tabs(realm, user, TABS, FORM);
            String code = codes.apply(user, ofUser);
            List<HttpRequest> entries = requests.prepare(tabs, FORM, Map.of(field, code));
            for (int wrong = 0; wrong < wrongBefore; wrong++) {
                LoginClient tab = tabs.get(wrong);
                tab.submit(FORM, Map.of(field, otherThan(code)));
                entries.set(wrong, tab.prepare(FORM, Map.of(field, code)));
            }
            requests.race(tabs, entries);

            List<LoginClient> losers =
                    tabs.stream().filter(tab -> !tab.isSignedIn()).toList();
            assertThat(losers)
                    .as(
                            "round %d: %s",
                            round, tabs.stream().map(LoginClient::page).toList())
                    .hasSize(TABS - 1);
            assertThat(user.admin().credentialData(type).path("accepted").size())
                    .as("round %d", round)
                    .isEqualTo(ofUser);
            losers.forEach(loser -> losses.merge(loss(loser), 1, Integer::sum));
        }
        System.out.printf("%s: %s, %d rounds of %d requests: %s%n", type, test, rounds, TABS, losses);
        assertThat(losses.keySet()).isSubsetOf(LOSSES);
    }

    /** What a page says to someone who was not signed in; the page itself if that is none of what it may say. */
    private static String loss(LoginClient loser) {
        String text = loser.page().document().text();
        return LOSSES.stream().filter(text::contains).findFirst().orElseGet(() -> loser.page() + " " + text);
    }
}
