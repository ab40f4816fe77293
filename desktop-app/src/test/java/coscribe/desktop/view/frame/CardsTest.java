package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.runner.ClientException;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Standing;
import coscribe.ot.protocol.FailureCode;
import javafx.event.ActionEvent;
import javafx.event.Event;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What comes up beside the text, and says where it was pressed.
class CardsTest extends EditorWindowFixture {
    @Nested
    class Cards {
        @Test
        void for_sharing_copy_a_link_and_the_status_line_says_so() {
            with(sample -> {
                sample.commands.run(Command.SHARE);
                layOut(sample);
                Walk.nodes(find(sample, ".share-card", Region.class)).stream()
                        .filter(node -> node instanceof Button)
                        .map(Button.class::cast)
                        .findFirst()
                        .orElseThrow()
                        .fire();
                sample.link.complete("coscribe://join/docs.example.org/7F3K-Q9TM-2XWD");
                shared = sample;
            });
            Fx.run(() -> {
                assertThat(Clipboard.getSystemClipboard().getString())
                        .isEqualTo("coscribe://join/docs.example.org/7F3K-Q9TM-2XWD");
                assertThat(shared.status.shown().get().words()).isEqualTo("Link copied");
                assertThat(shared.window.root().lookup(".share-card")).isNull();
            });
        }

        @Test
        void for_sharing_say_why_there_is_no_link() {
            with(sample -> {
                sample.commands.run(Command.COPY_LINK);
                sample.link.completeExceptionally(new ClientException(FailureCode.FORBIDDEN, "no"));
                shared = sample;
            });
            Fx.run(() -> assertThat(Walk.words(shared.window.root()))
                    .contains("Only an owner of this document can share it."));
        }

        private Sample shared;

        @Test
        void for_links_understand_what_people_type() {
            with(sample -> {
                link(sample, "example.org/garden");
                assertThat(sample.linked).contains("https://example.org/garden");
                link(sample, "mara@example.org");
                assertThat(sample.linked).contains("mailto:mara@example.org");
                link(sample, "javascript:alert(1)");
                assertThat(sample.linked).contains("mailto:mara@example.org");
                assertThat(Walk.words(sample.window.root()))
                        .contains("A link begins with https://, http:// or mailto:.");
                press(sample, KeyCode.ESCAPE, false);
                assertThat(owner(sample)).isEqualTo(sample.text);
                link(sample, "");
                assertThat(sample.linked).isEmpty();
            });
        }

        private void link(Sample sample, String typed) {
            sample.commands.run(Command.LINK);
            layOut(sample);
            var field = (TextField) sample.window.root().lookup(".link-card .text-field");
            field.setText(typed);
            Event.fireEvent(field, new ActionEvent());
        }

        @Test
        void of_the_status_line_are_kept_true_while_they_are_open() {
            with(sample -> {
                find(sample, ".status-label", Button.class).fire();
                sample.stands(
                        Standing.LIVE.waiting(4, Sample.NOW.plusSeconds(7)).unsaved(3, Sample.NOW));
                layOut(sample);
                assertThat(Walk.words(find(sample, ".details-card", Region.class)))
                        .contains("Reconnecting in 7s - 3 edits kept", "Nobody answers at that address.", "Try Now");
                press(sample, KeyCode.ESCAPE, false);
                assertThat(sample.window.root().lookup(".details-card")).isNull();
            });
        }
    }

    @Test
    void an_open_card_of_the_status_line_follows_what_its_words_do_not_tell() {
        with(sample -> {
            sample.stands(Standing.LIVE.waiting(4, Sample.NOW));
            find(sample, ".status-label", Button.class).fire();
            layOut(sample);
            var words = sample.status.shown().get();
            assertThat(Walk.words(find(sample, ".details-card", Region.class))).contains("4");
            sample.stands(Standing.LIVE.waiting(5, Sample.NOW));
            layOut(sample);
            assertThat(sample.status.shown().get()).isEqualTo(words);
            assertThat(Walk.words(find(sample, ".details-card", Region.class)))
                    .contains("5")
                    .doesNotContain("4");
        });
    }

    @Nested
    class The_offer_to_share {
        @Test
        void stands_beside_the_text_and_leaves_the_keyboard_there() {
            with(ENGLISH, 1180, sample -> {
                sample.text.requestFocus();
                sample.window.offerShare();
                sample.window.root().layout();
                var card = (Region) sample.window.root().lookup(".offer-card");
                double textEnds = (1180 + 680) / 2.0;
                assertThat(card.localToScene(0, 0).getX()).isGreaterThanOrEqualTo(textEnds);
                assertThat(sample.text.isFocused()).isTrue();
                ((Button) card.lookup(".accent")).fire();
                sample.link.complete("coscribe://join/x/1");
            });
        }

        @Test
        void is_not_made_where_it_would_cover_the_text_or_to_who_cannot_share() {
            with(ENGLISH, 1000, sample -> {
                sample.window.offerShare();
                assertThat(sample.window.root().lookup(".offer-card")).isNull();
            });
            with(ENGLISH, 1180, sample -> {
                sample.mayShare.set(false);
                sample.window.offerShare();
                assertThat(sample.window.root().lookup(".offer-card")).isNull();
            });
        }
    }
}
