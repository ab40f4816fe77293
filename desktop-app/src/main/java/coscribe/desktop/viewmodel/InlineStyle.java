package coscribe.desktop.viewmodel;

/// A style of characters that is on or off.
public enum InlineStyle {
    BOLD("bold"),
    ITALIC("italic"),
    UNDERLINE("underline"),
    STRIKE("strike"),
    CODE("code");

    private final String attribute;

    InlineStyle(String attribute) {
        this.attribute = attribute;
    }

    /// Its name among a character's attributes.
    public String attribute() {
        return attribute;
    }
}
