package coscribe.desktop.view.people;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Crowd;
import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import java.time.Duration;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.shape.Path;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// High contrast: others' selections are outlines, nothing is tinted, nothing lets anything through.
class OutlinesTest {
    private Company company;
    private Crowd crowd;
    private CaretOverlay overlay;
    private Stage stage;
    private ClientId mara;

    @BeforeEach
    void open() {
        Fx.run(() -> {
            company = new Company(20, 20, Caret.at(0));
            company.looks.set(Palette.DARK_OUTLINES);
            crowd = company.crowd;
            overlay = new CaretOverlay(company.scenery, new SimpleObjectProperty<>(Optional.empty()), who -> {});
            stage = new Stage();
            stage.setScene(new Scene(overlay.node(), Paper.WIDTH, 480));
            stage.show();
            mara = crowd.joins("Mara");
            crowd.selects(mara, 43, 52);
            overlay.draw();
        });
        Fx.frames(2);
    }

    @AfterEach
    void close() {
        Fx.run(() -> {
            overlay.close();
            stage.close();
        });
    }

    private Marker marker() {
        return Fx.call(() -> overlay.marker(mara).orElseThrow());
    }

    private void passes(Duration time) {
        Fx.run(() -> {
            crowd.time.pass(time);
            overlay.draw();
        });
    }

    private void assertOutlined() {
        var selection = (Path) marker().tint();
        assertThat(selection.isVisible()).isTrue();
        assertThat(selection.getFill()).isNull();
        assertThat(selection.getStroke()).isEqualTo(colour());
        assertThat(selection.getStrokeWidth()).isEqualTo(2);
        assertThat(selection.getOpacity()).isEqualTo(1);
        assertThat(selection.getElements()).isNotEmpty();
        assertThat(marker().underline().isVisible()).isFalse();
    }

    private Object colour() {
        return Fx.call(() -> Palette.DARK_OUTLINES.of(crowd.people.everyone().get().stream()
                .filter(who -> who.client().equals(mara))
                .findFirst()
                .orElseThrow()
                .slot()));
    }

    @Test
    void a_selection_is_an_outline_of_two_pixels_and_stays_one_when_it_is_old() {
        assertOutlined();
        passes(Duration.ofSeconds(31));
        assertOutlined();
        passes(Duration.ofMinutes(5));
        assertThat(marker().tint().isVisible()).isFalse();
    }

    @Test
    void who_is_away_is_not_seen_through() {
        passes(Duration.ofMinutes(6));
        assertThat(marker().pin().isVisible()).isTrue();
        assertThat(marker().pin().getOpacity()).isEqualTo(1);
    }

    @Test
    void a_name_goes_without_fading() {
        passes(Duration.ofMillis(4_100));
        assertThat(marker().flag().isVisible()).isFalse();
    }

    @Test
    void it_turns_into_a_tint_and_back_with_the_theme() {
        Fx.run(() -> {
            company.looks.set(Palette.DARK);
            overlay.draw();
        });
        var selection = (Path) marker().tint();
        assertThat(selection.getFill()).isNotNull();
        assertThat(selection.getStroke()).isNull();
        assertThat(selection.getOpacity()).isEqualTo(Palette.DARK.tint());
        assertThat(marker().underline().isVisible()).isTrue();
        Fx.run(() -> {
            company.looks.set(Palette.DARK_OUTLINES);
            overlay.draw();
        });
        assertOutlined();
    }

    @Test
    void an_idle_face_is_a_ring_and_no_ghost() {
        Fx.run(() -> {
            var face = new AvatarFace();
            var row = new PersonRow(
                    crowd.people.everyone().get().getFirst().person().id(),
                    "Mara Klein",
                    new PaletteSlot(2, 1),
                    coscribe.ot.protocol.Role.EDITOR,
                    false,
                    true,
                    true,
                    1,
                    false);
            face.show(row, Palette.LIGHT_OUTLINES);
            var disc =
                    (javafx.scene.shape.Circle) face.getChildrenUnmodifiable().getFirst();
            assertThat(disc.getOpacity()).isEqualTo(1);
            assertThat(disc.getFill()).isEqualTo(Palette.LIGHT_OUTLINES.ink());
            assertThat(disc.getStroke()).isEqualTo(Palette.LIGHT_OUTLINES.of(new PaletteSlot(2, 1)));
            face.beat(300_000_000L);
            assertThat(face.lookupAll(".avatar-dot")).allMatch(dot -> dot.getOpacity() == 1);
        });
    }
}
