/**
 * Runs the real {@code prepare} of a Harbor release and compares what it wrote with what this library renders, key by key:
 *
 * <pre>{@code
 * private static final Differences DIFFERENCES = Differences.documented(
 *         Documented.changed(
 *                 VersionRange.since("2.0.0"),
 *                 "common/config/core/env: POSTGRESQL_MAX_OPEN_CONNS",
 *                 "prepare's default is no limit, which a shared database does not survive"));
 *
 * @TempDir
 * Path folder;
 *
 * @BeforeAll
 * static void harbor() {
 *     HarborSource.require();                                  // skips the class, visibly, without a source
 * }
 *
 * static List<HarborVersion> releases() {
 *     return HarborSource.require().releasesAroundChanges();
 * }
 *
 * @ParameterizedTest
 * @MethodSource("releases")
 * void rendersWhatPrepareWrites(HarborVersion release) throws IOException {
 *     SortedMap<String, String> ours = …;                      // path on the node → text, with common/config/core/env …
 *     Prepared theirs = RealPrepare.of(release, harborYml)
 *             .withTrivy()
 *             .data("secret/keys/secretkey", secretKey)        // drawn keys are kept, and RSA need not be drawn
 *             .data("secret/core/private_key.pem", key)
 *             .data("secret/registry/root.crt", certificate)
 *             .run(folder)
 *             .succeeded();
 *     Statements statements = Statements.ignoring("CORE_SECRET", "JOBSERVICE_SECRET", "CSRF_KEY");
 *     assertThat(DIFFERENCES.undocumented(
 *                     release,
 *                     statements.of(theirs.files(), EnvReader.RAW),
 *                     statements.of(ours, EnvReader.COMPOSE)))
 *             .isEmpty();
 * }
 *
 * @AfterAll
 * static void noneIsDocumentedInVain() {
 *     assertThat(DIFFERENCES.unmatched()).isEmpty();
 * }
 * }</pre>
 *
 * <p>Nothing of Harbor's is kept here: its script comes from the folder that {@code -Dharborha.harborSource=DIR} names.
 */
@NullMarked
package dev.harborha.prepare;

import org.jspecify.annotations.NullMarked;
