// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.derby.io.StorageFactory;
import org.apache.derby.io.StorageFile;
import org.apache.derby.io.StorageRandomAccessFile;

/**
 * A file that tells Derby from which checkpoint in its log it is to recover. At the end of a recovery Derby writes it
 * twice, and the first time too early: the checkpoint is not in the log yet ({@code CheckpointOperation.doMe} takes
 * this for a roll-forward recovery). Killed between that and the log, it does not open the database again. So a
 * checkpoint that is not in the log is not written.
 */
final class ControlFile {

    /** Directory of the log. */
    static final String LOG = "log";
    /** The file, and its mirror. */
    static final Set<String> NAMES = Set.of("log.ctrl", "logmirror.ctrl");

    /** Where in the file the checkpoint is. */
    private static final int CHECKPOINT = 2 * Integer.BYTES;
    private static final long NONE = 0;

    private ControlFile() {
    }

    static StorageFile guarded(StorageFile file, StorageFactory storage) {
        return forwarding(StorageFile.class, (self, method, args) -> {
            Object result = call(file, method, args);
            return result instanceof StorageRandomAccessFile open ? guarded(open, storage) : result;
        });
    }

    private static StorageRandomAccessFile guarded(StorageRandomAccessFile file, StorageFactory storage) {
        return forwarding(StorageRandomAccessFile.class, (self, method, args) -> {
            boolean isWrite = method.getName().equals("write") && args[0] instanceof byte[];
            return isWrite && !isLogged((byte[]) args[0], storage) ? null : call(file, method, args);
        });
    }

    /** A record of the log begins with its length and its place: number of the log's file, and where in it. */
    private static boolean isLogged(byte[] content, StorageFactory storage) throws IOException {
        long checkpoint = ByteBuffer.wrap(content).getLong(CHECKPOINT);
        if (checkpoint == NONE) {
            return true;
        }
        String name = "log" + (checkpoint >>> Integer.SIZE) + ".dat";
        try {
            StorageRandomAccessFile log = storage.newStorageFile(LOG, name).getRandomAccessFile("r");
            Closeable open = log::close;
            try (open) {
                log.seek((checkpoint & 0xffff_ffffL) + Integer.BYTES);
                return log.readLong() == checkpoint;
            }
        } catch (FileNotFoundException | EOFException e) {
            return false;
        }
    }

    private static <T> T forwarding(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(ControlFile.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
