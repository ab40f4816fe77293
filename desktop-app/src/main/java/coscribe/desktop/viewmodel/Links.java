package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What text leads to. Only the web and mail: what else could be opened is no link. Pure.
final class Links {
    static final String LINK = "link";

    private static final Pattern SCHEME = Pattern.compile("(?i)(https?|mailto):.*");
    private static final Pattern HOST = Pattern.compile("[^\\s/:@?#]+\\.[^\\s/:@?#]+(:\\d+)?([/?#].*)?");
    private static final Pattern MAIL = Pattern.compile("[^\\s/:@]+@[^\\s/:@]+\\.[^\\s/:@]+");

    private Links() {}

    /// The target that somebody means who writes `example.org` or `jon@example.org`. Empty: it
    /// leads to nothing that may be opened.
    static Optional<String> meant(String written) {
        String target = written.strip();
        var scheme = SCHEME.matcher(target);
        if (scheme.matches()) {
            int colon = scheme.end(1);
            return checked(target.substring(0, colon).toLowerCase(Locale.ROOT) + target.substring(colon));
        }
        if (MAIL.matcher(target).matches()) {
            return checked("mailto:" + target);
        }
        return HOST.matcher(target).matches() ? checked("https://" + target) : Optional.empty();
    }

    private static Optional<String> checked(String target) {
        var probe = Delta.builder().insert("x", Attributes.of(LINK, Value.of(target)));
        return Schema.check(Change.of(probe.build(1)), 1).isEmpty() ? Optional.of(target) : Optional.empty();
    }

    /// Sets or takes away the link that the caret is in.
    static Edit change(Text text, Caret caret, String had, Value wanted) {
        var edit = InlineEdits.format(text, extent(text, caret.head(), had), Attributes.of(LINK, wanted));
        return Edit.of(edit.delta(), caret);
    }

    /// The link that the character at or before `position` carries.
    static Optional<String> at(Text text, int position) {
        return target(text, position).or(() -> position == 0 ? Optional.empty() : target(text, position - 1));
    }

    private static Optional<String> target(Text text, int position) {
        return text.attributesAt(position).get(LINK).orElse(Value.TRUE) instanceof Value.Text(String target)
                ? Optional.of(target)
                : Optional.empty();
    }

    /// All of the link around `position`, within its paragraph.
    private static Caret extent(Text text, int position, String link) {
        int from = position;
        while (from > 0 && target(text, from - 1).filter(link::equals).isPresent()) {
            from--;
        }
        int to = position;
        while (to < text.length() - 1 && target(text, to).filter(link::equals).isPresent()) {
            to++;
        }
        return new Caret(from, to);
    }
}
