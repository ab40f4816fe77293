package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import coscribe.desktop.viewmodel.Alarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowMemoryTest {
    @TempDir
    private Path folder;

    private final VirtualTime time = new VirtualTime();

    @BeforeAll
    static void open() {
        try {
            Platform.startup(() -> {});
        } catch (IllegalStateException alreadyOpen) {
            // another test was first
        }
        Platform.setImplicitExit(false);
    }

    private static <T> T onStage(Callable<T> task) {
        var answer = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                answer.complete(task.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private WindowMemory starts() {
        return new WindowMemory(folder, Runnable::run, wake -> new Alarm(time, time, time, wake));
    }

    private String sizeOfNext(double width, double height) {
        return onStage(() -> {
            var stage = new Stage();
            stage.setScene(new Scene(new Region(), 700, 500));
            starts().follow(stage);
            stage.show();
            String was = Math.round(stage.getWidth()) + "x" + Math.round(stage.getHeight());
            stage.setWidth(width);
            stage.setHeight(height);
            stage.close();
            return was;
        });
    }

    @Test
    void a_window_is_as_large_as_the_last_one_was() {
        assertThat(sizeOfNext(810, 620)).isEqualTo("700x500");
        assertThat(sizeOfNext(810, 620)).isEqualTo("810x620");
    }

    @Test
    void a_program_that_is_killed_had_noted_the_size_and_once_for_all_of_a_drag() {
        String meanwhile = onStage(() -> {
            var stage = new Stage();
            stage.setScene(new Scene(new Region(), 700, 500));
            starts().follow(stage);
            stage.show();
            for (int width = 701; width <= 810; width++) {
                stage.setWidth(width);
                time.pass(Duration.ofMillis(5));
            }
            boolean early = Files.exists(folder.resolve("windows.properties"));
            stage.setHeight(620);
            time.pass(Duration.ofSeconds(5));
            String noted = Files.readString(folder.resolve("windows.properties"));
            Files.delete(folder.resolve("windows.properties"));
            time.pass(Duration.ofMinutes(1));
            boolean again = Files.exists(folder.resolve("windows.properties"));
            stage.close();
            Files.writeString(folder.resolve("windows.properties"), noted);
            return "early " + early + ", again " + again;
        });
        assertThat(meanwhile).isEqualTo("early false, again false");
        assertThat(sizeOfNext(810, 620)).as("although nothing was closed").isEqualTo("810x620");
    }

    @Test
    void a_size_that_the_screen_has_not_is_not_taken() {
        assertThat(sizeOfNext(4000, 3000)).isEqualTo("700x500");
        assertThat(sizeOfNext(700, 500)).isEqualTo("700x500");
    }

    @Test
    void a_damaged_file_is_no_trouble() throws IOException {
        Files.writeString(folder.resolve("windows.properties"), "1000x1000=wide\n\\u00zz");
        assertThat(sizeOfNext(810, 620)).isEqualTo("700x500");
        assertThat(sizeOfNext(810, 620)).isEqualTo("810x620");
    }
}
