/** The bundle or the package could not be made; the message says why: the bundler's own words, or what to mend. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}
