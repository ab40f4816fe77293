package coscribe.ot.wire;

import java.nio.charset.StandardCharsets;

/// UTF-8 as strictly as RFC 3629 section 3 has it: where the JDK puts U+FFFD in the place of what
/// is no UTF-8, we refuse, because two texts must never become one. Byte order marks are refused,
/// too (RFC 8259 section 8.1).
final class Utf8 {
    private Utf8() {}

    /// The text that the bytes spell; at most `most` bytes.
    static String text(byte[] bytes, int most) {
        Json.requireAtMost(bytes.length, most);
        requireWellFormed(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void requireWellFormed(byte[] bytes) {
        int i = 0;
        while (i < bytes.length) {
            int lead = bytes[i];
            if (lead >= 0) {
                i++;
                continue;
            }
            int more = following(lead & 0xff);
            if (more == 0 || i + more >= bytes.length || !secondFits(lead & 0xff, bytes[i + 1] & 0xff)) {
                throw badAt(i);
            }
            for (int k = 2; k <= more; k++) {
                if ((bytes[i + k] & 0xc0) != 0x80) {
                    throw badAt(i);
                }
            }
            i += more + 1;
        }
    }

    /// How many bytes follow a lead byte; 0 where it is none.
    private static int following(int lead) {
        if (lead >= 0xc2 && lead <= 0xdf) {
            return 1;
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            return 2;
        }
        return lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
    }

    private static boolean secondFits(int lead, int second) {
        int least = switch (lead) {
            case 0xe0 -> 0xa0;
            case 0xf0 -> 0x90;
            default -> 0x80;
        };
        int most = switch (lead) {
            case 0xed -> 0x9f;
            case 0xf4 -> 0x8f;
            default -> 0xbf;
        };
        return second >= least && second <= most;
    }

    private static MalformedMessageException badAt(int position) {
        return new MalformedMessageException("The bytes are not UTF-8 text (at byte " + position + ").");
    }

    static boolean halfPairIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
