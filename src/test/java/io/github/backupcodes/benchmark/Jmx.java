package io.github.backupcodes.benchmark;

import com.sun.management.ThreadMXBean;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.server.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** A look into the JVM of a server, on a port of the loopback interface. Not for several threads. */
final class Jmx implements AutoCloseable {

    private final int port;
    private @Nullable JMXConnector connector;
    private @Nullable ThreadMXBean threads;

    private Jmx(int port) {
        this.port = port;
    }

    static Jmx onFreePort() {
        return new Jmx(FreePorts.free());
    }

    /** What the JVM has to be started with. */
    String[] options() {
        return new String[] {
            "-Djava.rmi.server.hostname=127.0.0.1",
            "-Dcom.sun.management.jmxremote.host=127.0.0.1",
            "-Dcom.sun.management.jmxremote.port=" + port,
            "-Dcom.sun.management.jmxremote.rmi.port=" + port,
            "-Dcom.sun.management.jmxremote.authenticate=false",
            "-Dcom.sun.management.jmxremote.ssl=false"
        };
    }

    /**
     * How many bytes each living thread has allocated so far. What a thread has allocated that ended meanwhile is lost; the
     * threads that serve requests live longer than what is measured.
     */
    Map<Long, Long> allocatedByThread() {
        ThreadMXBean bean = threads();
        long[] ids = bean.getAllThreadIds();
        long[] bytes = bean.getThreadAllocatedBytes(ids);
        Map<Long, Long> allocated = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            allocated.put(ids[i], Math.max(0, bytes[i]));
        }
        return allocated;
    }

    /** The address is that of a server which the benchmark itself started. */
    @SuppressWarnings("BanJNDI")
    private ThreadMXBean threads() {
        ThreadMXBean bean = threads;
        if (bean == null) {
            try {
                JMXConnector opened = JMXConnectorFactory.connect(
                        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"));
                connector = opened;
                bean = ManagementFactory.newPlatformMXBeanProxy(
                        opened.getMBeanServerConnection(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
                threads = bean;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return bean;
    }

    @Override
    public void close() {
        JMXConnector opened = connector;
        if (opened != null) {
            Unchecked.run(() -> opened.close());
        }
    }
}
