/**
 * Whether two places hold the same text of some length, eight characters at least. They are compared eight at once, as
 * floating-point numbers: digits, dots, commas and letters make none that differs from itself or equals another.
 */
export function isSameText(view: DataView, one: number, other: number, length: number): boolean {
  const last = length - 8;
  for (let at = 0; at < last; at += 8) {
    if (view.getFloat64(one + at, true) !== view.getFloat64(other + at, true)) return false;
  }
  return view.getFloat64(one + last, true) === view.getFloat64(other + last, true);
}

/** The same of a text that is eight to sixteen characters long, as an address with its comma is. */
export function isSameAddress(view: DataView, one: number, other: number, length: number): boolean {
  const last = length - 8;
  return (
    view.getFloat64(one, true) === view.getFloat64(other, true) &&
    view.getFloat64(one + last, true) === view.getFloat64(other + last, true)
  );
}

/** The same of a text that is four to twelve characters long. */
export function isSameShortText(view: DataView, one: number, other: number, length: number): boolean {
  const last = length - 4;
  const middle = last < 4 ? last : 4;
  return (
    view.getInt32(one, true) === view.getInt32(other, true) &&
    view.getInt32(one + middle, true) === view.getInt32(other + middle, true) &&
    view.getInt32(one + last, true) === view.getInt32(other + last, true)
  );
}
