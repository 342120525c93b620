// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What is left of the changes that were not sure yet when all ended, in the middle of the newest of them. */
final class PowerCut {

    /** What a medium writes whole or not at all. */
    private static final int SECTOR = 512;

    /** The ways to end. */
    enum Sort {
        /** A process is killed: everything is there, but for the change that it was about to make. */
        KILL,
        /** The power goes: nothing is left that was not sure, neither data nor names. */
        NOTHING,
        /** Names are left, and the files they name are as they were synced last. */
        NAMES,
        /** All is left, and of the newest write its first half. */
        HALF,
        /** The newest write of every file is left, and none of those before it. */
        NEWEST,
        /** Of the writes and names some are left, whichever. */
        SOME,
        /** Of the sectors some are left, whichever. */
        SECTORS
    }

    private final Sort sort;
    private final Random random;

    PowerCut(Sort sort, long seed) {
        this.sort = sort;
        this.random = new Random(seed);
    }

    boolean keepsNames() {
        return sort != Sort.NOTHING && (sort != Sort.SOME || random.nextBoolean());
    }

    /** What is left of a file. */
    byte[] left(byte[] sure, byte[] now, List<Disk.Change> unsure) {
        if (sort == Sort.KILL) {
            return now;
        }
        byte[] left = sure;
        for (int i = 0; i < unsure.size(); i++) {
            Disk.Change change = unsure.get(i);
            boolean newest = i == unsure.size() - 1;
            if (sort == Sort.HALF && newest) {
                left = half(left, change);
            } else if (sort == Sort.SECTORS) {
                left = sectors(left, change);
            } else if (sort == Sort.HALF || sort == Sort.NEWEST && newest
                    || sort == Sort.SOME && random.nextBoolean()) {
                left = Medium.applied(left, change);
            }
        }
        return left;
    }

    private byte[] half(byte[] before, Disk.Change write) {
        int length = write.data().length / 2 / SECTOR * SECTOR;
        return length == 0 ? before : Medium.applied(before, part(write, 0, length));
    }

    /** Each sector for itself. */
    private byte[] sectors(byte[] before, Disk.Change write) {
        byte[] left = before;
        int end;
        for (int at = 0; at < write.data().length; at = end) {
            end = Math.min(write.data().length, at + SECTOR - (int) ((write.at() + at) % SECTOR));
            if (random.nextBoolean()) {
                left = Medium.applied(left, part(write, at, end));
            }
        }
        return left;
    }

    private static Disk.Change part(Disk.Change write, int from, int to) {
        return new Disk.Change(write.kind(), write.path(), "", write.at() + from,
                Arrays.copyOfRange(write.data(), from, to), false, write.during());
    }
}
