package coscribe.desktop.view.frame;

/// A card that somebody types into or presses, once it is there.
public interface FloatCard {
    /// Puts the keyboard where it is wanted first.
    void focusIn();
}
