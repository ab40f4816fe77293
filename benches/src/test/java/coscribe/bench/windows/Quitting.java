package coscribe.bench.windows;

import java.awt.Robot;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;

/// A hand at the keyboard of a screen that tells a program to end, as people do: a click into its
/// window, and Ctrl+Q. A process of its own, as a process has one screen.
final class Quitting {
    private static final int X = 640;
    private static final int Y = 500; // of the page, in each window that fills the screen

    private Quitting() {}

    public static void main(String[] args) throws Exception {
        var hand = new Robot();
        hand.mouseMove(X, Y);
        hand.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        hand.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
        hand.delay(100);
        hand.keyPress(KeyEvent.VK_CONTROL);
        hand.keyPress(KeyEvent.VK_Q);
        hand.keyRelease(KeyEvent.VK_Q);
        hand.keyRelease(KeyEvent.VK_CONTROL);
        hand.waitForIdle();
    }
}
