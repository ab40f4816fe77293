package coscribe.installers;

import static coscribe.installers.Repository.HOME;
import static coscribe.installers.Repository.matches;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// What people read before they have a program: its pictures are there, and its links lead somewhere.
class PagesTest {
    private static final String TARGET = "]\\(([^()\\s]+)\\)";

    private static List<Path> pages() throws IOException {
        var pages = new ArrayList<Path>();
        for (var folder : List.of("", "docs", "docs/adr", "docs/packages", "installers")) {
            try (Stream<Path> files = Files.list(HOME.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

    @Test
    void what_a_page_leads_to_is_there() throws Exception {
        int followed = 0;
        for (Path page : pages()) {
            for (String target : matches(TARGET, Files.readString(page))) {
                if (!target.contains(":")) {
                    leads(page, target);
                    followed++;
                }
            }
        }
        assertThat(followed).isGreaterThan(50);
    }

    private static void leads(Path page, String target) throws IOException {
        int anchor = target.indexOf('#');
        String file = anchor < 0 ? target : target.substring(0, anchor);
        Path there = file.isEmpty() ? page : page.resolveSibling(file);
        assertThat(there).as("%s leads to %s", page, target).exists();
        if (anchor >= 0) {
            assertThat(matches("^#+ (.*)$", Files.readString(there)).stream().map(PagesTest::anchor))
                    .as("%s leads to %s", page, target)
                    .contains(target.substring(anchor + 1));
        }
    }

    /// As GitHub makes one of a heading.
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    /// A palette of few colours leaves specks in what the program draws smoothly.
    @Test
    void pictures_show_each_pixel_as_it_was() throws Exception {
        for (var folder : List.of("docs/packages", "docs/screenshots")) {
            try (Stream<Path> files = Files.list(HOME.resolve(folder))) {
                var pictures =
                        files.filter(file -> file.toString().endsWith(".png")).toList();
                assertThat(pictures).hasSizeGreaterThan(3);
                for (Path picture : pictures) {
                    assertThat(ImageIO.read(picture.toFile()).getColorModel())
                            .as(picture.toString())
                            .isNotInstanceOf(IndexColorModel.class);
                }
            }
        }
    }

    /// A page shows them some 830 px wide, and a window is drawn with letters of 16 px.
    @Test
    void pictures_of_the_first_page_can_be_read_where_it_is_shown() throws Exception {
        String page = Files.readString(HOME.resolve("README.md"));
        for (String picture : matches("!\\[[^]]+]\\(([^)]+\\.png)\\)", page)) {
            assertThat(ImageIO.read(HOME.resolve(picture).toFile()).getWidth())
                    .as(picture)
                    .isLessThanOrEqualTo(1_200);
        }
    }

    @Test
    void the_first_page_shows_the_program_and_says_what_it_is_not() throws Exception {
        String page = Files.readString(HOME.resolve("README.md"));
        assertThat(matches("!\\[[^]]+]\\((docs/screenshots/[^)]+\\.png)\\)", page))
                .hasSizeBetween(2, 3);
        assertThat(page)
                .contains("\n## The two commands\n", "\n./run ", "\n./test ")
                .contains("\n## How it differs\n", "\n## Honest limits\n");
    }
}
