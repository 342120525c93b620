// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the changes of a {@link Disk} leave behind, up to any of them: what every process sees, and what the medium is
 * sure to have. A synced file brings its own name and its directories' names along, as ext4, XFS, btrfs and F2FS keep
 * it; the names of other files are sure only when their directory is synced.
 */
final class Medium {

    private sealed interface Node permits Directory, Content {
    }

    private static final class Directory implements Node {
        private final Map<String, Node> now = new TreeMap<>();
        private final Map<String, Node> sure = new TreeMap<>();
    }

    private static final class Content implements Node {
        private byte[] now = new byte[0];
        private byte[] sure = now;
        private final List<Disk.Change> unsure = new ArrayList<>();
    }

    private final Directory root = new Directory();

    /** Of what lies in a directory all is sure. */
    static Medium of(Path directory) throws IOException {
        Medium medium = new Medium();
        List<Path> all;
        try (Stream<Path> paths = Files.walk(directory)) {
            all = paths.filter(path -> !path.equals(directory)).toList();
        }
        for (Path path : all) {
            String name = directory.relativize(path).toString();
            if (Files.isDirectory(path)) {
                medium.directory(name);
            } else {
                Content content = new Content();
                content.now = Files.readAllBytes(path);
                content.sure = content.now.clone();
                medium.parent(name).now.put(name(name), content);
            }
            medium.nameForSure(name);
        }
        return medium;
    }

    /** Begins a change; it is sure by {@link #end} at the earliest. */
    void begin(Disk.Change change) {
        switch (change.kind()) {
            case CREATE -> parent(change.path()).now.putIfAbsent(name(change.path()), new Content());
            case DIRECTORY -> directory(change.path());
            case WRITE, LENGTH -> {
                if (find(change.path()) instanceof Content content) {
                    content.now = applied(content.now, change);
                    content.unsure.add(change);
                }
            }
            case RENAME -> parent(change.to()).now.put(name(change.to()),
                    parent(change.path()).now.remove(name(change.path())));
            case DELETE -> parent(change.path()).now.remove(name(change.path()));
            case SYNC -> { }
        }
    }

    void end(Disk.Change change) {
        if (change.synced() || change.kind() == Disk.Kind.SYNC) {
            Node node = find(change.path());
            if (node instanceof Content content) {
                content.sure = content.now.clone();
                content.unsure.clear();
            } else if (node instanceof Directory directory) {
                directory.sure.clear();
                directory.sure.putAll(directory.now);
            }
            if (node != null) {
                nameForSure(change.path());
            }
        }
    }

    /** What every process sees of a file. */
    byte[] now(String path) {
        return ((Content) find(path)).now;
    }

    /** Writes what is left to an empty directory. */
    void leave(Path target, PowerCut cut) throws IOException {
        leave("", root, target, cut);
    }

    private void leave(String path, Directory directory, Path target, PowerCut cut) throws IOException {
        for (Map.Entry<String, Node> entry : (cut.keepsNames() ? directory.now : directory.sure).entrySet()) {
            String below = path.isEmpty() ? entry.getKey() : path + "/" + entry.getKey();
            Path file = target.resolve(entry.getKey());
            if (entry.getValue() instanceof Directory child) {
                Files.createDirectory(file);
                leave(below, child, file, cut);
            } else if (entry.getValue() instanceof Content content) {
                Files.write(file, cut.left(content.sure, content.now, content.unsure));
            }
        }
    }

    /** These bytes after one more write or change of length. */
    static byte[] applied(byte[] content, Disk.Change change) {
        if (change.kind() == Disk.Kind.LENGTH) {
            return Arrays.copyOf(content, (int) change.at());
        }
        int end = (int) change.at() + change.data().length;
        byte[] longer = end > content.length ? Arrays.copyOf(content, end) : content.clone();
        System.arraycopy(change.data(), 0, longer, (int) change.at(), change.data().length);
        return longer;
    }

    private void nameForSure(String path) {
        Directory directory = root;
        for (String part : path.split("/")) {
            Node child = directory.now.get(part);
            directory.sure.values().remove(child); // under the name it had before
            directory.sure.put(part, child);
            if (child instanceof Directory next) {
                directory = next;
            }
        }
    }

    private Node find(String path) {
        Node node = root;
        for (String part : path.isEmpty() ? new String[0] : path.split("/")) {
            node = node instanceof Directory directory ? directory.now.get(part) : null;
        }
        return node;
    }

    private Directory parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? root : directory(path.substring(0, slash));
    }

    private Directory directory(String path) {
        return (Directory) parent(path).now.computeIfAbsent(name(path), any -> new Directory());
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
