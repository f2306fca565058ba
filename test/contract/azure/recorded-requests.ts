import type { LocalAzure } from "../arm/local-azure.ts";

interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly status: number;
}

/** Status of each call of a method on a resource (its id, or the beginning of it), in the order of the calls. */
export async function statusesOf(azure: LocalAzure, method: string, id: string): Promise<number[]> {
  const { value } = await azure.control<{ value: RecordedRequest[] }>("GET", "requests");
  const wanted = value.filter((one) => one.method === method && decodeURIComponent(one.url).includes(id));
  return wanted.map(({ status }) => status);
}
