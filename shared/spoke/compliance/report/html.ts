/** A piece of HTML in which every text is escaped: only `html` and `joined` make it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Html | readonly Html[];

/** HTML with values in it: texts and numbers become text, whatever they hold; pieces of HTML stay. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const text = parts.map((part, index) => {
    const value = values[index];
    return value === undefined ? part : part + textOf(value);
  });
  return new Html(text.join(""));
}

export const nothing = new Html("");

function textOf(value: Value): string {
  if (value instanceof Html) return value.text;
  if (typeof value === "string" || typeof value === "number") return escaped(String(value));
  return value.map(({ text }) => text).join("");
}

/**
 * For text and for attributes in double quotes. What is no character of HTML, or turns the order of those around it, becomes
 * one that shows it.
 */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
    .replaceAll(/[^\P{Cc}\n\t]|\p{Cs}|\p{Bidi_Control}/gu, "\ufffd");
}
