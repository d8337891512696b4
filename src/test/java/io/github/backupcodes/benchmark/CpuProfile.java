package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.Unchecked;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Samples of what threads of a JVM were executing: methods as {@code package.Class.method}, the innermost first. */
record CpuProfile(List<List<String>> stacks) {

    private static final String SAMPLE = "jdk.ExecutionSample";

    /** Those of a recording of Java Flight Recorder. */
    static CpuProfile read(Path file) {
        return Unchecked.get(() -> new CpuProfile(RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(SAMPLE))
                .filter(event -> event.getStackTrace() != null)
                .map(event -> event.getStackTrace().getFrames().stream()
                        .map(RecordedFrame::getMethod)
                        .map(CpuProfile::name)
                        .toList())
                .toList()));
    }

    private static String name(RecordedMethod method) {
        return method.getType().getName() + "." + method.getName();
    }

    /** Those with a method somewhere on the stack. */
    CpuProfile within(Predicate<String> method) {
        return new CpuProfile(
                stacks.stream().filter(stack -> stack.stream().anyMatch(method)).toList());
    }

    int samples() {
        return stacks.size();
    }

    /** In how many samples each method is on the stack, the most frequent first. */
    List<Map.Entry<String, Long>> methods(Predicate<String> which, int most) {
        return mostFrequent(
                stacks.stream().flatMap(stack -> stack.stream().distinct()).filter(which), most);
    }

    /** Where methods of a kind lead to: the next method of another kind that they called, the most frequent first. */
    List<Map.Entry<String, Long>> calls(Predicate<String> from, Predicate<String> to, int most) {
        return mostFrequent(stacks.stream().flatMap(stack -> call(stack, from, to)), most);
    }

    private static List<Map.Entry<String, Long>> mostFrequent(Stream<String> names, int most) {
        return names.collect(Collectors.groupingBy(name -> name, Collectors.counting())).entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .toList();
    }

    private static Stream<String> call(List<String> stack, Predicate<String> from, Predicate<String> to) {
        for (int i = 0; i < stack.size(); i++) {
            if (from.test(stack.get(i))) {
                String called = i == 0 ? "itself" : stack.get(i - 1);
                return to.test(called) ? Stream.of(stack.get(i) + " > " + called) : Stream.empty();
            }
        }
        return Stream.empty();
    }
}
