package io.github.backupcodes.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class BackupCodesMetricsTest {

    @Test
    void aServerWithMicrometerCounts() {
        assertThat(BackupCodesMetrics.ofThisServer()).isInstanceOf(MicrometerMetrics.class);
        assertThat(BackupCodesMetrics.ofThisServer().<String>timed(BackupCodesMetrics.Work.SET, () -> "hash"))
                .isEqualTo("hash");
    }

    @Test
    void aServerWithoutMicrometerWorksAllTheSame() throws Exception {
        Class<?> meters = new WithoutMicrometer().loadClass(BackupCodesMetrics.class.getName());
        Object made = meters.getMethod("ofThisServer").invoke(null);
        assertThat(made.getClass().getSimpleName()).isEqualTo("NoOpMetrics");
        Method accepted = meters.getMethod("accepted", String.class);
        accepted.setAccessible(true);
        accepted.invoke(made, "realm");
    }

    @Test
    void withoutMicrometerTheWorkIsDone() {
        assertThat(new NoOpMetrics().<String>timed(BackupCodesMetrics.Work.ATTEMPT, () -> "hash"))
                .isEqualTo("hash");
    }

    /** Loads the classes of this package again, and none of Micrometer. */
    private static final class WithoutMicrometer extends ClassLoader {

        private WithoutMicrometer() {
            super(BackupCodesMetricsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.micrometer.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(BackupCodesMetrics.class.getPackageName() + ".")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
