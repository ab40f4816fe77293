package coscribe.ot.wire;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import coscribe.ot.protocol.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Opens Jackson with our bounds, and is the one place where its errors become ours.
final class Json {
    private static final int NUMBER_DIGITS = 20;
    private static final int NAME_UNITS = 256;

    private static final JsonFactory MESSAGES = factory(Limits.STRING_UNITS);
    private static final JsonFactory DOCUMENTS = factory(Limits.DOCUMENT_UNITS_CEILING);

    private Json() {}

    private static JsonFactory factory(int stringUnits) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Limits.JSON_DEPTH)
                        .maxStringLength(stringUnits)
                        .maxNumberLength(NUMBER_DIGITS)
                        .maxNameLength(NAME_UNITS)
                        .build())
                // What JSON.stringify would write, so that the canonical form has one spelling.
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                // A stranger's names must fill no table that outlives his message.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    /// Writes one JSON value.
    @FunctionalInterface
    interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    /// The bytes that `writing` makes.
    static byte[] write(int expectedBytes, Writing writing) {
        var bytes = new ByteArrayOutputStream(expectedBytes);
        try (var out = MESSAGES.createGenerator(bytes, JsonEncoding.UTF8)) {
            writing.to(out);
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("this cannot be written as JSON", e);
        }
        return bytes.toByteArray();
    }

    /// Writes a string; never an escape in place of half a surrogate pair.
    static void writeText(JsonGenerator out, String text) throws IOException {
        if (Utf8.halfPairIn(text)) {
            throw new IllegalArgumentException("text with half a surrogate pair");
        }
        out.writeString(text);
    }

    /// Reads one JSON value; the parser stands on its first token.
    @FunctionalInterface
    interface Reading<T> {
        T from(JsonParser in) throws IOException;
    }

    static <T> T readMessage(byte[] utf8, Reading<T> reading) {
        return readMessage(Utf8.text(utf8, Limits.FRAME_BYTES), reading);
    }

    static <T> T readMessage(String text, Reading<T> reading) {
        requireAtMost(text.length(), Limits.FRAME_BYTES);
        return read(MESSAGES, text, reading);
    }

    static void requireAtMost(int length, int most) {
        if (length > most) {
            throw new MalformedMessageException("A message has at most " + most + " bytes.");
        }
    }

    /// For what we kept ourselves: as large as a document may be.
    static <T> T readKept(byte[] utf8, Reading<T> reading) {
        return read(DOCUMENTS, Utf8.text(utf8, Integer.MAX_VALUE), reading);
    }

    private static <T> T read(JsonFactory factory, String text, Reading<T> reading) {
        try (var in = factory.createParser(text)) {
            in.nextToken();
            T value = reading.from(in);
            if (in.nextToken() != null) {
                throw new MalformedMessageException("Something follows the end of the message.");
            }
            return value;
        } catch (MalformedMessageException e) {
            throw e;
        } catch (JsonParseException e) {
            throw new MalformedMessageException("The bytes are not well-formed JSON" + at(e) + ".", e);
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException("A number, string, name or nesting is too large" + at(e) + ".", e);
        } catch (IOException e) {
            throw new MalformedMessageException("The bytes cannot be read as JSON.", e);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("The message holds a value that cannot be.", e);
        }
    }

    private static String at(JsonProcessingException e) {
        var location = e.getLocation();
        if (location == null) {
            return "";
        }
        long at = Math.max(location.getByteOffset(), location.getCharOffset());
        return at < 0 ? "" : " (at " + at + ")";
    }

    static MalformedMessageException wrong(String name, String expected) {
        return new MalformedMessageException("'" + name + "' must be " + expected + ".");
    }

    /// Requires the parser to stand on `token`.
    static void expect(JsonParser in, JsonToken token, String name, String expected) {
        if (in.currentToken() != token) {
            throw wrong(name, expected);
        }
    }

    /// The string on which the parser stands.
    static String text(JsonParser in, String name) throws IOException {
        expect(in, JsonToken.VALUE_STRING, name, "a string");
        return requireWholePairs(in.getText());
    }

    /// An escape can smuggle half a pair in.
    static String requireWholePairs(String text) {
        if (Utf8.halfPairIn(text)) {
            throw new MalformedMessageException("A text holds half a surrogate pair.");
        }
        return text;
    }

    /// The next token's string.
    static String nextText(JsonParser in, String name) throws IOException {
        in.nextToken();
        return text(in, name);
    }

    /// The whole number on which the parser stands.
    static long number(JsonParser in, String name, long least, long most) throws IOException {
        expect(in, JsonToken.VALUE_NUMBER_INT, name, "a whole number");
        long number = in.getLongValue();
        if (number < least || number > most) {
            throw wrong(name, "a whole number from " + least + " to " + most);
        }
        return number;
    }
}
