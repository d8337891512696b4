package io.github.backupcodes.afteruse;

import io.github.backupcodes.flow.SecondFactorOption;
import java.util.List;

/** A second factor on the page after a code was used. Public, with getters, because FreeMarker reads it. */
public final class SecondFactorOptionBean {

    private final SecondFactorOption factor;
    private final boolean done;
    private final boolean oldRemoved;
    private final boolean selected;
    private final List<Old> old;

    SecondFactorOptionBean(
            SecondFactorOption factor, boolean done, boolean oldRemoved, boolean selected, List<Old> old) {
        this.factor = factor;
        this.done = done;
        this.oldRemoved = oldRemoved;
        this.selected = selected;
        this.old = List.copyOf(old);
    }

    /** The id of its button. */
    public String getId() {
        return switch (messages()) {
            case APP -> "setUpApp";
            case KEY -> "setUpKey";
            case OTHER -> "setUp-" + factor.type();
        };
    }

    /** Its name: a message key, or the text itself. */
    public String getName() {
        return factor.name();
    }

    /** The message key of its button; the argument is the name. */
    public String getText() {
        return messages().setUp();
    }

    /** The message key of the line that says that it was set up; the argument is the name. */
    public String getDoneText() {
        return messages().done(oldRemoved);
    }

    /** The required action that sets it up. */
    public String getAction() {
        return factor.action();
    }

    /** Whether a new one was set up in this sign-in. */
    public boolean isDone() {
        return done;
    }

    /** Whether the user has started to set it up, and is back. */
    public boolean isSelected() {
        return selected;
    }

    /** The old ones, which the user may remove. */
    public List<Old> getOld() {
        return old;
    }

    private SecondFactorMessages messages() {
        return SecondFactorMessages.of(factor.type());
    }

    /** An old second factor, which may be lost. */
    public static final class Old {

        private final SecondFactorMessages messages;
        private final String id;
        private final String name;
        private final boolean named;
        private final boolean marked;

        Old(SecondFactorMessages messages, String id, String name, boolean named, boolean marked) {
            this.messages = messages;
            this.id = id;
            this.name = name;
            this.named = named;
            this.marked = marked;
        }

        /** The id of the credential. */
        public String getId() {
            return id;
        }

        /** Its user label; without a label, the day it was set up. */
        public String getName() {
            return name;
        }

        /** Whether its checkbox is selected. */
        public boolean isMarked() {
            return marked;
        }

        /** The message key of its checkbox; the argument is the name. */
        public String getText() {
            return messages.remove(named);
        }
    }
}
