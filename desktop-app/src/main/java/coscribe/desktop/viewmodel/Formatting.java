package coscribe.desktop.viewmodel;

import coscribe.ot.export.BlockStyle;
import java.util.Optional;
import java.util.Set;

/// How the text at the caret, or all of what is selected, is formatted: what a toolbar mirrors.
///
/// @param styles  that what is typed next would have, or all selected characters have
/// @param link    that the caret is in, or that all selected characters have
/// @param block   of the paragraph in which the selection begins
public record Formatting(Set<InlineStyle> styles, Optional<String> link, BlockStyle block) {
    public static final Formatting PLAIN = new Formatting(Set.of(), Optional.empty(), BlockStyle.BODY);

    public Formatting {
        styles = Set.copyOf(styles);
    }
}
