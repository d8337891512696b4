package io.github.backupcodes.sms.number;

import com.google.i18n.phonenumbers.MetadataLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the numbering plans of libphonenumber from one file, which the build makes of the library's 254 files: they compress well
 * together.
 */
final class NumberingPlanFile implements MetadataLoader {

    private static final String FILE = "numbering-plans.zip";

    private final Map<String, byte[]> plans;

    /**
     * Reads the file.
     *
     * @throws UncheckedIOException if it is missing or damaged, as in a jar that was not made by the build
     */
    NumberingPlanFile() {
        try (InputStream file = NumberingPlanFile.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IOException("the jar lacks " + FILE + ", use one that the build made");
            }
            plans = read(new ZipInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> read(ZipInputStream file) throws IOException {
        Map<String, byte[]> plans = new HashMap<>();
        for (ZipEntry entry = file.getNextEntry(); entry != null; entry = file.getNextEntry()) {
            plans.put(entry.getName(), file.readAllBytes());
        }
        return plans;
    }

    /** The plan of a region; null if there is none, as the library expects. */
    @Override
    public @Nullable InputStream loadMetadata(String fileName) {
        byte[] plan = plans.get(fileName.substring(fileName.lastIndexOf('/') + 1));
        return plan == null ? null : new ByteArrayInputStream(plan);
    }
}
