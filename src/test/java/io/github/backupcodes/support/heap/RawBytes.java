package io.github.backupcodes.support.heap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A search for bytes that are no text. */
public final class RawBytes {

    private RawBytes() {}

    /** Whether a file has them. */
    public static boolean areIn(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            int last = content.limit() - bytes.length;
            for (int start = 0; start <= last; start++) {
                if (content.get(start) == bytes[0] && matches(content, start, bytes)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean matches(ByteBuffer content, int start, byte[] bytes) {
        for (int i = 1; i < bytes.length; i++) {
            if (content.get(start + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
