import type { LocalAzure } from "../arm/local-azure.ts";

interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly body: unknown;
}

/** Body of each PUT on exactly this resource, in the order of the calls. */
export async function bodiesPut(azure: LocalAzure, id: string): Promise<unknown[]> {
  const { value } = await azure.control<{ value: RecordedRequest[] }>("GET", "requests");
  const wanted = value.filter(
    ({ method, url }) =>
      method === "PUT" && decodeURIComponent(url.split("?")[0] ?? "").toLowerCase() === id.toLowerCase(),
  );
  return wanted.map(({ body }) => body);
}

/** Status of each call of a method on a resource (its id, or the beginning of it), in the order of the calls. */
export async function statusesOf(azure: LocalAzure, method: string, id: string): Promise<number[]> {
  const { value } = await azure.control<{ value: RecordedRequest[] }>("GET", "requests");
  const wanted = value.filter((one) => one.method === method && decodeURIComponent(one.url).includes(id));
  return wanted.map(({ status }) => status);
}
