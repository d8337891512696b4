package io.github.backupcodes.release;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Goes through a class and notes what it names that is not there, as {@code <what> <- <class>.<method>}. */
final class MissingMemberVisitor extends ClassVisitor {

    private final ClassMembers members;
    private final Set<String> missing;
    private String self = "";

    MissingMemberVisitor(ClassMembers members, Set<String> missing) {
        super(Opcodes.ASM9);
        this.members = members;
        this.missing = missing;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String parent,
            String @Nullable [] interfaces) {
        self = name.substring(name.lastIndexOf('/') + 1);
        needClass(parent == null ? "java/lang/Object" : parent, self);
        for (String each : interfaces == null ? new String[0] : interfaces) {
            needClass(each, self);
        }
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        String place = self + "." + name;
        return new MethodVisitor(Opcodes.ASM9) {
            @Override
            public void visitMethodInsn(int code, String owner, String called, String types, boolean ofInterface) {
                needMethod(owner, called, types, place);
            }

            @Override
            public void visitFieldInsn(int code, String owner, String field, String type) {
                need(members.hasField(owner, field), owner + "." + field, place);
            }

            @Override
            public void visitTypeInsn(int code, String type) {
                needClass(type, place);
            }

            @Override
            public void visitInvokeDynamicInsn(String called, String types, Handle by, Object... arguments) {
                for (Object argument : arguments) {
                    if (argument instanceof Handle handle && handle.getTag() > Opcodes.H_PUTSTATIC) {
                        needMethod(handle.getOwner(), handle.getName(), handle.getDesc(), place);
                    }
                }
            }
        };
    }

    private void needMethod(String owner, String name, String descriptor, String place) {
        need(members.hasMethod(owner, name, descriptor), owner + "." + name + descriptor, place);
    }

    private void needClass(String name, String place) {
        need(members.hasClass(name), name, place);
    }

    private void need(boolean there, String what, String place) {
        if (!there) {
            missing.add(what + " <- " + place);
        }
    }
}
