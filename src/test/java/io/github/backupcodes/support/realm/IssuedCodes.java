package io.github.backupcodes.support.realm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The codes that were shown in this run, or given to users as hashes, and a search for them: as shown or without dashes, in
 * capital or small letters, one byte or two bytes a character.
 */
public final class IssuedCodes {

    private static final Set<String> ALL = ConcurrentHashMap.newKeySet();

    private IssuedCodes() {}

    /** Remembers codes. What reads them from a page calls it, and what makes them for a user. */
    public static void add(Collection<String> codes) {
        ALL.addAll(codes);
    }

    /** All codes of this run so far. */
    public static Set<String> all() {
        return Set.copyOf(ALL);
    }

    /**
     * A search that is fed with bytes.
     *
     * @param codes what to look for, each of at least six symbols without dashes
     */
    public static Search lookFor(Collection<String> codes) {
        return new Search(codes);
    }

    /**
     * Bytes go in, found codes come out. Zero bytes are passed over, so that two-byte characters read as one. A code of digits counts if
     * it is not a part of a longer number, where it would be by chance.
     */
    public static final class Search extends OutputStream {

        private static final int KEY = 6;
        private static final int WINDOW = 128;
        private static final int BITS = 1 << 20;
        private static final Pattern DIGITS = Pattern.compile("\\d+");

        private final Map<Integer, List<byte[]>> ends = new HashMap<>();
        private final BitSet last = new BitSet(BITS);
        private final Map<String, String> names = new HashMap<>();
        private final Set<String> found = new HashSet<>();
        private final Set<String> numbers = new HashSet<>();
        private final byte[] recent = new byte[WINDOW];
        private int filled;
        private long key;
        private long size;

        private Search(Collection<String> codes) {
            for (String code : codes) {
                String shown = code.toUpperCase(Locale.ROOT);
                for (String form : new HashSet<>(List.of(shown, shown.replace("-", "")))) {
                    byte[] bytes = form.getBytes(StandardCharsets.ISO_8859_1);
                    if (bytes.length < KEY || bytes.length > WINDOW) {
                        throw new IllegalArgumentException("a code of " + bytes.length + " characters");
                    }
                    long tail = 0;
                    for (int i = bytes.length - KEY; i < bytes.length; i++) {
                        tail = shift(tail, bytes[i]);
                    }
                    ends.computeIfAbsent(slot(tail), none -> new ArrayList<>()).add(bytes);
                    last.set(slot(tail));
                    names.put(form, code);
                }
            }
        }

        @Override
        public void write(int b) {
            size++;
            byte letter = (byte) b;
            if (letter == 0) {
                return;
            }
            if (letter >= 'a' && letter <= 'z') {
                letter -= (byte) ('a' - 'A');
            }
            if (!isDigit(letter)) {
                found.addAll(numbers);
            }
            numbers.clear();
            recent[filled++ % WINDOW] = letter;
            if (filled == 2 * WINDOW) {
                filled = WINDOW;
            }
            key = shift(key, letter);
            int slot = slot(key);
            if (last.get(slot)) {
                compare(ends.getOrDefault(slot, List.of()));
            }
        }

        private void compare(List<byte[]> candidates) {
            for (byte[] form : candidates) {
                if (filled >= form.length && endsWith(form)) {
                    String text = new String(form, StandardCharsets.ISO_8859_1);
                    String name = names.getOrDefault(text, "");
                    if (!DIGITS.matcher(text).matches()) {
                        found.add(name);
                    } else if (filled == form.length || !isDigit(recent[(filled - form.length - 1) % WINDOW])) {
                        // the next byte decides
                        numbers.add(name);
                    }
                }
            }
        }

        private boolean endsWith(byte[] form) {
            for (int i = 1; i <= form.length; i++) {
                if (recent[(filled - i) % WINDOW] != form[form.length - i]) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
        }

        /** Looks through a stream to its end, and closes it. */
        public Search in(InputStream stream) throws IOException {
            try (InputStream whole = new BufferedInputStream(stream, 1 << 20)) {
                whole.transferTo(this);
            }
            // what follows is another text
            found.addAll(numbers);
            numbers.clear();
            Arrays.fill(recent, (byte) 0);
            return this;
        }

        /**
         * What was found.
         *
         * @return the codes as they were given
         */
        public Set<String> found() {
            return Set.copyOf(found);
        }

        /** How much was looked through. */
        public long size() {
            return size;
        }

        private static boolean isDigit(byte letter) {
            return letter >= '0' && letter <= '9';
        }

        private static long shift(long value, byte next) {
            return ((value << 8) | (next & 0xff)) & 0xffff_ffff_ffffL;
        }

        private static int slot(long value) {
            return (int) ((value * 0x9E3779B97F4A7C15L) >>> 44);
        }
    }
}
