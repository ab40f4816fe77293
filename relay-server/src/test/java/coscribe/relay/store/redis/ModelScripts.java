package coscribe.relay.store.redis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.MathLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.StringLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.VarArgFunction;
import redis.clients.jedis.exceptions.JedisDataException;

/// Runs the product's own scripts as Redis does: numbers that leave Lua as Redis prints them, nothing
/// kept from one call to the next.
final class ModelScripts {
    private static final Map<String, Prototype> COMPILED = compiled();

    private final Globals globals = new Globals();
    private Commands commands = _ -> null;

    /// Carries out what a script calls.
    interface Commands {
        @Nullable
        Object run(List<String> words);
    }

    private static Map<String, Prototype> compiled() {
        var all = new HashMap<String, Prototype>();
        for (Script script : Script.ALL) {
            try {
                all.put(script.sha(), LuaC.instance.compile(new ByteArrayInputStream(script.source()), script.name()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    ModelScripts() {
        globals.load(new BaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        globals.load(new StringLib());
        globals.load(new MathLib());
        globals.set("unpack", globals.get("table").get("unpack"));
        globals.get("string").set("format", new Format());
        var redis = new LuaTable();
        redis.set("call", new Call(false));
        redis.set("pcall", new Call(true));
        globals.set("redis", redis);
    }

    /// @param words  of `EVALSHA`
    @Nullable
    Object run(List<String> words, Commands calls) {
        var script = COMPILED.get(words.get(1));
        if (script == null) {
            throw new JedisDataException("NOSCRIPT No matching script. Please use EVAL.");
        }
        commands = calls;
        int keys = Integer.parseInt(words.get(2));
        globals.set("KEYS", table(words.subList(3, 3 + keys)));
        globals.set("ARGV", table(words.subList(3 + keys, words.size())));
        try {
            return reply(new org.luaj.vm2.LuaClosure(script, globals).call());
        } catch (LuaError e) {
            if (e.getCause() instanceof JedisDataException refused) {
                throw refused;
            }
            throw new JedisDataException("ERR user_script: " + e.getMessage());
        }
    }

    private static LuaTable table(List<String> words) {
        var table = new LuaTable(words.size(), 0);
        for (int i = 0; i < words.size(); i++) {
            table.set(i + 1, lua(words.get(i)));
        }
        return table;
    }

    private static LuaString lua(String latin) {
        return LuaString.valueOf(ModelKeys.bytes(latin));
    }

    private static @Nullable Object reply(LuaValue value) {
        if (value.isnil() || value == LuaValue.FALSE) {
            return null;
        }
        if (value == LuaValue.TRUE) {
            return 1L;
        }
        if (value.type() == LuaValue.TNUMBER) {
            return (long) value.todouble();
        }
        if (value instanceof LuaString text) {
            return bytes(text);
        }
        var list = new ArrayList<Object>();
        for (int i = 1; !value.get(i).isnil(); i++) {
            list.add(reply(value.get(i)));
        }
        return list;
    }

    private static byte[] bytes(LuaString text) {
        var bytes = new byte[text.length()];
        text.copyInto(0, bytes, 0, bytes.length);
        return bytes;
    }

    private static LuaValue toLua(@Nullable Object reply) {
        return switch (reply) {
            case null -> LuaValue.FALSE;
            case byte[] text -> LuaString.valueOf(text);
            case Long number -> LuaValue.valueOf((double) number);
            case List<?> list -> {
                var table = new LuaTable(list.size(), 0);
                for (int i = 0; i < list.size(); i++) {
                    table.set(i + 1, toLua(list.get(i)));
                }
                yield table;
            }
            default -> throw new IllegalStateException("a reply of " + reply.getClass());
        };
    }

    /// As Redis prints a number that a script hands to a command, `%.17g`.
    static String number(double value) {
        var plain = new BigDecimal(value);
        if (value == Math.rint(value) && Math.abs(value) < 1e17) {
            return plain.toBigInteger().toString();
        }
        return String.format(Locale.ROOT, "%.17g", value);
    }

    private final class Call extends VarArgFunction {
        private final boolean caught;

        Call(boolean caught) {
            this.caught = caught;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            var words = new ArrayList<String>(arguments.narg());
            for (int i = 1; i <= arguments.narg(); i++) {
                var each = arguments.arg(i);
                words.add(
                        each.type() == LuaValue.TNUMBER
                                ? number(each.todouble())
                                : ModelKeys.text(bytes(each.checkstring())));
            }
            try {
                return toLua(commands.run(words));
            } catch (JedisDataException refused) {
                if (caught) {
                    var error = new LuaTable();
                    error.set("err", String.valueOf(refused.getMessage()));
                    return error;
                }
                throw new LuaError(refused);
            }
        }
    }

    /// Only the forms which the scripts use; the library's own prints a whole number with a fraction.
    private static final class Format extends VarArgFunction {
        @Override
        public Varargs invoke(Varargs arguments) {
            var values = new ArrayList<Object>();
            for (int i = 2; i <= arguments.narg(); i++) {
                values.add(new BigDecimal(arguments.arg(i).todouble()));
            }
            var pattern = arguments.checkjstring(1).replaceAll("%(0?[0-9]*)d", "%$1.0f");
            return LuaValue.valueOf(String.format(Locale.ROOT, pattern, values.toArray()));
        }
    }
}
