const durationPattern = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/;

/**
 * Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds, such as `PT72H` or `P3D`; null for
 * anything else. A day is 24 hours.
 */
export function durationMilliseconds(text: string): number | null {
  const match = durationPattern.exec(text);
  if (match === null || match.slice(1).every((part) => part === undefined) || text.endsWith("T")) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
