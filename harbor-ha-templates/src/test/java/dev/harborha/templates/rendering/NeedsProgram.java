package dev.harborha.templates.rendering;

import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/**
 * Skips a property, visibly and with the reason, when the program that judges is missing. Where programs are required it does
 * not skip, and the property fails when it asks for the program.
 */
public abstract class NeedsProgram implements SkipExecutionHook {

    private final Supplier<Optional<?>> program;
    private final String reason;
    private final boolean required;

    private NeedsProgram(String reason, boolean required, Supplier<Optional<?>> program) {
        this.reason = reason;
        this.required = required;
        this.program = program;
    }

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        return required || program.get().isPresent() ? SkipResult.doNotSkip() : SkipResult.skip(reason);
    }

    /** Skips without a Python 3 that has PyYAML. */
    public static final class Python3 extends NeedsProgram {

        /** Made by jqwik. */
        public Python3() {
            super("There is no python3 with PyYAML.", Boolean.getBoolean(Program.REQUIRE_PROGRAMS), Program::python3);
        }
    }

    /** Skips without Python 2.7, which machines of today need not have; one that is named has to work. */
    public static final class Python2 extends NeedsProgram {

        /** Made by jqwik. */
        public Python2() {
            super(
                    "There is no Python 2.7; -D" + Program.PYTHON2 + "=PATH names one.",
                    !System.getProperty(Program.PYTHON2, "").isEmpty(),
                    Program::python2);
        }
    }

    /** Skips without {@code docker-compose} 1.26 to 1.29. */
    public static final class Compose1 extends NeedsProgram {

        /** Made by jqwik. */
        public Compose1() {
            super(
                    "There is no docker-compose 1.26 to 1.29.",
                    Boolean.getBoolean(Program.REQUIRE_PROGRAMS),
                    EnvReaders::compose1Python);
        }
    }

    /** Skips without HAProxy. */
    public static final class Haproxy extends NeedsProgram {

        /** Made by jqwik. */
        public Haproxy() {
            super("There is no haproxy.", Boolean.getBoolean(Program.REQUIRE_PROGRAMS), () -> Program.find("haproxy"));
        }
    }

    /** Skips without nginx. */
    public static final class Nginx extends NeedsProgram {

        /** Made by jqwik. */
        public Nginx() {
            super(
                    "The program nginx is not installed.",
                    Boolean.getBoolean(Program.REQUIRE_PROGRAMS),
                    () -> Program.find("nginx"));
        }
    }
}
