package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.document.Document;
import coscribe.ot.kit.Drawn;
import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.presence.Caret;
import org.junit.jupiter.api.Test;

class RichTextSurfaceTest {
    private static final int CASES = Math.min(200, Laws.cases());

    @Test
    void what_is_drawn_is_the_document_whatever_happens_to_it() {
        var desk = Fx.call(() -> Desk.of(""));
        long first = Laws.caseSeed();
        for (int i = 0; i < CASES; i++) {
            long seed = first + i;
            Fx.run(() -> {
                try {
                    write(desk, new Gen(seed));
                } catch (AssertionError | RuntimeException broken) {
                    throw new AssertionError("broken by seed " + seed + " (-Dcoscribe.seed=" + seed + ")", broken);
                }
            });
        }
        Fx.run(desk::close);
    }

    private static void write(Desk desk, Gen gen) {
        Drawn next = gen.change(gen.document());
        desk.load(next.base().toDocument(), Caret.at(gen.below(next.base().length())));
        for (int i = 0; i < 20; i++) {
            if (gen.chance(40)) {
                desk.own(next.delta());
            } else {
                desk.foreign(next.delta());
            }
            if (gen.chance(50)) {
                agree(desk, "step " + i);
            }
            next = gen.then(next);
        }
        agree(desk, "the end");
    }

    private static void agree(Desk desk, String when) {
        var drawn = new Document(desk.surface.readBack(), desk.document.threads());
        assertThat(drawn.contentHash()).as(when).isEqualTo(desk.document.contentHash());
        assertThat(desk.surface.drawnCaret()).as(when).isEqualTo(desk.caret);
    }
}
