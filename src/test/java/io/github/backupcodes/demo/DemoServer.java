package io.github.backupcodes.demo;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Totp;
import io.github.backupcodes.support.server.FreePorts;
import io.github.backupcodes.support.server.KeycloakServer;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A real Keycloak with the extension and a realm to try it in, on loopback. It runs until Ctrl-C and keeps nothing.
 */
public final class DemoServer {

    private static final int USUAL_PORT = 8080;
    private static final String NEWCOMER = "nora";
    private static final String EXPERIENCED = "olli";
    private static final String PHONE = "tess";

    private final PrintStream out;
    private final DemoRealm realm = DemoRealm.read();
    private final AtomicBoolean stopping = new AtomicBoolean();

    private DemoServer(PrintStream out) {
        this.out = out;
    }

    /** Starts the demo. */
    public static void main(String[] arguments) throws InterruptedException {
        new DemoServer(System.out).run();
    }

    private void run() throws InterruptedException {
        Instant start = Instant.now();
        int port = FreePorts.freeOr(USUAL_PORT);
        if (port != USUAL_PORT) {
            say("Port " + USUAL_PORT + " is taken, so this is on " + port + ".");
        }
        say("Starting Keycloak with the extension; this takes half a minute or so.");
        try (MailPrinter printer = new MailPrinter();
                KeycloakServer server = KeycloakServer.named("demo")
                        .in(BuildFiles.directory().resolve("demo"))
                        .port(port)
                        .importing(realm.file())
                        .environment("DEMO_SMTP_PORT", printer.port())
                        .heap("768m")
                        .onProgress(new ProgressLine(this::say)::at)
                        .start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop-demo"));
            server.admin()
                    .realm(realm.name())
                    .postForAnswer("/backup-codes/setup", Map.of("emailCode", true, "smsCode", true));
            say("Keycloak answers. Making backup codes for " + EXPERIENCED + ".");
            List<String> codes = makeCodes(server);
            say("Ready after " + Duration.between(start, Instant.now()).toSeconds() + " s.");
            welcome(server, codes).forEach(this::say);
            keepCompany(server, printer);
        }
    }

    private void stop(KeycloakServer server) {
        stopping.set(true);
        say("");
        say("Stopping.");
        server.close();
        say("Stopped. Nothing is left running.");
    }

    /** Signs in as a person does, for no one else can know the codes: the server keeps hashes. */
    private List<String> makeCodes(KeycloakServer server) {
        URI address = URI.create(server.baseUrl() + "/realms/" + realm.name());
        LoginClient olli = new LoginClient(
                LoginClient.connections(), address, "account-console", URI.create(address + "/account/"));
        olli.open(Map.of("kc_action", BackupCodesNames.ACTION));
        olli.password(EXPERIENCED, realm.password(EXPERIENCED));
        HttpPage page = olli.otp(realm.app(EXPERIENCED).now());
        List<String> codes = page.backupCodes();
        olli.saveCodes();
        if (codes.isEmpty() || !olli.isSignedIn()) {
            throw new IllegalStateException("no backup codes for " + EXPERIENCED + ": " + olli.page());
        }
        server.admin().realm(realm.name()).userNamed(EXPERIENCED).logout();
        return codes;
    }

    private List<String> welcome(KeycloakServer server, List<String> codes) {
        String account = server.baseUrl() + "/realms/" + realm.name() + "/account/account-security/signing-in";
        List<String> lines = new ArrayList<>();
        lines.add("Open            " + account);
        lines.add("");
        lines.add("Sign in as      " + NEWCOMER + " / " + realm.password(NEWCOMER));
        lines.add("                no second factor yet: set up an authenticator app");
        lines.add("                or codes by text message or email, then backup codes");
        lines.add("");
        lines.add("or as           " + EXPERIENCED + " / " + realm.password(EXPERIENCED));
        lines.add("                has an authenticator app; its key, for an app of yours:");
        lines.add("                " + realm.app(EXPERIENCED).base32());
        lines.add("                its present code, for half a minute: "
                + realm.app(EXPERIENCED).now());
        lines.add("                or choose \"Try Another Way\" and type one of the backup codes:");
        for (int i = 0; i < codes.size(); i += 2) {
            lines.add("                " + String.join("    ", codes.subList(i, Math.min(i + 2, codes.size()))));
        }
        lines.add("");
        lines.add("or as           " + PHONE + " / " + realm.password(PHONE));
        lines.add("                gets a code by text message, which is said below");
        lines.add("");
        lines.add("Administration  " + server.baseUrl() + "/admin/master/console/#/" + realm.name());
        lines.add("                " + KeycloakServer.ADMIN + " / " + KeycloakServer.ADMIN);
        lines.add("");
        lines.add("Mails, texts    none leaves this machine; who gets which is said below");
        lines.add("Log             " + server.log().file());
        lines.add("Stop            Ctrl-C");
        return TextFrame.around(lines);
    }

    /** Shows the mails and text messages, the code of the moment as long as someone watches, and looks after the server. */
    private void keepCompany(KeycloakServer server, MailPrinter printer) throws InterruptedException {
        Totp app = realm.app(EXPERIENCED);
        SmsPrinter texts = new SmsPrinter(server.log());
        boolean watched = TerminalStyle.isAttached();
        while (server.isAlive()) {
            printer.sayNews(this::say);
            texts.sayNews(this::say);
            if (watched && !stopping.get()) {
                long left = Totp.PERIOD_SECONDS - Instant.now().getEpochSecond() % Totp.PERIOD_SECONDS;
                out.print(String.format(
                        Locale.ROOT, "\r%s's authenticator app shows %s for %2d s ", EXPERIENCED, app.now(), left));
                out.flush();
            }
            TimeUnit.SECONDS.sleep(1);
        }
        // Ctrl-C reaches the server as well; then it is no failure that it ends
        TimeUnit.SECONDS.sleep(1);
        if (!stopping.get()) {
            throw new IllegalStateException(
                    "Keycloak ended. The end of its log:\n" + server.log().tail(60));
        }
        // the JVM is on its way out; to end here would look like a success of the build
        TimeUnit.MINUTES.sleep(1);
    }

    private void say(String line) {
        out.println(line);
    }
}
