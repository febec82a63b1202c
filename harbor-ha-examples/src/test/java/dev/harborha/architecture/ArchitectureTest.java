package dev.harborha.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.harborha.secret.Secret;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The house rules of docs/rationale.md that a program can hold. */
@AnalyzeClasses(packages = "dev.harborha", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String SECRET = "dev.harborha.secret..";
    private static final String MODEL = "dev.harborha.model..";
    private static final String KEYS = "dev.harborha.keys..";
    private static final String VALIDATION = "dev.harborha.validation";
    private static final String RULES = "dev.harborha.validation.rules..";
    private static final String RENDER = "dev.harborha.render..";
    private static final String AUDIT = "dev.harborha.audit..";
    private static final String TESTKIT = "dev.harborha.testkit..";
    private static final String ENTRANCE = "dev.harborha";
    private static final String TEMPLATES = "dev.harborha.templates..";
    private static final String EXAMPLES = "dev.harborha.examples..";

    @ArchTest
    static final ArchRule secretKnowsNobody = mayKnow(SECRET);

    @ArchTest
    static final ArchRule modelKnowsSecrets = mayKnow(MODEL, SECRET);

    @ArchTest
    static final ArchRule keysKnowSecrets = mayKnow(KEYS, SECRET);

    @ArchTest
    static final ArchRule validationKnowsTheModel = mayKnow(VALIDATION, MODEL, SECRET);

    @ArchTest
    static final ArchRule rulesKnowValidationModelAndKeys = mayKnow(RULES, VALIDATION, MODEL, KEYS, SECRET);

    @ArchTest
    static final ArchRule renderKnowsModelAndKeys = mayKnow(RENDER, MODEL, KEYS, SECRET);

    @ArchTest
    static final ArchRule auditReadsFilesNotTheModelsRules = mayKnow(AUDIT, VALIDATION, RENDER, KEYS, MODEL, SECRET);

    @ArchTest
    static final ArchRule entranceDoesNotKnowTemplates =
            mayKnow(ENTRANCE, SECRET, MODEL, KEYS, VALIDATION, RULES, RENDER, AUDIT);

    @ArchTest
    static final ArchRule testKitKnowsWhatRulesKnow = mayKnow(TESTKIT, SECRET, MODEL, VALIDATION, RENDER, AUDIT);

    @ArchTest
    static final ArchRule nobodyKnowsTheTestKit = noClasses()
            .that(are(not(resideInAPackage(TESTKIT))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TESTKIT)
            .because("it is for tests");

    @ArchTest
    static final ArchRule templatesDoNotKnowExamples = noClasses()
            .that()
            .resideInAPackage(TEMPLATES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(EXAMPLES);

    @ArchTest
    static final ArchRule corePackagesAreAcyclic = slices().matching(
                    "dev.harborha.(secret|model|keys|validation|render|audit)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule templatePackagesAreAcyclic =
            slices().matching("dev.harborha.templates.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule bouncyCastleStaysInKeys = noClasses()
            .that(are(not(resideInAPackage(KEYS))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule noGlobalProviders = noClasses()
            .should()
            .callMethod(java.security.Security.class, "addProvider", java.security.Provider.class)
            .because("an embedded library does not change its host's JVM");

    @ArchTest
    static final ArchRule publicSignaturesAreOurs = members()
            .that(describe("are visible to users", ArchitectureTest::isVisible))
            .should(carryOnlyTypesFromPackages("java..", "dev.harborha..", ""));

    /** Whoever opens a secret is listed here; a new entry needs a reason in review. */
    private static final Set<String> MAY_REVEAL = Set.of(
            "dev.harborha.keys",
            "dev.harborha.model.TlsCertificate$Pem",
            "dev.harborha.model.VirtualIp",
            "dev.harborha.validation.rules.ReaderRules$Check",
            "dev.harborha.validation.rules.SecretRules",
            "dev.harborha.validation.rules.VirtualIpRules",
            "dev.harborha.testkit.RuleTester",
            "dev.harborha.templates.harbor05.Harbor05Renderer",
            "dev.harborha.templates.harbor05.HarborCfgText",
            "dev.harborha.templates.harbor05.RegistryConfig",
            "dev.harborha.templates.harbor2.EnvTables",
            "dev.harborha.templates.harbor2.HarborYmlFile",
            "dev.harborha.templates.harbor2.NodeTree",
            "dev.harborha.templates.harbor2.ProxyEnv",
            "dev.harborha.templates.harbor2.RedisUrl",
            "dev.harborha.templates.harbor2.RegistryConfig",
            "dev.harborha.templates.harbor2.TraceEnv",
            "dev.harborha.templates.registry.StorageOptions",
            "dev.harborha.templates.nginx.NginxLoadBalancerRenderer",
            "dev.harborha.templates.nginx.NodeChecker",
            "dev.harborha.templates.haproxy.HaproxyConfig",
            "dev.harborha.templates.haproxy.HaproxyLoadBalancerRenderer",
            "dev.harborha.templates.keepalived.KeepalivedRenderer",
            "dev.harborha.templates.clusterfile");

    @ArchTest
    static void onlyTheListedOpenSecrets(JavaClasses classes) {
        Set<String> callers = new TreeSet<>();
        for (JavaClass caller : classes) {
            boolean calls = Stream.concat(
                            caller.getMethodCallsFromSelf().stream(), caller.getMethodReferencesFromSelf().stream())
                    .anyMatch(access -> access.getTargetOwner().isEquivalentTo(Secret.class)
                            && access.getTarget().getName().equals("reveal"));
            if (calls && !caller.isEquivalentTo(Secret.class) && !mayReveal(caller)) {
                callers.add(caller.getName());
            }
        }
        if (!callers.isEmpty()) {
            throw new AssertionError("Secret.reveal() is called by classes that are not listed: " + callers);
        }
    }

    private static boolean mayReveal(JavaClass caller) {
        return MAY_REVEAL.stream()
                .anyMatch(allowed -> caller.getName().equals(allowed)
                        || caller.getPackageName().equals(allowed));
    }

    @ArchTest
    static final ArchRule checkAndRenderArePure = noClasses()
            .that(are(resideInAnyPackage(
                    MODEL,
                    VALIDATION,
                    RULES,
                    AUDIT,
                    "dev.harborha.templates.nginx..",
                    "dev.harborha.templates.haproxy..",
                    "dev.harborha.templates.keepalived..",
                    "dev.harborha.templates.balancer..",
                    "dev.harborha.templates.harbor05..",
                    "dev.harborha.templates.harbor2..",
                    "dev.harborha.templates.registry..",
                    "dev.harborha.templates.chrony..",
                    "dev.harborha.templates.yaml..")))
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Files.class, Random.class, SecureRandom.class, Clock.class)
            .orShould()
            .callMethodWhere(describe(
                    "to now() of java.time",
                    call -> call.getTargetOwner().getPackageName().equals("java.time")
                            && call.getTarget().getName().equals("now")))
            .orShould()
            .callMethodWhere(callsTo("java.lang.System", "getenv", "getProperty", "currentTimeMillis", "nanoTime"));

    @ArchTest
    static final ArchRule noUtils = noClasses()
            .should()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameStartingWith("Abstract")
            .because("a helper belongs to a concept, or stands beside its only caller");

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        List<String> unmarked = classes.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(found -> !found.getClasses().isEmpty() && !found.isAnnotatedWith(NullMarked.class))
                .map(found -> found.getName())
                .sorted()
                .toList();
        if (!unmarked.isEmpty()) {
            throw new AssertionError("Packages without @NullMarked in their package-info: " + unmarked);
        }
    }

    private static ArchRule mayKnow(String packages, String... others) {
        String[] own = Stream.concat(Stream.of(packages), Stream.of(others)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(packages)
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("dev.harborha..")).or(resideInAnyPackage(own)));
    }

    private static DescribedPredicate<JavaMethodCall> callsTo(String owner, String... names) {
        Set<String> wanted = Set.of(names);
        return describe(
                "to " + owner + "." + wanted,
                call -> call.getTargetOwner().getName().equals(owner)
                        && wanted.contains(call.getTarget().getName()));
    }

    private static boolean isVisible(JavaMember member) {
        boolean open = member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
        JavaClass owner = member.getOwner();
        while (open) {
            open = owner.getModifiers().contains(JavaModifier.PUBLIC);
            if (owner.getEnclosingClass().isEmpty()) {
                break;
            }
            owner = owner.getEnclosingClass().get();
        }
        return open && !member.getOwner().getPackageName().startsWith("dev.harborha.examples");
    }

    private static ArchCondition<JavaMember> carryOnlyTypesFromPackages(String... packages) {
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(packages);
        return new ArchCondition<>("carry only types of the JDK and of this library") {
            @Override
            public void check(JavaMember member, ConditionEvents events) {
                Stream<JavaClass> types = member instanceof JavaCodeUnit unit
                        ? Stream.of(
                                        Stream.of(unit.getRawReturnType()),
                                        unit.getRawParameterTypes().stream(),
                                        unit.getReturnType().getAllInvolvedRawTypes().stream(),
                                        unit.getExceptionTypes().stream())
                                .flatMap(found -> found)
                        : ((JavaField) member).getType().getAllInvolvedRawTypes().stream();
                types.map(JavaClass::getBaseComponentType)
                        .filter(not(allowed))
                        .forEach(foreign -> events.add(SimpleConditionEvent.violated(
                                member, member.getFullName() + " carries " + foreign.getName())));
            }
        };
    }
}
