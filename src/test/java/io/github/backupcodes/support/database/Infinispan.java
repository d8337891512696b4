package io.github.backupcodes.support.database;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.ProcessRunner;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.server.FreePorts;
import io.github.backupcodes.support.server.KeycloakDistribution;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * An Infinispan server in a process of its own on a free loopback port, for Keycloaks that keep their sessions outside. It has
 * one member and asks for no password. {@code mvn -Pdatabases} brings its jars.
 */
public final class Infinispan implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** A member that looks for no others: the caches of Keycloak are clustered ones. */
    private static final String CONFIGURATION = """
            <infinispan xmlns="urn:infinispan:config:16.0">
              <jgroups>
                <stack name="alone">
                  <SHARED_LOOPBACK xmlns="urn:org:jgroups"/>
                  <SHARED_LOOPBACK_PING xmlns="urn:org:jgroups"/>
                  <pbcast.NAKACK2 xmlns="urn:org:jgroups"/>
                  <UNICAST3 xmlns="urn:org:jgroups"/>
                  <pbcast.STABLE xmlns="urn:org:jgroups"/>
                  <pbcast.GMS xmlns="urn:org:jgroups" join_timeout="100"/>
                </stack>
              </jgroups>
              <cache-container name="default"><transport cluster="tests" stack="alone"/></cache-container>
              <server xmlns="urn:infinispan:server:16.0">
                <interfaces><interface name="loopback"><inet-address value="127.0.0.1"/></interface></interfaces>
                <socket-bindings default-interface="loopback" port-offset="0">
                  <socket-binding name="default" port="%d"/>
                </socket-bindings>
                <endpoints><endpoint socket-binding="default"><hotrod-connector/><rest-connector/></endpoint></endpoints>
              </server>
            </infinispan>
            """;

    private static final String LOGGING = """
            <Configuration>
              <Appenders><Console name="out"><PatternLayout pattern="%d %p %c %m%n"/></Console></Appenders>
              <Loggers><Root level="INFO"><AppenderRef ref="out"/></Root></Loggers>
            </Configuration>
            """;

    private final Process process;
    private final Path home;
    private final int port;

    private Infinispan(Process process, Path home, int port) {
        this.process = process;
        this.home = home;
        this.port = port;
    }

    /** Starts it, or skips the test when the build has not brought it. */
    public static Infinispan start() {
        Path jars = BuildFiles.directory().resolve("infinispan-dist/lib");
        Assumptions.assumeTrue(Files.isDirectory(jars), "no Infinispan, run: mvn -Pdatabases verify");
        Path home = BuildFiles.directory().resolve("infinispan");
        int port = FreePorts.free();
        return Unchecked.get(() -> {
            KeycloakDistribution.delete(home);
            for (String directory : List.of("conf", "data", "lib", "log")) {
                Files.createDirectories(home.resolve(directory));
            }
            Files.writeString(
                    home.resolve("conf/infinispan.xml"), CONFIGURATION.formatted(port), StandardCharsets.UTF_8);
            Files.writeString(home.resolve("conf/log4j2.xml"), LOGGING, StandardCharsets.UTF_8);
            Files.writeString(
                    home.resolve("hotrod-client.properties"),
                    // the first caches take a cold server long
                    "infinispan.client.hotrod.socket_timeout=30000\n",
                    StandardCharsets.UTF_8);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-Dinfinispan.server.home.path=" + home,
                            "-cp",
                            jars + "/*",
                            "org.infinispan.server.loader.Loader",
                            "org.infinispan.server.Bootstrap",
                            "-s",
                            home.toString(),
                            "-c",
                            "infinispan.xml")
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("log/out").toFile())
                    .start();
            Infinispan server = new Infinispan(process, home, port);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            Awaitility.await("Infinispan").atMost(LIMIT).until(server::answers);
            return server;
        });
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("ended with " + process.exitValue() + ", see " + home.resolve("log/out"));
        }
        try {
            URI caches = URI.create("http://127.0.0.1:" + port + "/rest/v2/caches");
            return ((HttpURLConnection) caches.toURL().openConnection()).getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What a Keycloak needs to keep its sessions here, beside the feature. */
    public String[] options() {
        return new String[] {
            "--cache-remote-host=127.0.0.1",
            "--cache-remote-port=" + port,
            "--cache-remote-tls-enabled=false",
            "--spi-cache-remote--default--properties-file=" + home.resolve("hotrod-client.properties")
        };
    }

    /** Stops it. */
    @Override
    public void close() {
        ProcessRunner.end(process, Duration.ofSeconds(20));
    }
}
