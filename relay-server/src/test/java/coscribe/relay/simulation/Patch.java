package coscribe.relay.simulation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.concurrent.atomic.AtomicInteger;

/// A change of one method's byte code. Whoever plants it must make sure that it was applied: {@link
/// #apply} throws where there is nothing to change, so a renamed method cannot make a mutant
/// harmless unseen.
sealed interface Patch {
    /// Whether this class is changed.
    boolean changes(String name);

    byte[] apply(byte[] original);

    /// Nothing, in every class: each is taken apart and put together again as the others are, so
    /// that what they find is theirs and not the loader's.
    record Nothing() implements Patch {
        @Override
        public boolean changes(String name) {
            return true;
        }

        @Override
        public byte[] apply(byte[] original) {
            var file = ClassFile.of();
            return file.transformClass(
                    file.parse(original),
                    ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element)));
        }
    }

    /// The method does what the static method of the same name in `by` does; an instance becomes
    /// its first argument.
    record Body(String in, String method, String by) implements Patch {
        @Override
        public boolean changes(String name) {
            return name.equals(in);
        }

        @Override
        public byte[] apply(byte[] original) {
            var patched = new AtomicInteger();
            var file = ClassFile.of();
            byte[] changed = file.transformClass(file.parse(original), (builder, element) -> {
                if (element instanceof MethodModel found && found.methodName().equalsString(method)) {
                    patched.incrementAndGet();
                    redirect(builder, found);
                } else {
                    builder.with(element);
                }
            });
            return once(changed, patched, this);
        }

        private void redirect(java.lang.classfile.ClassBuilder builder, MethodModel found) {
            boolean isStatic = found.flags().has(AccessFlag.STATIC);
            MethodTypeDesc type = found.methodTypeSymbol();
            MethodTypeDesc wide = isStatic ? type : type.insertParameterTypes(0, ClassDesc.of(in));
            builder.withMethodBody(
                    found.methodName().stringValue(), type, found.flags().flagsMask(), code -> {
                        int slot = 0;
                        for (ClassDesc parameter : wide.parameterList()) {
                            var kind = TypeKind.from(parameter);
                            code.loadLocal(kind, slot);
                            slot += kind.slotSize();
                        }
                        code.invokestatic(ClassDesc.of(by), method, wide);
                        code.return_(TypeKind.from(type.returnType()));
                    });
        }
    }

    /// The `index`th call of `owner.name` inside the method, or inside a lambda in it, goes to
    /// `by.instead`, the receiver as its first argument.
    record Call(String in, String method, String owner, String name, int index, String by, String instead)
            implements Patch {
        @Override
        public boolean changes(String name) {
            return name.equals(in);
        }

        @Override
        public byte[] apply(byte[] original) {
            var seen = new AtomicInteger();
            var patched = new AtomicInteger();
            CodeTransform code = (builder, element) -> {
                if (element instanceof InvokeInstruction call
                        && call.name().equalsString(name)
                        && call.owner().asSymbol().equals(ClassDesc.of(owner))
                        && seen.getAndIncrement() == index) {
                    patched.incrementAndGet();
                    builder.invokestatic(
                            ClassDesc.of(by), instead, call.typeSymbol().insertParameterTypes(0, ClassDesc.of(owner)));
                } else {
                    builder.with(element);
                }
            };
            return once(transformed(original, method, code), patched, this);
        }
    }

    /// `Side.LEFT` and `Side.RIGHT` change places inside the method.
    record Sides(String in, String method) implements Patch {
        @Override
        public boolean changes(String name) {
            return name.equals(in);
        }

        @Override
        public byte[] apply(byte[] original) {
            var patched = new AtomicInteger();
            var side = ClassDesc.of("coscribe.ot.delta.Side");
            CodeTransform code = (builder, element) -> {
                if (element instanceof FieldInstruction field
                        && field.owner().asSymbol().equals(side)) {
                    patched.set(1);
                    builder.getstatic(side, field.name().equalsString("LEFT") ? "RIGHT" : "LEFT", side);
                } else {
                    builder.with(element);
                }
            };
            return once(transformed(original, method, code), patched, this);
        }
    }

    static Patch body(String in, String method, String by) {
        return new Body(in, method, by);
    }

    static Patch call(String in, String method, String owner, String name, int index, String by, String instead) {
        return new Call(in, method, owner, name, index, by, instead);
    }

    static Patch sides(String in, String method) {
        return new Sides(in, method);
    }

    private static byte[] transformed(byte[] original, String method, CodeTransform code) {
        var file = ClassFile.of();
        return file.transformClass(
                file.parse(original),
                ClassTransform.transformingMethodBodies(
                        found -> isOrIsIn(found.methodName().stringValue(), method), code));
    }

    private static boolean isOrIsIn(String name, String method) {
        return name.equals(method) || name.startsWith("lambda$" + method + "$");
    }

    private static byte[] once(byte[] changed, AtomicInteger patched, Patch patch) {
        if (patched.get() != 1) {
            throw new IllegalStateException(patch + " found its place " + patched.get() + " times");
        }
        return changed;
    }
}
