package coscribe.map;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.google.errorprone.annotations.CheckReturnValue;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// The kinds of rule that hold the map of rooms. Each takes a room as its package, such as
/// `coscribe.ot.delta`, and holds for whatever package ends in that, so that the same rule can be
/// tried on classes planted to break it (`planted.coscribe.ot.delta`).
///
/// A rule is content with a room that is still empty.
public final class HouseRules {
    private static final String[] EVERYBODY_MAY_USE = {"java..", "org.jspecify..", "com.google.errorprone.annotations.."
    };

    /// Where time comes from without having been passed in: the owner of a static method, and its name.
    private static final Map<String, Set<String>> CLOCKS = Map.of(
            "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
            "java.time.Instant", Set.of("now"),
            "java.time.LocalDate", Set.of("now"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.ZonedDateTime", Set.of("now"),
            "java.time.OffsetDateTime", Set.of("now"),
            "java.time.InstantSource", Set.of("system"),
            "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"));

    private static final Map<String, Set<String>> DICE = Map.of(
            "java.lang.Math", Set.of("random"),
            "java.util.UUID", Set.of("randomUUID"),
            "java.util.Random", Set.of("<init>"),
            "java.util.SplittableRandom", Set.of("<init>"),
            "java.util.random.RandomGenerator", Set.of("getDefault", "of"),
            "java.util.concurrent.ThreadLocalRandom", Set.of("current"),
            "java.security.SecureRandom", Set.of("<init>", "getInstanceStrong"));

    private HouseRules() {}

    /// The compiled classes that stand beside `witness`, without tests.
    static JavaClasses productionBeside(Class<?> witness) {
        try {
            var home = Path.of(
                    witness.getProtectionDomain().getCodeSource().getLocation().toURI());
            return new ClassFileImporter().importPath(home);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no path to the classes beside " + witness, e);
        }
    }

    /// The classes below `planted`, which exist to break the rules.
    static JavaClasses planted() {
        return new ClassFileImporter().importPackages("planted");
    }

    /// One row of the map: the room depends on nothing but itself, the JDK, annotations and `mayUse`.
    static ArchRule looksOnlyAt(String room, String because, String... mayUse) {
        var allowed = Stream.of(Stream.of(EVERYBODY_MAY_USE), Stream.of(room + ".."), Stream.of(mayUse))
                .flatMap(each -> each)
                .map(HouseRules::anywhere)
                .toArray(String[]::new);
        return classes()
                .that(resideInAPackage(anywhere(room + "..")))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed))
                .allowEmptyShould(true)
                .as(room + " looks only at " + String.join(", ", mayUse))
                .because(because);
    }

    /// Every class below `floor` lives in one of `rooms`.
    static ArchRule livesIn(String floor, String because, String... rooms) {
        return classes()
                .that(resideInAPackage(anywhere(floor + "..")))
                .should()
                .resideInAnyPackage(Stream.of(rooms).map(HouseRules::anywhere).toArray(String[]::new))
                .allowEmptyShould(true)
                .as("every class of " + floor + " lives in a room of the map")
                .because(because);
    }

    /// A library is known in `rooms` only. `library` is a package as ArchUnit writes it.
    static ArchRule knownOnlyIn(String library, String because, String... rooms) {
        return noClasses()
                .that(not(resideInAnyPackage(
                        Stream.of(rooms).map(HouseRules::anywhere).toArray(String[]::new))))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .allowEmptyShould(true)
                .as(library + " is known only in " + String.join(", ", rooms))
                .because(because);
    }

    /// The classes of `adapter` are known only to each other and to the places that put the parts together.
    static ArchRule builtOnlyIn(String adapter, String... roots) {
        var allowed = Stream.concat(Stream.of(adapter + ".."), Stream.of(roots))
                .map(HouseRules::anywhere)
                .toArray(String[]::new);
        return noClasses()
                .that(not(resideInAnyPackage(allowed)))
                .should()
                .dependOnClassesThat(resideInAPackage(anywhere(adapter + "..")))
                .allowEmptyShould(true)
                .as(adapter + " is built only in " + String.join(", ", roots))
                .because("everybody else knows the port, so that an adapter can be exchanged in one place");
    }

    /// `room` neither reads a clock nor rolls dice: both come in as arguments.
    static ArchRule takesTimeAndChanceAsArguments(String room, String because) {
        return noClasses()
                .that(resideInAPackage(anywhere(room + "..")))
                .should()
                .accessTargetWhere(
                        calls("a clock that was not passed in", CLOCKS).or(calls("dice that were not passed in", DICE)))
                .allowEmptyShould(true)
                .as(room + " takes time and chance as arguments")
                .because(because);
    }

    /// `room` has no I/O, threads or logging.
    static ArchRule isPure(String room, String because) {
        return noClasses()
                .that(resideInAPackage(anywhere(room + "..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.net..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.util.logging..",
                                "java.util.concurrent..",
                                "org.slf4j..")
                        .or(describe(
                                "do I/O or run on their own",
                                type -> FORBIDDEN_IN_PURE_ROOMS.contains(type.getName()))))
                .allowEmptyShould(true)
                .as(room + " is pure")
                .because(because);
    }

    private static final Set<String> FORBIDDEN_IN_PURE_ROOMS = Set.of(
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.System$Logger",
            "java.util.Timer");

    /// Nobody prints but a `Main` and the given rooms.
    static ArchRule doesNotPrint(String... printers) {
        return noClasses()
                .that(not(resideInAnyPackage(
                        Stream.of(printers).map(HouseRules::anywhere).toArray(String[]::new))))
                .and(describe(
                        "are not a Main",
                        type -> !outermost(type).getSimpleName().equals("Main")))
                .should(ACCESS_STANDARD_STREAMS)
                .allowEmptyShould(true)
                .as("nobody prints but Main and " + String.join(", ", printers))
                .because("what a library prints lands in the middle of somebody else's output; rooms return or log");
    }

    /// Rooms of one floor and of different floors form no cycle. A floor's root package, where the parts
    /// are put together, sees every room and is no room itself.
    static ArchRule formsNoCycle() {
        return slices().matching("..coscribe.(*).(*)..")
                .namingSlices("$1.$2")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .because("two rooms that know each other are one room with a wall in the wrong place");
    }

    /// Every package says that null is the exception and that results are to be used.
    static ArchRule declaresItsPackage() {
        return classes()
                .that(resideInAPackage("..coscribe.."))
                .should(new ArchCondition<>("live in a package that is @NullMarked and @CheckReturnValue") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        JavaPackage room = type.getPackage();
                        boolean holds =
                                room.isAnnotatedWith(NullMarked.class) && room.isAnnotatedWith(CheckReturnValue.class);
                        events.add(new SimpleConditionEvent(
                                type,
                                holds,
                                room.getName() + " has no package-info that says both, for " + type.getName()));
                    }
                })
                .allowEmptyShould(true)
                .because("NullAway and Error Prone ask for both, and the package-info tells what the room knows");
    }

    private static DescribedPredicate<JavaAccess<?>> calls(String what, Map<String, Set<String>> methods) {
        return describe(
                "reaches for " + what,
                access -> methods.getOrDefault(access.getTargetOwner().getName(), Set.of())
                        .contains(access.getTarget().getName()));
    }

    private static JavaClass outermost(JavaClass type) {
        var outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    /// `coscribe.ot.delta` becomes `..coscribe.ot.delta`; a library's package stays as it is.
    private static String anywhere(String room) {
        return room.startsWith("coscribe") ? ".." + room : room;
    }
}
