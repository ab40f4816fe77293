import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

/// Makes the signed notice by which editors learn that there is a newer version: a JSON Web Token (RFC 7519), ES256.
/// Run from source by installers/notice, which says how.
final class Notice {
    private static final String USAGE = """
            usage: installers/notice key FILE
                     makes a key to sign with in FILE, which nobody else may read, and prints its public half:
                     what `updates.key` in a policy is, and `./package --updates-key`
                   installers/notice sign FILE VERSION PAGE [DAYS]
                     prints the notice that VERSION, three numbers, is the newest and is to be had at PAGE, an address.
                     Editors believe it for DAYS, 90 unless told otherwise: sign anew before, also where nothing is new
            """;
    private static final long DAYS = 90;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private Notice() {}

    public static void main(String... args) throws GeneralSecurityException, IOException {
        if (args.length == 2 && args[0].equals("key")) {
            System.out.println(key(Path.of(args[1])));
        } else if ((args.length == 4 || args.length == 5) && args[0].equals("sign")) {
            System.out.println(sign(
                    read(Path.of(args[1])), args[2], args[3], args.length == 5 ? Long.parseLong(args[4]) : DAYS));
        } else {
            System.err.print(USAGE);
            System.exit(2);
        }
    }

    private static String key(Path file) throws GeneralSecurityException, IOException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded());
        if (Files.exists(file)) {
            end(file + " is there already, and was left alone: a key that is lost can't be made again. Choose another name.");
        }
        if (Files.getFileAttributeView(file.toAbsolutePath().getParent(), java.nio.file.attribute.PosixFileAttributeView.class) != null) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        Files.writeString(file, BEGIN + "\n" + lines + "\n" + END + "\n", StandardOpenOption.WRITE);
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    private static PrivateKey read(Path file) throws IOException {
        var text = Files.readString(file);
        try {
            var body = text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END));
            var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body));
            if (KeyFactory.getInstance("EC").generatePrivate(spec) instanceof ECPrivateKey key
                    && key.getParams().getCurve().getField().getFieldSize() == 256) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // said below
        }
        return end(file + " holds no key to sign with, as 'installers/notice key' makes it. Nothing was signed.");
    }

    private static String sign(PrivateKey key, String version, String page, long days) throws GeneralSecurityException {
        if (!version.matches("[0-9]{1,6}\\.[0-9]{1,6}\\.[0-9]{1,6}")) {
            return end("'" + version + "' is no version: three numbers are expected, such as 1.2.3. Nothing was signed.");
        }
        if (!page.matches("https?://[^\\s\"\\\\/]+(/[^\\s\"\\\\]*)?") || URI.create(page).getHost() == null) {
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

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static <T> T end(String sentence) {
        System.err.println(sentence);
        System.exit(1);
        throw new AssertionError(sentence);
    }
}
