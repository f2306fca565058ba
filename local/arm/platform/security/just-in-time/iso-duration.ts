const shape = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;

/** Minutes of an ISO 8601 duration of days, hours and minutes; undefined where the text is none. */
export function minutesOf(text: string): number | undefined {
  const [whole, days = "0", hours = "0", minutes = "0"] = shape.exec(text) ?? [];
  if (whole === undefined || !/\d/.test(text) || text.endsWith("T")) return undefined;
  return (Number(days) * 24 + Number(hours)) * 60 + Number(minutes);
}
