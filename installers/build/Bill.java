import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;

/// Whether a bill of materials names what is inside, and nothing else.
/// Run from source with the packaged jars on the class path: `Bill.java BILL JARS` compares it with the files of the
/// folder JARS; `Bill.java BILL JARS ONE_JAR` with a jar that was made of jars which lie there, class by class.
/// Prints what differs and ends with 1.
final class Bill {
    private Bill() {}

    public static void main(String... args) throws IOException {
        var bill = new ObjectMapper().readTree(Path.of(args[0]).toFile());
        var jars = Path.of(args[1]);
        var named = new TreeSet<String>();
        bill.path("components").forEach(component -> named.add(file(component)));
        boolean same = args.length == 2
                ? same("jar", named, files(jars))
                : same("class", classes(jars, named, file(bill.path("metadata").path("component"))), classes(Path.of(args[2])));
        if (!same) {
            System.exit(1);
        }
    }

    /// As Maven calls it in a folder of its own.
    private static String file(JsonNode component) {
        var purl = component.path("purl").asText();
        var classifier = purl.contains("classifier=") ? "-" + purl.replaceAll(".*classifier=([^&#]*).*", "$1") : "";
        return component.path("name").asText() + "-" + component.path("version").asText() + classifier + ".jar";
    }

    private static Set<String> files(Path folder) throws IOException {
        var names = new TreeSet<String>();
        try (var all = Files.list(folder)) {
            all.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    private static Set<String> classes(Path folder, Set<String> jars, String own) throws IOException {
        var classes = classes(folder.resolve(own));
        for (var jar : jars) {
            var file = folder.resolve(jar);
            if (Files.exists(file)) {
                classes.addAll(classes(file));
            } else {
                classes.add("(all of " + jar + ")");
            }
        }
        return classes;
    }

    private static Set<String> classes(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            var names = new TreeSet<String>();
            file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                    .forEach(names::add);
            return names;
        }
    }

    private static boolean same(String what, Set<String> named, Set<String> inside) {
        return none(what + " named, but not inside: ", named, inside) & none(what + " inside, but not named: ", inside, named)
                & !inside.isEmpty();
    }

    private static boolean none(String complaint, Set<String> these, Set<String> butNot) {
        var rest = new TreeSet<>(these);
        rest.removeAll(butNot);
        rest.forEach(each -> System.out.println(complaint + each));
        return rest.isEmpty();
    }
}
