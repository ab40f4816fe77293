package coscribe.installers;

import static coscribe.installers.Repository.HOME;
import static coscribe.installers.Repository.INSTALLERS;
import static coscribe.installers.Repository.accepted;
import static coscribe.installers.Repository.filled;
import static coscribe.installers.Repository.matches;
import static coscribe.installers.Repository.read;
import static coscribe.installers.Repository.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DesktopPackageTest {
    private static final String ID = "org.coscribe.Coscribe";

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_menu_entry_is_valid() throws Exception {
        accepted(List.of(
                "desktop-file-validate",
                INSTALLERS.resolve("desktop/" + ID + ".desktop").toString()));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_appstream_data_is_valid() throws Exception {
        Path file = folder.resolve(ID + ".metainfo.xml");
        Files.writeString(file, filled("desktop/" + ID + ".metainfo.xml"));
        accepted(List.of("appstreamcli", "validate", "--no-net", "--pedantic", file.toString()));
    }

    /// The menu entry opens what the file type and the link scheme are registered as.
    @Test
    void the_menu_entry_opens_links_and_files() throws Exception {
        String type = matches("<mime-type type=\"([^\"]+)\"", read("desktop/" + ID + ".mime.xml"))
                .getFirst();
        String entry = read("desktop/" + ID + ".desktop");
        assertThat(entry)
                .contains("\nMimeType=x-scheme-handler/coscribe;" + type + ";\n")
                .contains("\nExec=coscribe %u\n")
                .contains("\nIcon=" + ID + "\n");
        assertThat(read("desktop/" + ID + ".metainfo.xml"))
                .contains("<id>" + ID + "</id>", ">" + ID + ".desktop<", "<mediatype>" + type + "</mediatype>");
        assertThat(read("build/desktop.sh")).contains("mimetypes/" + type.replace('/', '-'), "apps/" + ID);
    }

    @Test
    void the_icon_is_there_in_all_sizes() throws Exception {
        for (String name : List.of("coscribe", "coscribe-file")) {
            for (int size : List.of(16, 24, 32, 48, 64, 128, 256, 512)) {
                File file = INSTALLERS
                        .resolve("icons/png/" + name + "-" + size + ".png")
                        .toFile();
                BufferedImage image = ImageIO.read(file);
                assertThat(List.of(image.getWidth(), image.getHeight()))
                        .as(file.getName())
                        .containsOnly(size);
                assertThat(image.getRGB(0, 0) >>> 24)
                        .as("%s: its corner is clear", file)
                        .isLessThan(200);
                assertThat(image.getRGB(size / 2, size / 2) >>> 24)
                        .as(file.getName())
                        .isEqualTo(255);
            }
        }
        assertThat(Files.size(INSTALLERS.resolve("icons/coscribe.ico"))).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "icons/coscribe.svg",
                "icons/coscribe-small.svg",
                "icons/coscribe-file.svg",
                "desktop/org.coscribe.Coscribe.mime.xml",
                "windows/Coscribe.wxs",
                "macos/links.plist",
                "macos/entitlements.plist"
            })
    void xml_is_well_formed(String name) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        var document =
                factory.newDocumentBuilder().parse(INSTALLERS.resolve(name).toFile());
        assertThat(document.getDocumentElement()).isNotNull();
    }

    /// What a new version of the editor takes the place of.
    @Test
    void the_upgrade_codes_never_change() throws Exception {
        assertThat(matches("Code = \"([^\"]+)\"", read("windows/build.ps1")))
                .containsExactly("8C0B6E1D-5B0F-4E7B-9C55-1F2A0D0C7A41", "3F6C2A57-0E4D-4B7C-8F1E-6A9B54D2E3B8");
    }

    @Test
    void every_part_has_a_licence_and_its_text() throws Exception {
        var rows = read("licences/parts.tsv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        var known = new ArrayList<String>();
        for (String row : rows) {
            String[] cells = row.split("\t", -1);
            assertThat(cells).as(row).hasSize(3).doesNotContain("");
            known.add(cells[0]);
            boolean brought = cells[1].equals("Apache-2.0") || cells[1].startsWith("GPL-2.0-only");
            assertThat(brought || Files.isRegularFile(INSTALLERS.resolve("licences/" + cells[1] + ".txt")))
                    .as("the text of %s", cells[1])
                    .isTrue();
        }
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("coscribe.app.lib", "")))) {
            var inside = jars.map(jar -> jar.getFileName().toString().replaceFirst("-[0-9].*", ""))
                    .filter(part -> !List.of("ot-shared", "relay-server").contains(part))
                    .collect(Collectors.toSet());
            assertThat(inside).hasSizeGreaterThan(10);
            assertThat(known).containsAll(inside);
        }
    }

    @Test
    void the_manual_page_tells_every_option() throws Exception {
        String source = Files.readString(HOME.resolve("desktop-app/src/main/java/coscribe/desktop/Invocation.java"));
        String usage = source.substring(source.indexOf("usage: coscribe"), source.indexOf("\"\"\";"));
        String page = read("desktop/coscribe.1").replace("\\-", "-");
        var options = matches("(--[a-z-]+|FILE\\.coscribe|LINK)", usage);
        assertThat(options).contains("--join", "--profile", "--help", "--version", "LINK", "FILE.coscribe");
        assertThat(page).contains(options);
    }

    /// Beside the program, where its start script tells it to look.
    @Test
    @EnabledOnOs(OS.LINUX)
    void a_package_knows_where_newer_versions_are_announced_if_its_maker_does() throws Exception {
        assertThat(read("desktop/coscribe.sh")).contains("\"-Dcoscribe.package=$home/app\"");
        assertThat(decides(Map.of("UPDATES_URL", "https://example.org/coscribe", "UPDATES_KEY", "MFkw=="), "notify")
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("package.properties"))
                .hasContent("updates.mode=notify\nupdates.url=https://example.org/coscribe\nupdates.key=MFkw==\n");
        Files.delete(folder.resolve("package.properties"));
        assertThat(decides(Map.of(), "off").exitCode()).isZero();
        assertThat(folder.resolve("package.properties")).doesNotExist();
        assertThat(decides(Map.of("UPDATES_URL", "https://example.org/coscribe"), "off"))
                .satisfies(said -> assertThat(said.exitCode()).isEqualTo(1))
                .satisfies(said -> assertThat(said.text()).contains("go together"));
    }

    private Repository.Said decides(Map<String, String> environment, String mode) throws Exception {
        var command = new ArrayList<>(List.of("env", "-u", "UPDATES_URL", "-u", "UPDATES_KEY"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of(
                "bash",
                "-euc",
                ". \"$1/scripts/toolbox.sh\"; . \"$1/installers/build/common.sh\"; package_decides \"$2\" \"$3\"",
                "-",
                HOME.toString(),
                folder.toString(),
                mode));
        return run(command);
    }

    /// By this name a desktop finds the menu entry that a window belongs to.
    @Test
    void the_menu_entry_knows_the_windows() throws Exception {
        String source = Files.readString(HOME.resolve("desktop-app/src/main/java/coscribe/desktop/Editor.java"));
        var name = matches("WINDOW_CLASS = \"([^\"]+)\"", source);
        assertThat(name).hasSize(1);
        assertThat(read("desktop/" + ID + ".desktop")).contains("\nStartupWMClass=" + name.getFirst() + "\n");
    }

    /// Quotes only where they have to be: not every opener takes them for what they are.
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {"Programs/coscribe, %s/bin/coscribe %%u", "My 100% `own`, \"%s/bin/coscribe\" %%u"})
    @EnabledOnOs(OS.LINUX)
    void the_portable_archive_is_registered_from_any_folder_and_taken_out_again(String name, String exec)
            throws Exception {
        Path portable = Files.createDirectories(folder.resolve(name));
        for (String part : List.of("applications/" + ID + ".desktop", "mime/packages/" + ID + ".xml")) {
            Path to = portable.resolve("share").resolve(part);
            Files.createDirectories(to.getParent());
            Files.copy(
                    INSTALLERS.resolve("desktop/" + part.replaceFirst(".*/", "").replace(".xml", ".mime.xml")), to);
        }
        Path icon = portable.resolve("share/icons/hicolor/scalable/apps/" + ID + ".svg");
        Files.createDirectories(icon.getParent());
        Files.copy(INSTALLERS.resolve("icons/coscribe.svg"), icon);
        Files.createDirectory(portable.resolve("bin"));
        Files.createFile(portable.resolve("bin/coscribe"));
        Path register = Files.copy(INSTALLERS.resolve("desktop/register"), portable.resolve("register"));
        Path data = Files.createDirectory(folder.resolve("data"));
        var command = List.of("env", "XDG_DATA_HOME=" + data, "sh", register.toString());

        accepted(command);
        Path entry = data.resolve("applications/" + ID + ".desktop");
        String written = portable.toString().replace("%", "%%").replace("`", "\\`");
        assertThat(Files.readString(entry)).contains("\nExec=" + exec.formatted(written) + "\n");
        accepted(List.of("desktop-file-validate", entry.toString()));
        assertThat(data.resolve("icons/hicolor/scalable/apps/" + ID + ".svg")).exists();

        accepted(Stream.concat(command.stream(), Stream.of("--remove")).toList());
        try (Stream<Path> left = Files.walk(data)) {
            assertThat(left.map(Path::toString)).noneMatch(file -> file.contains("oscribe"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_typefaces_bring_their_licence() throws Exception {
        Files.createDirectories(folder.resolve("licences"));
        accepted(List.of(
                "bash",
                "-euc",
                "home=$1; . \"$1/installers/build/formats.sh\"; font_licences \"$2\"",
                "-",
                HOME.toString(),
                folder.toString()));
        String copyright = Files.readString(folder.resolve("copyright"));
        try (Stream<Path> fonts =
                Files.list(HOME.resolve("desktop-app/src/main/resources/coscribe/desktop/view/frame/fonts"))) {
            for (String family : fonts.map(font -> font.getFileName().toString())
                    .filter(font -> !font.endsWith(".txt"))
                    .map(font -> font.replaceFirst("-.*", ""))
                    .collect(Collectors.toSet())) {
                assertThat(Files.readString(folder.resolve("licences/OFL-" + family + ".txt")))
                        .contains("SIL OPEN FONT LICENSE Version 1.1");
                assertThat(copyright)
                        .containsPattern(
                                "Files: \\*/fonts/" + family + "-\\*\nCopyright: Copyright .*\nLicense: OFL-1.1\n");
            }
        }
    }
}
