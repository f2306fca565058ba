/** Colours of the terminal; each function answers the text unchanged where colours are off. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  red(text: string): string;
  cyan(text: string): string;
}

/**
 * Colours for a terminal, none for a pipe. NO_COLOR (any value but the empty one, https://no-color.org) and
 * TERM=dumb switch them off.
 */
export function styleFor(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): Style {
  const isOn = isTerminal && !environment.NO_COLOR && environment.TERM !== "dumb";
  const wrap =
    (on: number, off: number) =>
    (text: string): string =>
      isOn && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: wrap(1, 22),
    dim: wrap(2, 22),
    green: wrap(32, 39),
    yellow: wrap(33, 39),
    red: wrap(31, 39),
    cyan: wrap(36, 39),
  };
}

/** Columns that a text takes on the terminal: its characters without the escape sequences of colours. */
export function visibleWidth(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
  return [...text.replace(/\u001b\[[0-9;]*m/g, "")].length;
}

/** Shortens plain text to at most `width` columns, with an ellipsis where something is cut off. */
export function shorten(text: string, width: number): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  return width <= 1 ? "…".slice(0, Math.max(0, width)) : `${characters.slice(0, width - 1).join("")}…`;
}
