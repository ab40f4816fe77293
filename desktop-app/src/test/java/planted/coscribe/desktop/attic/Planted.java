package planted.coscribe.desktop.attic;

/// Breaks the map: it lives in no room, and prints.
public record Planted(String name) {
    void print() {
        System.out.println(name);
    }
}
