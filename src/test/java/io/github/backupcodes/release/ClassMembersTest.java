package io.github.backupcodes.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Classes as they are when a parent has got a method since they were compiled. */
class ClassMembersTest {

    @Test
    void what_an_interface_asks_for_besides_is_open() {
        assertThat(new ClassMembers(made(Opcodes.ACC_PUBLIC, Object.class, Supplier.class)).open("Made"))
                .containsExactly("Made has no public abstract java.lang.Object java.util.function.Supplier.get()");
    }

    @Test
    void what_a_parent_asks_for_besides_is_open() {
        assertThat(new ClassMembers(made(Opcodes.ACC_PUBLIC, AbstractList.class)).open("Made"))
                .isNotEmpty()
                .allMatch(text -> text.endsWith(".get(int)") || text.endsWith(".size()"));
        assertThat(new ClassMembers(made(Opcodes.ACC_PUBLIC, Reserved.class)).open("Made"))
                .singleElement()
                .asString()
                .endsWith("Reserved.hidden()");
    }

    @Test
    void an_abstract_class_and_a_complete_one_leave_nothing_open() {
        assertThat(new ClassMembers(made(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, Object.class, Supplier.class))
                        .open("Made"))
                .isEmpty();
        assertThat(new ClassMembers(ClassMembersTest.class.getClassLoader()).open("java/util/ArrayList"))
                .isEmpty();
    }

    /** With a method that is not public. */
    public abstract static class Reserved {

        protected abstract void hidden();
    }

    /** A class with no method of its own. */
    private static ClassLoader made(int access, Class<?> parent, Class<?>... interfaces) {
        ClassWriter writer = new ClassWriter(0);
        String[] names = new String[interfaces.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = Type.getInternalName(interfaces[i]);
        }
        writer.visit(Opcodes.V17, access, "Made", null, Type.getInternalName(parent), names);
        byte[] bytes = writer.toByteArray();
        return new ClassLoader(ClassMembersTest.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) {
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }
}
