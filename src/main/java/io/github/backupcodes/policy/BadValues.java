package io.github.backupcodes.policy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Tells of a value that got past the validation, once: the policy is read in every sign-in. */
final class BadValues {

    private static final Logger LOG = Logger.getLogger(BadValues.class);

    /** So that whoever can write many bad values cannot fill the memory. */
    private static final int MOST = 1_000;

    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private BadValues() {}

    static void warn(String action, String key, String value, String what) {
        if (TOLD.size() < MOST && TOLD.add(action + ' ' + key + '=' + value)) {
            LOG.warnf("%s. Correct it in the required action %s.", what, action);
        }
    }
}
