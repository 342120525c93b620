// SPDX-License-Identifier: Apache-2.0
package org.coppercube.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The rules of docs/architecture.md, read from the jars as built. */
public class ShapeTest {

    private static final Path ROOT = Path.of(System.getProperty("root"));
    /** Foreign libraries and the one bundle that may import each. */
    private static final Map<String, String> OWNERS = Map.of(
            "org.apache.derby", "org.coppercube.archive",
            "com.serotonin.bacnet4j", "org.coppercube.collector.bacnet",
            "org.apache.karaf.shell", "org.coppercube.shell");
    /** Shared by design. */
    private static final List<String> SHARED =
            List.of("javax.servlet", "com.fasterxml.jackson", "org.slf4j", "org.osgi", "javax.", "org.w3c", "org.xml");

    @Test
    public void onlyTheApiExports() throws Exception {
        for (Map.Entry<String, Attributes> bundle : manifests().entrySet()) {
            assertEquals(bundle.getKey() + " exports", bundle.getKey().equals("org.coppercube.api"),
                    bundle.getValue().getValue("Export-Package") != null);
        }
    }

    @Test
    public void nobodyImportsOursButTheApi() throws Exception {
        for (Map.Entry<String, Attributes> bundle : manifests().entrySet()) {
            for (String imported : packages(bundle.getValue())) {
                assertTrue(bundle.getKey() + " imports " + imported,
                        !imported.startsWith("org.coppercube.") || imported.startsWith("org.coppercube.api."));
            }
        }
    }

    @Test
    public void theApiImportsNothingForeign() throws Exception {
        for (String imported : packages(manifests().get("org.coppercube.api"))) {
            assertTrue(imported, imported.startsWith("org.coppercube.api."));
        }
    }

    @Test
    public void aForeignLibraryHasOneOwner() throws Exception {
        for (Map.Entry<String, Attributes> bundle : manifests().entrySet()) {
            for (String imported : packages(bundle.getValue())) {
                String owner = OWNERS.entrySet().stream().filter(o -> imported.startsWith(o.getKey()))
                        .map(Map.Entry::getValue).findFirst().orElse(null);
                boolean shared = imported.startsWith("org.coppercube.") || SHARED.stream().anyMatch(imported::startsWith);
                assertTrue(bundle.getKey() + " imports " + imported + ", which belongs to " + owner,
                        shared || bundle.getKey().equals(owner));
            }
        }
    }

    @Test
    public void cfgFilesAndMetatypeSayTheSame() throws Exception {
        Map<String, Map<String, String>> metatype = metatype();
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> files = Stream.concat(Files.list(ROOT.resolve("config/src/main/etc")),
                Files.list(ROOT.resolve("config/src/main/examples")))) {
            for (Path file : files.toList()) {
                String pid = file.getFileName().toString().replaceFirst("(-NAME)?\\.cfg$", "");
                Map<String, String> known = metatype.getOrDefault(pid, Map.of());
                for (String line : Files.readAllLines(file)) {
                    Matcher key = Pattern.compile("(#?)([.a-z][a-z.]*) =(.*)").matcher(line);
                    if (key.matches()) {
                        if (!known.containsKey(key.group(2))) {
                            wrong.add(file.getFileName() + ": " + key.group(2) + " is no key of " + pid);
                        } else if (!key.group(1).isEmpty() && !known.get(key.group(2)).equals(key.group(3).strip())) {
                            wrong.add(file.getFileName() + ": the default of " + key.group(2) + " is \""
                                    + known.get(key.group(2)) + "\", not \"" + key.group(3).strip() + '"');
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    public void everyApiPackageHasAVersionAndASentence() throws Exception {
        try (Stream<Path> files = Files.walk(ROOT.resolve("bundles/api/src/main/java"))) {
            List<Path> folders = files.filter(f -> f.toString().endsWith(".java")).map(Path::getParent).distinct().toList();
            assertTrue(folders.size() > 3);
            for (Path folder : folders) {
                String text = Files.readString(folder.resolve("package-info.java"));
                assertTrue(folder + " has a version", text.contains("@org.osgi.annotation.versioning.Version("));
                assertTrue(folder + " has a sentence", Pattern.compile("/\\*\\* \\p{Lu}.*\\. \\*/").matcher(text).find());
            }
        }
    }

    private static Map<String, Attributes> manifests() throws IOException {
        Map<String, Attributes> manifests = new TreeMap<>();
        for (Path jar : jars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                Attributes main = file.getManifest().getMainAttributes();
                if (!main.getValue("Bundle-SymbolicName").equals("org.coppercube.site.simulator")) { // a process of its own
                    manifests.put(main.getValue("Bundle-SymbolicName"), main);
                }
            }
        }
        assertTrue("bundles found: " + manifests.keySet(), manifests.size() >= 8);
        return manifests;
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("bundles"), 3)) {
            return files.filter(f -> f.toString().matches(".*/target/org\\.coppercube\\.[a-z.]+-[0-9.]+(-SNAPSHOT)?\\.jar")).toList();
        }
    }

    private static List<String> packages(Attributes main) {
        String imports = main.getValue("Import-Package");
        List<String> names = new ArrayList<>();
        for (String clause : imports == null ? new String[0] : imports.replaceAll("\"[^\"]*\"", "").split(",")) {
            names.add(clause.split(";")[0].strip());
        }
        return names;
    }

    /** Defaults by key by PID, from the metatype documents in the jars. */
    private static Map<String, Map<String, String>> metatype() throws Exception {
        Map<String, Map<String, String>> all = new HashMap<>();
        for (Path jar : jars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().filter(e -> e.getName().matches("OSGI-INF/metatype/.*\\.xml")).toList()) {
                    try (InputStream in = file.getInputStream(entry)) {
                        read(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement(), all);
                    }
                }
            }
        }
        return all;
    }

    private static void read(Element root, Map<String, Map<String, String>> all) {
        Map<String, Map<String, String>> definitions = new HashMap<>();
        for (Element ocd : elements(root, "OCD")) {
            Map<String, String> defaults = new HashMap<>();
            elements(ocd, "AD").forEach(ad -> defaults.put(ad.getAttribute("id"), ad.getAttribute("default")));
            definitions.put(ocd.getAttribute("id"), defaults);
        }
        for (Element designate : elements(root, "Designate")) {
            String pid = designate.hasAttribute("factoryPid") ? designate.getAttribute("factoryPid") : designate.getAttribute("pid");
            all.put(pid, definitions.get(elements(designate, "Object").get(0).getAttribute("ocdref")));
        }
    }

    private static List<Element> elements(Element parent, String name) {
        List<Element> list = new ArrayList<>();
        NodeList nodes = parent.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            list.add((Element) nodes.item(i));
        }
        return list;
    }
}
