package coscribe.desktop.view.text;

/// What the widget holds in the place of U+FFFC. What it stands for, an image or a divider, is told
/// by the formatting of its character.
enum Embed {
    /// Half of one, which RichTextFX asks for where it cuts a paragraph: nothing.
    NONE,
    ONE
}
