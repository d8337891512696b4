package io.github.backupcodes.support.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What server is wanted, however it is run.
 *
 * @param mode           the command of {@code kc.sh}
 */
record ServerSpec(
        ServerHome home,
        ServerHomeContents contents,
        String mode,
        List<String> arguments,
        Map<String, String> environment,
        Optional<Path> java,
        int port,
        int managementPort) {

    /** Arguments that say where to listen. */
    List<String> listenOn(String address) {
        return List.of(
                "--http-host=" + address,
                "--http-port=" + port,
                "--http-management-host=" + address,
                "--http-management-port=" + managementPort);
    }
}
