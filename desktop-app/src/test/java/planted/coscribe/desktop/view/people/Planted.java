package planted.coscribe.desktop.view.people;

/// Breaks the map: people know the widget, and the text knows people.
public record Planted(
        org.fxmisc.richtext.StyleClassedTextArea area,
        planted.coscribe.desktop.view.text.Planted other,
        planted.coscribe.desktop.host.Planted host) {}
