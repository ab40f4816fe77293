package coscribe.bench.windows;

import static coscribe.bench.windows.Troupe.frames;
import static coscribe.bench.windows.Troupe.on;
import static coscribe.bench.windows.Troupe.until;

import coscribe.client.CoscribeClient;
import coscribe.client.runner.DocumentClient;
import coscribe.desktop.DocumentWindow;
import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.ServerMessage.Member;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.application.ColorScheme;

/// Everybody that a document tells apart: 32 people, who get all 8 colours in all 4 shapes from the
/// relay. Of more than 20 not all are drawn, so half of them go out for a while: first those with
/// a diamond or a triangle, then those with a disc or a square.
final class Everybody {
    private static final String LINE = "All eight colours and four shapes, in one page of text.\n\n";
    private static final int WIDTH = 640;
    private static final int HEIGHT = 760;

    private final Troupe troupe;
    private final Troupe.Stage stage;
    private final List<CoscribeClient> people;
    private final List<DocumentClient> seats = new ArrayList<>();
    private final Map<PersonId, PaletteSlot> slots = new HashMap<>();

    Everybody(Troupe troupe) {
        this.troupe = troupe;
        this.stage = troupe.document("Everybody");
        this.people = Acting.NAMES.stream()
                .limit(PaletteSlot.COLOURS * PaletteSlot.SHAPES)
                .map(name -> troupe.person(name, stage))
                .toList();
    }

    /// How the page is dressed.
    ///
    /// @param letter  for pictures of the first half; the next one is for the second's
    private record Dress(String name, ColorScheme scheme, boolean contrast, char letter) {}

    private static final List<Dress> DRESSES = List.of(
            new Dress("light", ColorScheme.LIGHT, false, 'a'),
            new Dress("dark", ColorScheme.DARK, false, 'c'),
            new Dress("contrast-on-white", ColorScheme.LIGHT, true, 'e'),
            new Dress("contrast-on-black", ColorScheme.DARK, true, 'g'));

    /// Answers pictures of the two halves, for each way to be dressed.
    ///
    /// @param snap  makes a picture of a window, with a letter for its name
    Map<String, List<Path>> pictures(Snap snap) {
        people.forEach(this::takeSeat);
        var first = seats.getFirst();
        first.run(it -> it.insert(0, ("\n" + LINE.repeat(PaletteSlot.COLOURS)).stripTrailing()))
                .join();
        first.saved().join();
        until("everybody", () -> everybody(first).size() == people.size());
        everybody(first).forEach(person -> slots.put(person.id(), person.slot()));
        if (Set.copyOf(slots.values()).size() < people.size()) {
            throw new IllegalStateException("two people look the same: " + slots.values());
        }
        var pictures = new LinkedHashMap<String, List<Path>>();
        for (int half = 0; half < 2; half++) {
            int pair = half;
            seat(who -> look(who).shape() / 2 == pair);
            var window = window(); // she comes last, so that it is her look that gives way
            for (var dress : DRESSES) {
                troupe.dress(dress.scheme(), dress.contrast());
                frames(300);
                seats.forEach(seat -> selects(seat, look(seat.person())));
                frames(400);
                pictures.computeIfAbsent(dress.name(), name -> new ArrayList<>())
                        .add(snap.of(window, Character.toString(dress.letter() + half)));
            }
            on(window::close);
        }
        return pictures;
    }

    interface Snap {
        Path of(DocumentWindow window, String letter);
    }

    private void takeSeat(CoscribeClient person) {
        seats.add(person.open(stage.id()).opened().join());
    }

    /// Lets just these people be in the document.
    private void seat(Predicate<PersonId> wanted) {
        seats.forEach(DocumentClient::close);
        seats.clear();
        people.stream().filter(it -> wanted.test(it.person())).forEach(this::takeSeat);
        var first = seats.getFirst();
        until("half of them", () -> everybody(first).size() == seats.size());
    }

    private DocumentWindow window() {
        var window = troupe.window("Mara Klein", stage);
        on(() -> {
            window.stage().setWidth(WIDTH);
            window.stage().setHeight(HEIGHT);
        });
        until("everybody in view", () -> everybody(window.client()).size() == seats.size() + 1);
        everybody(window.client()).stream()
                .filter(person -> slots.containsKey(person.id()))
                .filter(person -> !person.slot().equals(look(person.id())))
                .forEach(person -> {
                    throw new IllegalStateException(person + " had another look before");
                });
        return window;
    }

    private static List<Person> everybody(DocumentClient seenBy) {
        return Stream.concat(seenBy.members().stream(), seenBy.session().self().stream())
                .map(Member::person)
                .toList();
    }

    private PaletteSlot look(PersonId who) {
        return Objects.requireNonNull(slots.get(who));
    }

    /// Their colour says the line, their shape the words.
    private static void selects(DocumentClient seat, PaletteSlot slot) {
        int at = 1 + slot.colour() * LINE.length() + (slot.shape() % 2 == 0 ? 4 : 30);
        seat.run(it -> it.moveCaret(Optional.of(Caret.at(0)))).join();
        frames(60);
        seat.run(it -> it.moveCaret(Optional.of(new Caret(at, at + 14)))).join();
    }
}
