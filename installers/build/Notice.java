import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;

/// Makes the signed notice by which editors learn that there is a newer version: a JSON Web Token (RFC 7519), ES256.
/// Run from source by installers/notice, which says how.
final class Notice {
    private static final String USAGE = """
            usage: installers/notice key FILE
                     makes a key to sign with in FILE, which nobody else may read, and prints its public half:
                     what `updates.key` in a policy is, and UPDATES_KEY for ./package
                   installers/notice public FILE
                     prints the public half once more
                   installers/notice sign FILE VERSION PAGE [DAYS]
                     prints the notice that VERSION, three numbers, is the newest and is to be had at PAGE, an address.
                     Editors believe it for DAYS, 1 to 400, 90 unless told otherwise: sign anew before, also where nothing is new
            """;
    private static final long DAYS = 90;
    private static final long MOST_DAYS = 400;
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private Notice() {}

    public static void main(String... args) throws GeneralSecurityException, IOException {
        if (args.length == 2 && args[0].equals("key")) {
            System.out.println(key(Path.of(args[1])));
        } else if (args.length == 2 && args[0].equals("public")) {
            System.out.println(part(Path.of(args[1]), PUBLIC));
        } else if ((args.length == 4 || args.length == 5) && args[0].equals("sign")) {
            System.out.println(sign(read(Path.of(args[1])), args[2], args[3], args.length == 5 ? days(args[4]) : DAYS));
        } else {
            System.err.print(USAGE);
            System.exit(2);
        }
    }

    private static String key(Path file) throws GeneralSecurityException, IOException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        if (Files.exists(file)) {
            end(file + " is there already, and was left alone: a key that is lost can't be made again. Choose another name.");
        }
        if (Files.getFileAttributeView(file.toAbsolutePath().getParent(), PosixFileAttributeView.class) != null) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        Files.writeString(
                file, pem(PRIVATE, pair.getPrivate().getEncoded()) + pem(PUBLIC, pair.getPublic().getEncoded()),
                StandardOpenOption.WRITE);
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    private static String pem(String kind, byte[] bytes) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    /// As Base64 in one line.
    private static String part(Path file, String kind) throws IOException {
        var found = Pattern.compile("-----BEGIN " + kind + "-----([A-Za-z0-9+/=\\s]+)-----END " + kind + "-----")
                .matcher(Files.isReadable(file) ? Files.readString(file) : "");
        return found.find() ? found.group(1).replaceAll("\\s", "") : noKey(file);
    }

    private static <T> T noKey(Path file) {
        return end(file + " holds no key to sign with, as 'installers/notice key' makes it. Nothing was signed.");
    }

    private static long days(String text) {
        if (!text.matches("[0-9]{1,3}") || Long.parseLong(text) < 1 || Long.parseLong(text) > MOST_DAYS) {
            return end("'" + text + "' is no number of days from 1 to " + MOST_DAYS + ". Nothing was signed.");
        }
        return Long.parseLong(text);
    }

    private static PrivateKey read(Path file) throws IOException {
        try {
            var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(part(file, PRIVATE)));
            if (KeyFactory.getInstance("EC").generatePrivate(spec) instanceof ECPrivateKey key
                    && key.getParams().getCurve().getField().getFieldSize() == 256) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // said below
        }
        return noKey(file);
    }

    private static String sign(PrivateKey key, String version, String page, long days) throws GeneralSecurityException {
        if (!version.matches("[0-9]{1,6}\\.[0-9]{1,6}\\.[0-9]{1,6}")) {
            return end("'" + version + "' is no version: three numbers are expected, such as 1.2.3. Nothing was signed.");
        }
        if (!page.matches("https?://[^\\s\"\\\\/]+(/[^\\s\"\\\\]*)?") || !isAddress(page)) {
            return end("'" + page + "' is no address of a page, such as https://example.org/coscribe. Nothing was signed.");
        }
        var now = Instant.now();
        var said = "{\"aud\":\"coscribe-editor\",\"version\":\"" + version + "\",\"page\":\"" + page + "\",\"iat\":"
                + now.getEpochSecond() + ",\"exp\":" + now.plus(Duration.ofDays(days)).getEpochSecond() + "}";
        var text = encoded("{\"alg\":\"ES256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(said.getBytes(StandardCharsets.UTF_8));
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format"); // as RFC 7518 wants it
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + encoded(signature.sign());
    }

    private static boolean isAddress(String page) {
        try {
            return new URI(page).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static <T> T end(String sentence) {
        System.err.println(sentence);
        System.exit(1);
        throw new AssertionError(sentence);
    }
}
