package io.github.backupcodes.afteruse;

import io.github.backupcodes.flow.SecondFactorOption;
import java.util.List;

/** A second factor on the page after the use of a code. Public, with getters: FreeMarker reads it. */
public final class SecondFactorOptionBean {

    private final SecondFactorOption factor;
    private final boolean done;
    private final boolean oldRemoved;
    private final List<Old> old;

    SecondFactorOptionBean(SecondFactorOption factor, boolean done, boolean oldRemoved, List<Old> old) {
        this.factor = factor;
        this.done = done;
        this.oldRemoved = oldRemoved;
        this.old = List.copyOf(old);
    }

    /** The id of its button. */
    public String getId() {
        return switch (words()) {
            case APP -> "setUpApp";
            case KEY -> "setUpKey";
            case OTHER -> "setUp-" + factor.type();
        };
    }

    /** What it is called: a message key, or the text itself. */
    public String getName() {
        return factor.name();
    }

    /** The message key of its button; the argument is the name. */
    public String getText() {
        return words().setUp();
    }

    /** The message key of what is said when it is done; the argument is the name. */
    public String getDoneText() {
        return words().done(oldRemoved);
    }

    /** The required action that sets it up. */
    public String getAction() {
        return factor.action();
    }

    /** Whether a new one was set up in this sign-in. */
    public boolean isDone() {
        return done;
    }

    /** Those that the user has had and may remove. */
    public List<Old> getOld() {
        return old;
    }

    private SecondFactorMessages words() {
        return SecondFactorMessages.of(factor.type());
    }

    /** A second factor that may be lost. */
    public static final class Old {

        private final SecondFactorMessages messages;
        private final String id;
        private final String name;
        private final boolean named;

        Old(SecondFactorMessages messages, String id, String name, boolean named) {
            this.messages = messages;
            this.id = id;
            this.name = name;
            this.named = named;
        }

        /** The id of the credential. */
        public String getId() {
            return id;
        }

        /** What the user called it; without a name, the day it was set up. */
        public String getName() {
            return name;
        }

        /** The message key of its box; the argument is the name. */
        public String getText() {
            return messages.remove(named);
        }
    }
}
