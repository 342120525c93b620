// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;

/**
 * The samples of a log after its last chunk, all of one run; they lie in the journal. It never changes, so a reader may
 * take its time.
 *
 * @param row number of the journal's oldest row that has some of them
 * @param parts in order
 */
record Head(long row, List<Part> parts) {

    static final Head NONE = new Head(0, List.of());

    /** So many neighbours of about one size become one part: few objects, and each sample encoded a few times only. */
    private static final int FAN = 16;
    private static final int MOST_PARTS = 4 * FAN;
    /** So many samples are worth being written as tightly as in a chunk. */
    private static final int TIGHT = 512;

    /**
     * Some of the samples.
     *
     * @param block the samples; it was checked before, or made here
     * @param times what times they have
     */
    record Part(Block block, Times times) {

        static Part of(Block block, Stretch same) {
            return new Part(block, same.times());
        }

        private static Part of(List<Part> parts) {
            Stretch all = open(parts);
            return of(all.samples().size() < TIGHT ? Block.packed(all) : Block.tight(all), all);
        }
    }

    /** As it was found in the journal. */
    static Head of(long row, List<Part> parts) {
        Head head = new Head(row, parts);
        int packed = head.packed();
        return parts.size() - packed > MOST_PARTS ? head.joined(row, packed) : head;
    }

    /** With one more block at the end, which this row of the journal takes. */
    Head with(Block block, Stretch same, long newest) {
        List<Part> all = new ArrayList<>(parts);
        all.add(Part.of(block, same));
        for (int from = all.size() - FAN; from >= 0; from = all.size() - FAN) {
            if (all.get(from).block.count() >= FAN * all.get(all.size() - 1).block.count()) {
                break;
            }
            join(all.subList(from, all.size()));
        }
        return new Head(parts.isEmpty() ? newest : row, List.copyOf(all));
    }

    /** The same for another row, in fewer bytes if that is worth it. */
    Head tightened(long other) {
        int packed = packed();
        return isToTighten(packed) ? joined(other, packed) : new Head(other, parts);
    }

    /** About how many bytes it would take when {@link #tightened}. */
    int bytesTightened() {
        int packed = packed();
        int bytes = bytes(parts.subList(packed, parts.size()));
        return bytes(parts.subList(0, packed)) + (isToTighten(packed) ? bytes / 2 : bytes);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Feed position of its first sample. */
    long first() {
        return parts.get(0).block.first();
    }

    int bytes() {
        return bytes(parts);
    }

    /** The samples from a feed position on; of those with other times at most some. */
    Optional<Stretch> from(long position, Times times) {
        List<Part> wanted = new ArrayList<>();
        for (Part part : parts) {
            if (part.block.last() >= position && !part.times.and(times).isEmpty()) {
                wanted.add(part);
            }
        }
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Stretch stretch = open(wanted);
        return Optional.of(stretch.part(stretch.indexOf(position), stretch.samples().size()));
    }

    /** All of it, which must be something. */
    Stretch open() {
        return open(parts);
    }

    /** The first of those at the end that are packed only. */
    private int packed() {
        int first = parts.size();
        while (first > 0 && parts.get(first - 1).block.codec() == Block.PACKED) {
            first--;
        }
        return first;
    }

    private boolean isToTighten(int packed) {
        int count = 0;
        for (Part part : parts.subList(packed, parts.size())) {
            count += part.block.count();
        }
        return count >= TIGHT;
    }

    private static int bytes(List<Part> some) {
        int bytes = 0;
        for (Part part : some) {
            bytes += part.block.data().length;
        }
        return bytes;
    }

    private Head joined(long other, int from) {
        List<Part> all = new ArrayList<>(parts);
        join(all.subList(from, all.size()));
        return new Head(other, List.copyOf(all));
    }

    private static void join(List<Part> neighbours) {
        Part joined = Part.of(neighbours);
        neighbours.clear();
        neighbours.add(joined);
    }

    private static Stretch open(List<Part> parts) {
        List<Stretch> stretches = new ArrayList<>();
        try {
            for (Part part : parts) {
                stretches.add(part.block.open());
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException("A block that was whole is not", e);
        }
        return Stretch.join(stretches);
    }
}
