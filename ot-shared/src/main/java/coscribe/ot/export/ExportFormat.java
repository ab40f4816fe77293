package coscribe.ot.export;

import coscribe.ot.document.Text;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// What a document can be written as for other programs. Pure.
public enum ExportFormat {
    /// For everything that writes and publishes plain files: headings, lists, styles and links
    /// stay.
    MARKDOWN("md"),
    /// For browsers and word processors: everything that is seen stays.
    HTML("html"),
    /// The words, with the marks of lists and quotes.
    TEXT("txt");

    private static final int LONGEST_NAME = 100;
    /// Many file systems take 255, and a number and an ending come behind.
    private static final int LONGEST_NAME_BYTES = 200;

    private final String extension;

    ExportFormat(String extension) {
        this.extension = extension;
    }

    /// How names of such files end, without the dot.
    public String extension() {
        return extension;
    }

    /// Key of what people call it, in the bundle.
    public String key() {
        return "export.format." + extension;
    }

    /// The whole document in this format. Linear in the text.
    public String written(Text text, String title) {
        return switch (this) {
            case MARKDOWN -> MarkdownText.of(text);
            case HTML -> HtmlText.of(text, title);
            case TEXT -> PlainText.of(text);
        };
    }

    /// What a file is called at first: title and day, without what some file system cannot take.
    ///
    /// @param title  of the document; may be empty
    public static String fileName(String title, Instant now, ZoneId zone) {
        String day = LocalDate.ofInstant(now, zone).toString();
        String proper = title.replaceAll("[\\p{Cntrl}\\p{Cf}<>:\"/\\\\|?*]+", " ")
                .replaceAll("\\s+", " ")
                .strip()
                .replaceAll("^[.\\s]+", "");
        return (beginning(proper).strip() + " " + day).strip();
    }

    /// As much of it as fits, no character cut.
    private static String beginning(String name) {
        int end = 0;
        int bytes = 0;
        while (end < name.length()) {
            int character = name.codePointAt(end);
            int next = end + Character.charCount(character);
            bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (next > LONGEST_NAME || bytes > LONGEST_NAME_BYTES) {
                break;
            }
            end = next;
        }
        return name.substring(0, end);
    }
}
