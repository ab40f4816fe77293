package coscribe.bench.faults;

import coscribe.bench.process.Child;
import coscribe.bench.process.Patience;
import coscribe.bench.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// A company's way out: the Squid of the distribution, in a process of its own, which lets nobody
/// through who does not sign in.
final class Squid implements AutoCloseable {
    static final String NAME = "mara";
    static final String PASSWORD = "secret";

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final String REALM = "Acme";

    private final Path folder;
    private final int port = Ports.free();
    private final Child child;

    /// How it asks for a name.
    enum SignIn {
        /// The password is kept by Apache's MD5.
        BASIC("basic_ncsa_auth", "") {
            @Override
            String kept() {
                return NAME + ":$apr1$coscribe$.nsVMPAAKKqddk3BAy4CN1\n";
            }
        },
        DIGEST("digest_file_auth", " -c") {
            @Override
            String kept() throws Exception {
                byte[] hash = MessageDigest.getInstance("MD5")
                        .digest((NAME + ":" + REALM + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
                return NAME + ":" + REALM + ":" + HexFormat.of().formatHex(hash) + "\n";
            }
        };

        private final String helper;
        private final String options;

        SignIn(String helper, String options) {
            this.helper = helper;
            this.options = options;
        }

        /// The file of names and passwords.
        abstract String kept() throws Exception;

        private Path program() {
            return Stream.of(
                            "/usr/lib/squid",
                            "/usr/lib64/squid",
                            "/opt/homebrew/opt/squid/libexec",
                            "/usr/local/opt/squid/libexec")
                    .map(place -> Path.of(place, helper))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no " + helper + " beside Squid"));
        }
    }

    /// @param folder  for its configuration, and what it says
    Squid(SignIn how, Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        // Where root starts it, it becomes a user of its own, who writes here.
        Files.setPosixFilePermissions(folder.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path kept = this.folder.resolve("passwords");
        Files.writeString(kept, how.kept());
        String scheme = how.name().toLowerCase(Locale.ROOT);
        Path hosts = this.folder.resolve("hosts");
        Files.writeString(hosts, "127.0.0.1 " + TestAuthority.BEHIND + "\n");
        Path configuration = this.folder.resolve("squid.conf");
        Files.writeString(configuration, """
                http_port 127.0.0.1:%s
                hosts_file %s
                auth_param %s program %s%s %s
                auth_param %s realm %s
                acl people proxy_auth REQUIRED
                http_access allow people
                http_access deny all
                cache deny all
                shutdown_lifetime 0 seconds
                pid_filename none
                pinger_enable off
                cache_log %s
                access_log stdio:%s
                coredump_dir %s
                """.formatted(
                        port,
                        hosts,
                        scheme,
                        how.program(),
                        how.options,
                        kept,
                        scheme,
                        REALM,
                        this.folder.resolve("cache.log"),
                        log(),
                        this.folder));
        child = Child.start("squid", List.of("squid", "-N", "-f", configuration.toString()), Map.of(), this.folder);
        if (!Patience.until(READY_WITHIN, () -> !child.isAlive() || listens()) || !child.isAlive()) {
            child.close();
            throw new IllegalStateException("Squid does not listen: " + child.complaints());
        }
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(address(), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private Path log() {
        return folder.resolve("access.log");
    }

    /// What it noted of each request, once that was over.
    List<String> requests() {
        try {
            return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
