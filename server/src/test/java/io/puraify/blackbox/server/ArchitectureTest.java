package io.puraify.blackbox.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Which part may know of which: {@code core ← storage}; {@code core, journal ← engine ← server}.
 *
 * <p>Lives here because the server is the module that has all others on its class path.
 */
@AnalyzeClasses(packages = "io.puraify.blackbox", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ALL = "io.puraify.blackbox..";
  private static final String CORE = "io.puraify.blackbox.core..";
  private static final String JOURNAL = "io.puraify.blackbox.journal..";
  private static final String STORAGE = "io.puraify.blackbox.storage..";
  private static final String ENGINE = "io.puraify.blackbox.engine..";
  private static final String TEMPLATES = "io.puraify.blackbox.engine.templates..";
  private static final String MATCH = "io.puraify.blackbox.engine.match..";
  private static final String OUTGOING = "io.puraify.blackbox.engine.outgoing..";
  private static final String QUERY = "io.puraify.blackbox.engine.query..";
  private static final String STATE = "io.puraify.blackbox.engine.state..";
  private static final String HTTP = "io.puraify.blackbox.server.http..";

  /** The wiring alone: its sub-packages do not count. */
  private static final String WIRING = "io.puraify.blackbox.server";

  @ArchTest
  static final ArchRule coreNeedsTheJdkAndRegularExpressionsAlone =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(CORE, "java..", "org.jspecify..", "com.google.re2j.."));

  @ArchTest
  static final ArchRule theJournalNeedsTheJdkAlone =
      classes()
          .that()
          .resideInAPackage(JOURNAL)
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage(JOURNAL, "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule storesKnowOfCoreAlone =
      noClasses()
          .that()
          .resideInAPackage(STORAGE)
          .should()
          .dependOnClassesThat(resideInAPackage(ALL).and(resideOutsideOfPackages(CORE, STORAGE)));

  @ArchTest
  static final ArchRule storesKnowNothingOfEachOther =
      slices()
          .matching("io.puraify.blackbox.storage.(*)..")
          .should()
          .notDependOnEachOther()
          // The contract suite is in no store's main code.
          .ignoreDependency(
              resideInAPackage(STORAGE),
              resideInAPackage("io.puraify.blackbox.storage.contract.."));

  @ArchTest
  static final ArchRule theEngineKnowsOfCoreAndTheJournalAlone =
      noClasses()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .dependOnClassesThat(
              resideInAPackage(ALL).and(resideOutsideOfPackages(CORE, JOURNAL, ENGINE)));

  @ArchTest
  static final ArchRule featuresOfTheEngineMeetOnlyThroughCore =
      slices()
          .matching("io.puraify.blackbox.engine.(*)..")
          .should()
          .notDependOnEachOther()
          // What several features need in the same form.
          .ignoreDependency(resideInAPackage(ENGINE), resideInAPackage(TEMPLATES))
          .ignoreDependency(resideInAPackage(ENGINE), resideInAPackage(MATCH))
          // There is one way out, which keeps to the same addresses and the same patience.
          .ignoreDependency(resideInAPackage(ENGINE), resideInAPackage(OUTGOING))
          // Where features keep what they know.
          .ignoreDependency(resideInAPackage(ENGINE), resideInAPackage(STATE))
          // What requests say reads the same everywhere.
          .ignoreDependency(resideInAPackage(ENGINE), resideInAPackage(QUERY));

  @ArchTest
  static final ArchRule templatesNeedTheJdkAlone =
      classes()
          .that()
          .resideInAPackage(TEMPLATES)
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage(TEMPLATES, "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule onlyThoseThatFillOrFollowItKnowOfTheJournal =
      noClasses()
          .that(
              resideInAPackage(ENGINE)
                  .and(
                      resideOutsideOfPackages(
                          "io.puraify.blackbox.engine.collector..",
                          "io.puraify.blackbox.engine.consumers..",
                          "io.puraify.blackbox.engine.tail..")))
          .should()
          .dependOnClassesThat(resideInAPackage(JOURNAL));

  @ArchTest
  static final ArchRule onlyHttpKnowsOfVertx =
      noClasses()
          .that(resideOutsideOfPackages(HTTP))
          .should()
          .dependOnClassesThat(resideInAnyPackage("io.vertx..", "io.netty.."));

  @ArchTest
  static final ArchRule onlyTheWiringNamesAConcreteStore =
      noClasses()
          .that(resideOutsideOfPackages(WIRING, STORAGE))
          .should()
          .dependOnClassesThat(resideInAPackage(STORAGE));

  @ArchTest
  static final ArchRule packagesDependOnEachOtherInOneDirection =
      slices().matching("io.puraify.blackbox.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodyLogsPastTheServer =
      NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.because("the server says where logs go");

  /** The server prints one line; a command's output is its result. */
  @ArchTest
  static final ArchRule onlyTheServerPrints =
      noClasses()
          .that()
          .resideInAnyPackage(CORE, JOURNAL, STORAGE, ENGINE)
          .should(ACCESS_STANDARD_STREAMS);
}
