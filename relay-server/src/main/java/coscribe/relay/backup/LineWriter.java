package coscribe.relay.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Writes a backup's lines: a word, then fields, each behind a tab. In a field `\\`, `\t`, `\n` and
/// `\r` stand for a backslash and what would end the field.
final class LineWriter {
    private final OutputStream out;
    private final MessageDigest digest = Sums.sha256();

    LineWriter(OutputStream out) {
        this.out = out;
    }

    void line(String word, Object... fields) throws IOException {
        var line = new StringBuilder(word);
        for (var field : fields) {
            line.append('\t').append(escaped(field.toString()));
        }
        bytes(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    /// Behind a line that says how long it is.
    void counted(byte[] bytes) throws IOException {
        bytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        bytes(bytes);
    }

    private void bytes(byte[] bytes) throws IOException {
        digest.update(bytes);
        out.write(bytes);
    }

    /// SHA-256 of everything so far, in hex.
    String sum() throws IOException {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IOException("this Java cannot copy a digest", e);
        }
    }

    void flush() throws IOException {
        out.flush();
    }
}
