package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ChangeListener;

/// Words that are looked for in a document, and where they stand while everybody writes on. What is
/// found moves with the text at once; what is new in it is looked for a moment later, on another
/// thread and never twice at once. The caret goes nowhere until it is asked to. At the document's
/// home.
public final class Finding {
    /// From a change to the next look.
    static final long PAUSE_MILLIS = 150;

    /// What was found.
    ///
    /// @param current  which of them is meant: the one at the caret, else the next; -1 where there
    ///     are none
    public record Found(Matches matches, int current) {
        static final Found NOTHING = new Found(Matches.NONE, -1);
    }

    private final EditorModel model;
    private final ScheduledExecutorService searcher;
    private final Executor home;
    private final StringProperty words = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Found> found = new ReadOnlyObjectWrapper<>(Found.NOTHING);
    private final ChangeListener<Caret> moves = (property, was, is) -> show(matches());
    private final List<Delta> meanwhile = new ArrayList<>(); // since the text that is searched
    private boolean searching;
    private boolean due;
    private boolean stale;
    private boolean active;

    /// @param searcher  where it is looked for: in a text of 1 MB, some milliseconds
    /// @param home      the document's
    public Finding(EditorModel model, ScheduledExecutorService searcher, Executor home) {
        this.model = model;
        this.searcher = searcher;
        this.home = home;
        words.addListener((property, was, is) -> search());
        model.onChanged(this::changed);
    }

    /// What is looked for.
    public StringProperty words() {
        return words;
    }

    public ReadOnlyObjectProperty<Found> found() {
        return found.getReadOnlyProperty();
    }

    private Matches matches() {
        return found.get().matches();
    }

    /// Looks from now on. What is selected is looked for, where it is some words of one line.
    public void begin() {
        if (!active) {
            active = true;
            model.caretProperty().addListener(moves);
        }
        var selected = model.selection();
        String there = InlineEdits.isEmpty(selected)
                ? ""
                : model.document().text().substring(InlineEdits.from(selected), InlineEdits.to(selected));
        if (!there.isBlank() && there.indexOf('\n') < 0 && !there.equals(words.get())) {
            words.set(there);
        } else {
            search();
        }
    }

    /// Looks no more; the words stay, for the next time.
    public void end() {
        active = false;
        model.caretProperty().removeListener(moves);
        found.set(Found.NOTHING);
    }

    // --- from one to the next

    /// Selects the place that is meant, or the one after it where the caret is at it already.
    public void next() {
        int current = found.get().current();
        if (current >= 0) {
            go(isAt(current) ? matches().atOrAfter(matches().start(current) + 1) : current);
        }
    }

    public void previous() {
        go(matches().before(InlineEdits.from(model.selection())));
    }

    private void go(int index) {
        if (index >= 0) {
            model.selectAndReveal(matches().selected(index));
        }
    }

    private boolean isAt(int index) {
        var selected = model.selection();
        var match = matches().selected(index);
        return InlineEdits.from(selected) == match.anchor() && InlineEdits.to(selected) == match.head();
    }

    // --- other words in their place

    /// Replaces the place that is selected and goes to the next one; goes there first where none
    /// is.
    public void replace(String with) {
        int current = found.get().current();
        if (current >= 0 && isAt(current)) {
            model.replace(Matches.of(matches(), current), with);
        }
        next();
    }

    /// Replaces every place, as one step.
    ///
    /// @return how many there were
    public int replaceAll(String with) {
        var all = Matches.of(model.document().text(), words.get()); // of this moment
        return model.replace(all, with) ? all.size() : 0;
    }

    // --- the search

    private void show(Matches matches) {
        var now = new Found(matches, matches.atOrAfter(InlineEdits.from(model.selection())));
        if (matches != matches() || now.current() != found.get().current()) {
            found.set(now);
        }
    }

    private void changed(Delta change) {
        if (active) {
            if (searching) {
                meanwhile.add(change);
            }
            show(matches().through(change));
            searchLater();
        }
    }

    private void searchLater() {
        if (!due) {
            due = true;
            try {
                var _ = searcher.schedule(
                        () -> home.execute(() -> {
                            due = false;
                            search();
                        }),
                        PAUSE_MILLIS,
                        TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                active = false; // the program ends
            }
        }
    }

    private void search() {
        if (!active) {
            return;
        }
        if (searching) {
            stale = true;
            return;
        }
        searching = true;
        stale = false;
        meanwhile.clear();
        var document = model.document();
        String wanted = words.get();
        try {
            searcher.execute(() -> search(document, wanted));
        } catch (RejectedExecutionException e) {
            active = false;
        }
    }

    private void search(Document document, String wanted) {
        var all = Matches.of(document.text(), wanted);
        home.execute(() -> {
            searching = false;
            if (active) {
                var now = all;
                for (Delta change : meanwhile) {
                    now = now.through(change);
                }
                show(now);
            }
            if (stale) {
                search();
            }
        });
    }
}
