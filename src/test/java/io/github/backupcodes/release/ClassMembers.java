package io.github.backupcodes.release;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/** What classes have, by the names of byte code; nothing is initialized. */
record ClassMembers(ClassLoader classes) {

    /** A class, by its internal name; arrays are not asked for. */
    boolean hasClass(String name) {
        return name.startsWith("[") || find(name).isPresent();
    }

    /** Its own method or constructor, or one that it inherits. */
    boolean hasMethod(String owner, String name, String descriptor) {
        // what a method handle is called with is made up by the compiler
        return owner.startsWith("[")
                || owner.startsWith("java/lang/invoke/")
                || find(owner)
                        .filter(type -> name.equals("<init>")
                                ? isConstructed(type, descriptor)
                                : declares(type, name, descriptor))
                        .isPresent();
    }

    boolean hasField(String owner, String name) {
        return find(owner).filter(type -> declaresField(type, name)).isPresent();
    }

    /**
     * What a class that can be made leaves open: the methods that a newer server may call, and that end in an
     * {@code AbstractMethodError}.
     */
    List<String> open(String name) {
        return find(name).stream()
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .flatMap(type -> Stream.concat(Stream.of(type.getMethods()), ofParents(type)))
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .map(method -> name + " has no " + method)
                .toList();
    }

    /** The methods of parents that are not public; of each the one that would be called. */
    private static Stream<Method> ofParents(Class<?> type) {
        Map<String, Method> called = new HashMap<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Method method : each.getDeclaredMethods()) {
                if (!Modifier.isPrivate(method.getModifiers())) {
                    called.putIfAbsent(method.getName() + Type.getMethodDescriptor(method), method);
                }
            }
        }
        return called.values().stream();
    }

    private Optional<Class<?>> find(String name) {
        try {
            return Optional.of(Class.forName(name.replace('/', '.'), false, classes));
        } catch (ClassNotFoundException | LinkageError absent) {
            return Optional.empty();
        }
    }

    private static boolean isConstructed(Class<?> type, String descriptor) {
        try {
            for (Constructor<?> each : type.getDeclaredConstructors()) {
                if (Type.getConstructorDescriptor(each).equals(descriptor)) {
                    return true;
                }
            }
        } catch (LinkageError namesWhatIsAbsent) {
            return false;
        }
        return false;
    }

    private static boolean declares(@Nullable Class<?> type, String name, String descriptor) {
        if (type == null) {
            return false;
        }
        try {
            for (Method each : type.getDeclaredMethods()) {
                if (each.getName().equals(name)
                        && Type.getMethodDescriptor(each).equals(descriptor)) {
                    return true;
                }
            }
        } catch (LinkageError namesWhatIsAbsent) {
            return false;
        }
        Class<?> parent = type.isInterface() ? Object.class : type.getSuperclass();
        return Stream.of(type.getInterfaces()).anyMatch(each -> declares(each, name, descriptor))
                || declares(parent, name, descriptor);
    }

    private static boolean declaresField(@Nullable Class<?> type, String name) {
        if (type == null) {
            return false;
        }
        try {
            for (Field each : type.getDeclaredFields()) {
                if (each.getName().equals(name)) {
                    return true;
                }
            }
        } catch (LinkageError namesWhatIsAbsent) {
            return false;
        }
        return Stream.of(type.getInterfaces()).anyMatch(each -> declaresField(each, name))
                || declaresField(type.getSuperclass(), name);
    }
}
