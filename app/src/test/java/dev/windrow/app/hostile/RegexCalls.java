package dev.windrow.app.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;

/** Reads the methods of one class for calls that take a regular expression, and for how matchers are used. */
final class RegexCalls extends ClassVisitor {
    private static final String STRING = "java/lang/String";
    private static final String PATTERN = "java/util/regex/Pattern";
    private static final String MATCHER = "java/util/regex/Matcher";
    private static final Map<String, Reading> OF_STRING = Map.of(
            "matches", Reading.MATCHES,
            "replaceAll", Reading.FINDS,
            "replaceFirst", Reading.FINDS,
            "split", Reading.FINDS);
    private static final Map<String, Reading> OF_MATCHER = Map.of(
            "matches", Reading.MATCHES,
            "lookingAt", Reading.GOES_ALONG,
            "find", Reading.FINDS,
            "results", Reading.FINDS,
            "replaceAll", Reading.FINDS,
            "replaceFirst", Reading.FINDS,
            "split", Reading.FINDS,
            "splitAsStream", Reading.FINDS,
            "asPredicate", Reading.FINDS,
            "asMatchPredicate", Reading.MATCHES);

    private final Consumer<PatternScan.RegexCall> calls;
    private final BiConsumer<String, Reading> uses;
    private String type = "";

    RegexCalls(Consumer<PatternScan.RegexCall> calls, BiConsumer<String, Reading> uses) {
        super(SpringAsmInfo.ASM_VERSION);
        this.calls = calls;
        this.uses = uses;
    }

    @Override
    public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
        type = name;
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
        return new Method(name);
    }

    /** Keeps the constants that were pushed without anything between them. */
    private final class Method extends MethodVisitor {
        private final String name;
        private final List<Object> pushed = new ArrayList<>();

        Method(String name) {
            super(SpringAsmInfo.ASM_VERSION);
            this.name = name;
        }

        @Override
        public void visitLdcInsn(Object value) {
            pushed.add(value);
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            pushed.add(operand);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
                pushed.add(opcode - Opcodes.ICONST_0);
            } else {
                pushed.clear();
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean ofInterface) {
            call(owner, method, descriptor);
            pushed.clear();
        }

        @Override
        public void visitInvokeDynamicInsn(String method, String descriptor, Handle bootstrap, Object... arguments) {
            pushed.clear();
            for (Object argument : arguments) {
                if (argument instanceof Handle handle) {
                    call(handle.getOwner(), handle.getName(), handle.getDesc());
                }
            }
        }

        private void call(String owner, String method, String descriptor) {
            if (owner.equals(STRING) && OF_STRING.containsKey(method)) {
                found(descriptor, false, OF_STRING.get(method));
            } else if (owner.equals(PATTERN) && method.equals("compile")) {
                found(descriptor, true, null);
            } else if (owner.equals(PATTERN) && method.equals("matches")) {
                calls.accept(new PatternScan.RegexCall(type, name, null, 0, Reading.MATCHES));
            } else if ((owner.equals(PATTERN) || owner.equals(MATCHER)) && OF_MATCHER.containsKey(method)) {
                int dollar = type.indexOf('$');
                uses.accept(dollar < 0 ? type : type.substring(0, dollar), OF_MATCHER.get(method));
            }
        }

        private void found(String descriptor, boolean compiled, Reading reading) {
            int arguments = descriptor.startsWith("(Ljava/lang/String;)") ? 1 : 2;
            int first = pushed.size() - arguments;
            boolean constant = first >= 0 && pushed.get(first) instanceof String;
            String regex = constant ? (String) pushed.get(first) : null;
            int flags = constant && compiled && arguments == 2 ? (Integer) pushed.get(first + 1) : 0;
            calls.accept(new PatternScan.RegexCall(type, name, regex, flags, reading));
        }

        @Override
        public void visitVarInsn(int opcode, int variable) {
            pushed.clear();
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
            pushed.clear();
        }

        @Override
        public void visitTypeInsn(int opcode, String of) {
            pushed.clear();
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            pushed.clear();
        }

        @Override
        public void visitIincInsn(int variable, int increment) {
            pushed.clear();
        }
    }
}
