package coscribe.ot.delta;

/// Where a change stands against a concurrent one. What is in the server's history is always left,
/// the arriving change right, on both ends of the wire. At one place the left insert goes first; of
/// two values for one attribute the right one stays, as it is the later.
public enum Side {
    LEFT,
    RIGHT;

    public Side other() {
        return this == LEFT ? RIGHT : LEFT;
    }
}
