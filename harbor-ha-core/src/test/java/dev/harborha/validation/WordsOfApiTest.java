package dev.harborha.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.reflect.ClassPath;
import dev.harborha.HarborHa;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the fixes of rules name is there: methods of builders, methods and constants of classes. */
class WordsOfApiTest {

    private static final HarborHa HARBOR = HarborHa.create().on(RuleExamples.DAY);

    /** A call without its class, as in {@code .redis(…)}. */
    private static final Pattern CALL = Pattern.compile("(?<![A-Za-z0-9])\\.([a-z][A-Za-z0-9]*)\\(");

    /** A call on the parameter of a block, as in {@code db.address(…)}. */
    private static final Pattern CALL_IN_BLOCK = Pattern.compile("\\b[a-z]+\\.([a-z][A-Za-z0-9]*)\\(");

    private static final Pattern OF_CLASS = Pattern.compile("\\b([A-Z][A-Za-z0-9]+)\\.([A-Za-z][A-Za-z0-9_]*)\\b");

    /** Files that are named in capitals. */
    private static final Set<String> FILES = Set.of("INSTALL.md");

    private static final Set<String> METHODS = new TreeSet<>();
    private static final Map<String, Set<String>> MEMBERS = new TreeMap<>();

    static {
        try {
            for (ClassPath.ClassInfo info :
                    ClassPath.from(WordsOfApiTest.class.getClassLoader()).getTopLevelClassesRecursive("dev.harborha")) {
                Class<?> type = info.load();
                if (type.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .equals(HarborHa.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation())) {
                    learn(type);
                }
            }
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static void learn(Class<?> type) {
        if (!Modifier.isPublic(type.getModifiers())) {
            return;
        }
        Set<String> members = MEMBERS.computeIfAbsent(type.getSimpleName(), any -> new TreeSet<>());
        for (Method method : type.getMethods()) {
            if (method.getDeclaringClass().getName().startsWith("dev.harborha")) {
                METHODS.add(method.getName());
                members.add(method.getName());
            }
        }
        for (Field field : type.getFields()) {
            members.add(field.getName());
        }
        for (Class<?> nested : type.getClasses()) {
            if (nested.getDeclaringClass() == type) {
                learn(nested);
            }
        }
    }

    /** Returns every fix that somebody can read: those of the book, and what examples are told. */
    private static Map<String, Set<String>> fixes() {
        Map<String, Set<String>> fixes = new TreeMap<>();
        for (BookEntry entry : HARBOR.book().entries()) {
            String text = entry instanceof RuleInfo rule ? rule.fix() : ((Prevention) entry).how();
            fixes.computeIfAbsent(entry.id(), id -> new LinkedHashSet<>()).add(text);
        }
        RuleExamples.ALL
                .values()
                .forEach(examples -> examples.violating()
                        .values()
                        .forEach(cluster -> HARBOR.check(cluster)
                                .findings()
                                .forEach(finding -> fixes.computeIfAbsent(finding.id(), id -> new LinkedHashSet<>())
                                        .add(finding.fix()))));
        return fixes;
    }

    @Test
    void whatFixesNameIsThere() {
        Map<String, Set<String>> unknown = new TreeMap<>();
        int named = 0;
        for (Map.Entry<String, Set<String>> entry : fixes().entrySet()) {
            for (String fix : entry.getValue()) {
                Set<String> missing = new TreeSet<>();
                named += unknownIn(fix, missing);
                if (!missing.isEmpty()) {
                    unknown.computeIfAbsent(entry.getKey(), id -> new TreeSet<>())
                            .addAll(missing);
                }
            }
        }
        assertThat(unknown).as("words of fixes that are not in the API").isEmpty();
        assertThat(named).isGreaterThan(200);
    }

    private static int unknownIn(String fix, Set<String> missing) {
        int named = 0;
        for (Pattern pattern : new Pattern[] {CALL, CALL_IN_BLOCK}) {
            Matcher call = pattern.matcher(fix);
            while (call.find()) {
                named++;
                if (!METHODS.contains(call.group(1))) {
                    missing.add("." + call.group(1) + "(");
                }
            }
        }
        Matcher member = OF_CLASS.matcher(fix);
        while (member.find()) {
            if (MEMBERS.containsKey(member.group(1))) {
                named++;
                if (!MEMBERS.get(member.group(1)).contains(member.group(2))) {
                    missing.add(member.group());
                }
            } else if (member.group(2).matches("[A-Z_]+") || isCall(fix, member.end())) {
                if (!FILES.contains(member.group())) {
                    missing.add(member.group());
                }
            }
        }
        return named;
    }

    private static boolean isCall(String text, int end) {
        return end < text.length() && text.charAt(end) == '(';
    }

    @Test
    void whatIsNotThereIsSeen() {
        Set<String> missing = new TreeSet<>();
        unknownIn(
                "Use .rediss(…), .database(db -> db.adress(…)), SslMode.FULL, Secrets.of(…) or ClusterKeys.make(…), and not"
                        + " .redis(…), Secret.fromEnv(…) or SslMode.REQUIRE; see INSTALL.md.",
                missing);
        assertThat(missing)
                .containsExactlyInAnyOrder(".rediss(", ".adress(", "SslMode.FULL", "Secrets.of", "ClusterKeys.make");
    }
}
