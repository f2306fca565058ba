/** The tool was called in a way that it does not know: exit code 2, with the usage. */
export class MisuseError extends Error {
  override readonly name = "MisuseError";
}
