package io.github.backupcodes.sms.sender;

import io.github.backupcodes.sms.gateway.Gateway;
import io.github.backupcodes.sms.gateway.GatewayAnswer;
import io.github.backupcodes.sms.gateway.GatewayHosts;
import io.github.backupcodes.sms.gateway.GatewayRequest;
import io.github.backupcodes.sms.gateway.HostLookup;
import io.github.backupcodes.sms.gateway.RefusedHostException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpEntity;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.client.utils.URIUtils;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.Registry;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.DnsResolver;
import org.apache.http.conn.HttpClientConnectionManager;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.conn.util.PublicSuffixMatcherLoader;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.NoConnectionReuseStrategy;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.DefaultManagedHttpClientConnection;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestExecutor;
import org.jboss.logging.Logger;
import org.keycloak.connections.httpclient.ProxyMappings;
import org.keycloak.connections.httpclient.ProxyMappingsAwareRoutePlanner;

/**
 * The HTTP client of this server for gateways. Keycloak's own one follows the settings of the operator, which may allow redirects and
 * retries, and connects to any address; a message with a code must go to one checked address and at most once.
 *
 * <p>It uses each connection once: if an idle one had been closed meanwhile, nobody could tell whether the message was sent.
 */
final class HttpSmsClient implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(HttpSmsClient.class);

    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 5_000;
    private static final int POOL_MILLIS = 1_000;
    private static final Duration LOOKUP = Duration.ofSeconds(2);
    private static final int MAX_ANSWER = 64 * 1024;
    private static final int MAX_CONNECTIONS = 64;
    private static final int MAX_CONNECTIONS_OF_HOST = 32;
    private static final int MAX_LOOKUPS = 16;

    /** The head of an answer, which the body's limit does not bound: a gateway must not fill the memory of the server. */
    private static final MessageConstraints HEAD = MessageConstraints.custom()
            .setMaxLineLength(8 * 1024)
            .setMaxHeaderCount(200)
            .build();

    private static final int BUFFER = 8 * 1024;

    /** Whether any byte of the request may have left this server, in the context of the request. */
    private static final String SENT = "backup-codes.sent";

    private final GatewayHosts hosts;
    private final HostLookup lookup;
    private final ProxyMappings proxies;
    private final CloseableHttpClient direct;
    private final CloseableHttpClient proxied;
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService lookups;
    private final Map<String, Future<InetAddress[]>> running = new ConcurrentHashMap<>();

    /**
     * Creates the client.
     *
     * @param hosts   which hosts may be connected to
     * @param lookup  asks the name service
     * @param proxies the proxies of Keycloak's client
     * @param tls     has the certificates that are trusted
     */
    HttpSmsClient(GatewayHosts hosts, HostLookup lookup, ProxyMappings proxies, SSLContext tls) {
        this.hosts = hosts;
        this.lookup = lookup;
        this.proxies = proxies;
        SSLConnectionSocketFactory sockets = new SSLConnectionSocketFactory(
                tls, new DefaultHostnameVerifier(PublicSuffixMatcherLoader.getDefault()));
        direct = builder(connections(sockets, this::checkedAddresses)).build();
        // the operator has chosen the proxy, so its address needs no check
        proxied = builder(connections(sockets, SystemDefaultDnsResolver.INSTANCE))
                .setRoutePlanner(new ProxyMappingsAwareRoutePlanner(proxies))
                .build();
        timer = new ScheduledThreadPoolExecutor(1, daemon("backup-codes-sms-timer"));
        timer.setRemoveOnCancelPolicy(true);
        lookups = new ThreadPoolExecutor(
                0, MAX_LOOKUPS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemon("backup-codes-sms-lookup"));
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static HttpClientConnectionManager connections(SSLConnectionSocketFactory sockets, DnsResolver resolver) {
        Registry<ConnectionSocketFactory> schemes = RegistryBuilder.<ConnectionSocketFactory>create()
                .register("http", PlainConnectionSocketFactory.getSocketFactory())
                .register("https", sockets)
                .build();
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(
                schemes,
                (route, config) -> new QuietConnection(route.getTargetHost().getHostName()),
                resolver);
        connections.setMaxTotal(MAX_CONNECTIONS);
        connections.setDefaultMaxPerRoute(MAX_CONNECTIONS_OF_HOST);
        return connections;
    }

    /**
     * A connection that logs nothing. The one that the library creates by itself writes all that is sent to the log if that is at DEBUG:
     * number, text and secrets, and lines of the answer that it does not understand.
     */
    private static final class QuietConnection extends DefaultManagedHttpClientConnection {

        private QuietConnection(String name) {
            super(name, BUFFER, BUFFER, null, null, HEAD, null, null, null, null);
        }
    }

    private static HttpClientBuilder builder(HttpClientConnectionManager connections) {
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setRequestExecutor(new RecordingExecutor())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setSocketTimeout(ANSWER_MILLIS)
                        .setConnectionRequestTimeout(POOL_MILLIS)
                        .setNormalizeUri(false)
                        .build())
                .setConnectionReuseStrategy(NoConnectionReuseStrategy.INSTANCE)
                .setUserAgent("Keycloak")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching();
    }

    /** Records that a request is being sent. */
    private static final class RecordingExecutor extends HttpRequestExecutor {

        @Override
        protected HttpResponse doSendRequest(HttpRequest request, HttpClientConnection connection, HttpContext context)
                throws IOException, HttpException {
            // a proxy that is asked for a tunnel gets nothing of the message
            if (!"CONNECT".equals(request.getRequestLine().getMethod())) {
                context.setAttribute(SENT, true);
            }
            return super.doSendRequest(request, connection, context);
        }
    }

    private boolean isProxied(URI origin) {
        return !proxies.isEmpty()
                && proxies.getProxyFor(Objects.requireNonNull(origin.getHost())).getProxyHost() != null;
    }

    /**
     * Checks a host without the name service.
     *
     * @throws RefusedHostException if it must not be connected to
     */
    void checkName(URI origin) throws RefusedHostException {
        hosts.check(origin, isProxied(origin));
    }

    /**
     * Checks a host and its addresses, before a secret for it is read.
     *
     * @throws RefusedHostException if it must not be connected to
     * @throws UnknownHostException if it has no address
     */
    void check(URI origin) throws UnknownHostException {
        checkName(origin);
        if (!isProxied(origin)) {
            hosts.check(origin, lookUp(Objects.requireNonNull(origin.getHost())));
        }
    }

    private InetAddress[] checkedAddresses(String host) throws UnknownHostException {
        InetAddress[] addresses = lookUp(host);
        hosts.checkAddresses(host, addresses);
        return addresses;
    }

    /**
     * On another thread, because nothing can interrupt the name service. Those who ask for a name that is being looked up wait for the same
     * answer: a name whose service does not answer must not take the threads of the others.
     */
    private InetAddress[] lookUp(String host) throws UnknownHostException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return running.computeIfAbsent(name, this::startLookup).get(LOOKUP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            throw new UnknownHostException("the name service knows no address or does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("interrupted");
        }
    }

    private Future<InetAddress[]> startLookup(String name) {
        FutureTask<InetAddress[]> addresses = new FutureTask<>(() -> lookup.addresses(name)) {
            @Override
            protected void done() {
                running.remove(name, this);
            }
        };
        lookups.execute(addresses);
        return addresses;
    }

    /**
     * Sends a request and reads the answer. The log gets status and time.
     *
     * @param gateway  reads the answer
     * @param request  the request, to a host that was checked
     * @param deadline when it is given up
     * @param realm    the name of the realm, for the log
     */
    SmsOutcome send(Gateway gateway, GatewayRequest request, Deadline deadline, String realm) {
        long start = System.nanoTime();
        HttpUriRequest message = message(request);
        HttpHost target = URIUtils.extractHost(request.uri());
        HttpClientContext context = HttpClientContext.create();
        ScheduledFuture<?> abort =
                timer.schedule(message::abort, deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
        try (CloseableHttpResponse response =
                (isProxied(request.uri()) ? proxied : direct).execute(target, message, context)) {
            int status = response.getStatusLine().getStatusCode();
            GatewayAnswer answer = answer(gateway, status, response.getEntity());
            log(realm, answer, "status " + status, start);
            return outcome(answer);
        } catch (RefusedHostException e) {
            LOG.errorf("The gateway of realm %s is refused: %s.", realm, e.getMessage());
            return new SmsOutcome.Refused(SmsOutcome.Reason.NOT_ALLOWED);
        } catch (IOException e) {
            boolean mayHaveBeenSent = context.getAttribute(SENT) != null;
            log(
                    realm,
                    mayHaveBeenSent ? GatewayAnswer.UNCLEAR : GatewayAnswer.BUSY,
                    e.getClass().getName(),
                    start);
            return new SmsOutcome.Unavailable(mayHaveBeenSent);
        } finally {
            abort.cancel(false);
        }
    }

    private static HttpUriRequest message(GatewayRequest request) {
        RequestBuilder message = RequestBuilder.create(request.method()).setUri(request.uri());
        request.headers().forEach(message::setHeader);
        if (!"GET".equals(request.method())) {
            message.setEntity(new ByteArrayEntity(request.body()));
        }
        return message.build();
    }

    /** A body that breaks off after a status of success says nothing. */
    private static GatewayAnswer answer(Gateway gateway, int status, HttpEntity body) {
        if (!gateway.needsBody(status)) {
            return gateway.answer(status, "");
        }
        try {
            return gateway.answer(status, read(body));
        } catch (IOException e) {
            return GatewayAnswer.UNCLEAR;
        }
    }

    /** The body up to 64 KiB. What is cut off is no JSON any more. */
    private static String read(HttpEntity body) throws IOException {
        if (body == null) {
            return "";
        }
        try (InputStream content = body.getContent()) {
            return new String(content.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
        }
    }

    private static SmsOutcome outcome(GatewayAnswer answer) {
        return switch (answer) {
            case ACCEPTED -> new SmsOutcome.Accepted(null);
            // gateways have no common way to say why
            case REFUSED -> new SmsOutcome.Refused(SmsOutcome.Reason.NOT_ALLOWED);
            case BUSY -> new SmsOutcome.Unavailable(false);
            case UNCLEAR -> new SmsOutcome.Unavailable(true);
        };
    }

    private static void log(String realm, GatewayAnswer answer, String cause, long start) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (answer == GatewayAnswer.ACCEPTED) {
            LOG.debugf("The gateway of realm %s has accepted a text message: %s after %d ms", realm, cause, millis);
        } else {
            LOG.warnf(
                    "The gateway of realm %s did not accept a text message (%s): %s after %d ms",
                    realm, answer, cause, millis);
        }
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        lookups.shutdownNow();
        try (proxied) {
            direct.close();
        }
    }
}
