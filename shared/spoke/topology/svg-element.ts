type Attributes = Readonly<Record<string, string | number>>;

/** Text as it stands in XML: escaped, and without the characters that XML 1.0 cannot hold. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** An SVG element. `children` are markup; attributes are escaped here. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const told = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  return `<${name}${told.join("")}>${children.join("")}</${name}>`;
}

/** A shape with the title by which assistive technology and the pointer name it. */
export function shape(name: string, title: string, attributes: Attributes): string {
  return element(name, attributes, element("title", {}, xmlText(title)));
}

/** One line of text; `y` is its base line. */
export function textLine(text: string, x: number, y: number, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, xmlText(text));
}
