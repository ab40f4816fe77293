package coscribe.desktop.view.frame;

import org.kordamp.ikonli.javafx.FontIcon;

/// Signs out of the icon font. Colour and size come from the style sheet.
final class Icons {
    private Icons() {}

    static FontIcon of(String name) {
        var icon = new FontIcon(name);
        icon.setMouseTransparent(true);
        return icon;
    }
}
