package io.github.backupcodes.support.realm;

import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.KeycloakServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sends requests of browsers to the nodes of a cluster by turns: all at the same moment, or as many as go over some connections. */
public final class ClusterRequests implements AutoCloseable {

    /** Over which many requests are sent; fewer than the nodes have to the database. */
    private static final int CONNECTIONS = 16;

    private static final int LIMIT_SECONDS = 90;

    private final HttpClient http = LoginClient.connections();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
    private final Cluster cluster;

    /** Takes the cluster, which stays open. */
    public ClusterRequests(Cluster cluster) {
        this.cluster = cluster;
    }

    /** How often a race is run: as many times as {@code -Drace.rounds} says, as {@code -Pstress} does, otherwise as usual. */
    public static int rounds(int usual) {
        int wanted = Integer.getInteger("race.rounds", 0);
        return wanted > 0 ? wanted : usual;
    }

    /** A node; the numbers go round. */
    public KeycloakServer node(int number) {
        List<KeycloakServer> nodes = cluster.nodes();
        return nodes.get(number % nodes.size());
    }

    /** A new browser at a node. */
    public LoginClient browser(TestRealm realm, int node) {
        return realm.session(http, node(node));
    }

    /** Tabs of one browser in which a user has entered the password, and which all show a form. */
    public List<LoginClient> tabs(TestRealm realm, TestUser user, int count, String form) {
        List<LoginClient> tabs = openTabs(realm, count);
        tabs.forEach(tab -> {
            tab.password(user);
            tab.assertHas(form);
        });
        return tabs;
    }

    /** Tabs of one browser that show the sign-in. */
    public List<LoginClient> openTabs(TestRealm realm, int count) {
        List<LoginClient> tabs = new ArrayList<>();
        LoginClient first = browser(realm, 0);
        first.open();
        tabs.add(first);
        while (tabs.size() < count) {
            LoginClient tab = first.newTab();
            tab.open();
            tabs.add(tab);
        }
        return tabs;
    }

    /** The requests that send a form of each page, to be sent later, to one node after the other. */
    public List<HttpRequest> prepare(List<LoginClient> clients, String form, Map<String, String> fields) {
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            requests.add(to(node(i), clients.get(i).prepare(form, fields)));
        }
        return requests;
    }

    /** The same request to another node. */
    public static HttpRequest to(KeycloakServer node, HttpRequest request) {
        URI there = URI.create(node.baseUrl());
        URI uri = request.uri();
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .uri(URI.create(there.getScheme() + "://" + there.getAuthority() + uri.getRawPath()
                        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())))
                .build();
    }

    /** Each client sends its request, all at the same moment. */
    public void race(List<LoginClient> clients, List<HttpRequest> requests) throws Exception {
        CyclicBarrier start = new CyclicBarrier(clients.size());
        send(threads, clients, requests, start::await);
    }

    /** Each client sends its request, as fast as it goes over many connections. */
    public void flood(List<LoginClient> clients, List<HttpRequest> requests) throws Exception {
        send(connections, clients, requests, () -> 0);
    }

    private static void send(
            ExecutorService threads, List<LoginClient> clients, List<HttpRequest> requests, Callable<Integer> start)
            throws Exception {
        List<Callable<LoginClient>> work = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            LoginClient client = clients.get(i);
            HttpRequest request = requests.get(i);
            work.add(() -> {
                start.call();
                client.send(request);
                return client;
            });
        }
        results(threads, work);
    }

    /** Does work over many connections; returns the results in its order. */
    public <T> List<T> all(List<Callable<T>> work) throws Exception {
        return results(connections, work);
    }

    private static <T> List<T> results(ExecutorService threads, List<Callable<T>> work) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> done : threads.invokeAll(work)) {
            results.add(done.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        }
        return results;
    }

    /** How many codes both nodes have compared in a realm with this outcome, whether or not the requests were committed. */
    public int compared(TestRealm realm, String outcome) {
        return metrics(
                        "backup_codes_challenges_total{",
                        "realm=\"" + realm.name() + "\"",
                        "outcome=\"" + outcome + "\"")
                .sum();
    }

    /** What the nodes have measured. */
    public IntStream metrics(String name, String... labels) {
        return cluster.nodes().stream()
                .flatMapToInt(node -> Unchecked.get(() -> http.send(
                                HttpRequest.newBuilder(URI.create(node.managementUrl() + "/metrics"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body()
                        .lines()
                        .filter(line -> line.startsWith(name))
                        .filter(line -> Stream.of(labels).allMatch(line::contains))
                        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        connections.shutdownNow();
    }
}
