/** The demo cannot go on, or found that something asked for does not stand; the message says what. */
export class DemoError extends Error {
  override readonly name = "DemoError";
}
