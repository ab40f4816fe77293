package coscribe.desktop.viewmodel;

import coscribe.client.runner.KeptCopy;
import java.time.ZoneId;

/// What people read about text that was kept beside a document.
public record CopyWords(Strings strings, ZoneId zone) {
    /// What kind of copy it is, and when it was made.
    public String name(KeptCopy copy) {
        return strings.get(
                switch (copy.reason()) {
                    case ROLE -> "copies.name.role";
                    case FORKED, OUT_OF_REACH, REFUSED -> "copies.name.reload";
                    case RECOVERED -> "copies.name.recovered";
                },
                strings.date(copy.at(), zone),
                strings.time(copy.at(), zone));
    }

    /// Why it was kept, and where it is.
    public String why(KeptCopy copy) {
        return strings.get(
                switch (copy.reason()) {
                    case ROLE -> "copies.why.role";
                    case FORKED, OUT_OF_REACH -> "copies.why.reload";
                    case REFUSED -> "copies.why.refused";
                    case RECOVERED -> "copies.why.recovered";
                });
    }

    public String title(KeptCopy copy) {
        return copy.title().isBlank() ? strings.get("document.untitled") : copy.title();
    }
}
