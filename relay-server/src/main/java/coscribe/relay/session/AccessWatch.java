package coscribe.relay.session;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.sequencing.Lane;
import coscribe.relay.store.DocumentStore.Access;
import java.util.function.Consumer;

/// Brings changes of a document's access list and title to those who are in the hall: at once where the feed
/// tells of one, else when the list's version is seen to be another one (each second or each 10 s).
/// One read at a time. Lives in the document's lane.
final class AccessWatch {
    private final DocumentId document;
    private final HallContext context;
    private final Lane lane;
    private final Consumer<Access> told;
    /// Everybody in the hall has at least the role of this version; 0: not known yet.
    private long version;

    private boolean reading;
    private boolean again;

    /// @param told  hears of each list that was read
    AccessWatch(DocumentId document, HallContext context, Lane lane, Consumer<Access> told) {
        this.document = document;
        this.context = context;
        this.lane = lane;
        this.told = told;
    }

    /// The newest that was read here or brought by the first one.
    long version() {
        return version;
    }

    /// The first one came in, with their role of version `theirs`.
    void begins(long theirs) {
        version = theirs;
    }

    /// The list is at version `newest` now, or was.
    void seen(long newest) {
        if (newest != version) {
            changed();
        }
    }

    /// The list may be another one than it was.
    void changed() {
        if (reading) {
            again = true;
            return;
        }
        reading = true;
        context.lanes()
                .store()
                .access(document)
                .whenComplete((access, failure) -> lane.run(() -> {
                    reading = false;
                    if (failure == null) {
                        version = access.version();
                        told.accept(access);
                    } // else the version stays as it is, and the next look at it asks again
                    if (again) {
                        again = false;
                        changed();
                    }
                }));
    }
}
