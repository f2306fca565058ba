/** Font size in pixels of all text but the heading. */
export const fontSize = 12;

/** Upper estimate, in pixels: no font can be asked, and whoever looks has another one. */
export function textWidth(text: string, size = fontSize): number {
  return Math.ceil(text.length * size * 0.58);
}

/** The text, or as much of its beginning as fits; the rest stands in a title. */
export function fitted(text: string, width: number): string {
  const room = Math.floor(width / (fontSize * 0.58));
  return text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1))}…`;
}

/** Lines of whole words that fit into a width. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(fitted(word, width));
  }
  return lines;
}
