package coscribe.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.bench.process.Child;
import coscribe.bench.process.Patience;
import coscribe.bench.process.Ports;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// nginx or HAProxy in a process of its own, with the configuration that is shipped: only addresses,
/// files and the user it becomes are filled in.
final class RealProxy implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final Kind kind;
    private final Path folder;
    private final int port = Ports.free();
    private final SSLContext trust;
    private final Child child;

    enum Kind {
        NGINX("nginx.conf", "HUP") {
            @Override
            Map<String, String> places(Path folder, int port) {
                String kept = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                        .map(what -> "  " + what + "_temp_path " + folder.resolve("tmp-" + what) + ";\n")
                        .reduce("", String::concat);
                return Map.of(
                        "listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;",
                        "/etc/coscribe/proxy/", folder + "/",
                        "docs.example.org;", "localhost;",
                        "/run/nginx.pid", folder.resolve("nginx.pid").toString(),
                        "/var/log/nginx/error.log", "stderr",
                        "user www-data;\n", "",
                        "worker_rlimit_nofile 200000;\n", "",
                        "worker_connections 65536;", "worker_connections 500;",
                        "http {\n", "http {\n" + kept);
            }

            @Override
            List<String> command(Path configuration) {
                return List.of(
                        "nginx",
                        "-e",
                        "stderr",
                        "-g",
                        "daemon off;",
                        "-c",
                        configuration.toString(),
                        "-p",
                        configuration.getParent().toString());
            }
        },

        HAPROXY("haproxy.cfg", "USR2") {
            @Override
            Map<String, String> places(Path folder, int port) {
                return Map.of(
                        "bind :443 ",
                        "bind 127.0.0.1:" + port + " ",
                        "/etc/coscribe/proxy/",
                        folder + "/",
                        "  user haproxy\n  group haproxy\n",
                        "",
                        "maxconn 50000",
                        "maxconn 400");
            }

            @Override
            List<String> command(Path configuration) {
                return List.of("haproxy", "-W", "-f", configuration.toString());
            }
        };

        final String file;
        private final String reload;

        Kind(String file, String reload) {
            this.file = file;
            this.reload = reload;
        }

        /// What stands in the file, and what is to stand there here.
        abstract Map<String, String> places(Path folder, int port);

        abstract List<String> command(Path configuration);

        String shipped() throws IOException {
            return Files.readString(Path.of("..", "installers", "proxy", file));
        }
    }

    /// @param folder  for its configuration, certificate and what it says
    /// @param relays  ports of both
    RealProxy(Kind kind, Path folder, List<Integer> relays, TestAuthority.Site site, SSLContext trust)
            throws IOException {
        this.kind = kind;
        this.folder = Files.createDirectories(folder);
        this.trust = trust;
        write(site);
        String text = kind.shipped();
        for (var place : kind.places(this.folder, port).entrySet()) {
            text = replaced(text, place.getKey(), place.getValue());
        }
        text = replaced(text, "192.0.2.11:7450", "127.0.0.1:" + relays.getFirst());
        text = replaced(text, "192.0.2.12:7450", "127.0.0.1:" + relays.getLast());
        Path configuration = this.folder.resolve(kind.file);
        Files.writeString(configuration, text);
        child = Child.start(kind.name(), kind.command(configuration), Map.of(), this.folder);
        awaitServing(site.certificate());
    }

    private static String replaced(String text, String place, String by) {
        assertThat(text).contains(place);
        return text.replace(place, by);
    }

    private void write(TestAuthority.Site site) throws IOException {
        Files.writeString(folder.resolve("fullchain.pem"), site.chain());
        Files.writeString(folder.resolve("privkey.pem"), site.key());
        Files.writeString(folder.resolve("site.pem"), site.chain() + site.key());
    }

    int port() {
        return port;
    }

    /// Puts a new certificate where the old one was, has it read, and returns when it is shown.
    void renew(TestAuthority.Site site) throws IOException {
        write(site);
        child.signal(kind.reload);
        awaitServing(site.certificate());
    }

    private void awaitServing(X509Certificate certificate) {
        assertThat(Patience.until(
                        READY_WITHIN,
                        () -> !child.isAlive() || served().equals(Optional.of(certificate.getSerialNumber()))))
                .as("%s shows its certificate: %s", kind, complaints())
                .isTrue();
        assertThat(child.isAlive()).as("%s: %s", kind, complaints()).isTrue();
    }

    private Optional<BigInteger> served() {
        try (var socket = (SSLSocket) trust.getSocketFactory().createSocket("localhost", port)) {
            socket.setSoTimeout(2_000);
            socket.startHandshake();
            var shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return Optional.of(shown.getSerialNumber());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String complaints() {
        return child.complaints();
    }

    @Override
    public void close() {
        child.close();
    }
}
