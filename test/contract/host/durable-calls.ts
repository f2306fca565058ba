import { setTimeout as sleep } from "node:timers/promises";

/** The links of an instance, as starting it answers them. */
export interface InstanceLinks {
  id: string;
  statusQueryGetUri: string;
  sendEventPostUri: string;
  terminatePostUri: string;
  suspendPostUri: string;
  resumePostUri: string;
  rewindPostUri: string;
  purgeHistoryDeleteUri: string;
}

/** The status of an instance. */
export interface InstanceStatus {
  runtimeStatus: string;
  input: unknown;
  output: unknown;
  customStatus: unknown;
  historyEvents?: { EventType: string; EventId?: number; FunctionName?: string; FireAt?: string }[];
}

const running = ["Pending", "Running", "Suspended"];

/** Starts an orchestration through the starter function of the durable fixture. */
export async function start(url: string, name: string, input: unknown, id = ""): Promise<InstanceLinks> {
  const response = await fetch(`${url}/api/start/${name}/${encodeURIComponent(id)}`, {
    method: "POST",
    body: JSON.stringify(input),
  });
  if (response.status !== 202) {
    throw new Error(`Starting ${name} answered ${response.status}: ${await response.text()}`);
  }
  return (await response.json()) as InstanceLinks;
}

/** Reads the status of an instance. @param query e.g. `showHistory=true` */
export async function statusOf(links: Pick<InstanceLinks, "statusQueryGetUri">, query = ""): Promise<InstanceStatus> {
  const response = await fetch(`${links.statusQueryGetUri}&${query}`);
  return (await response.json()) as InstanceStatus;
}

/** Waits until an instance is over. */
export function finished(links: InstanceLinks, query = ""): Promise<InstanceStatus> {
  return until(
    () => statusOf(links, query),
    ({ runtimeStatus }) => !running.includes(runtimeStatus),
  );
}

/** Runs an orchestration to its end. */
export async function run(url: string, name: string, input: unknown, id?: string): Promise<InstanceStatus> {
  return finished(await start(url, name, input, id));
}

/** Sends an event. */
export async function raise(links: InstanceLinks, name: string, value: unknown): Promise<number> {
  return post(links.sendEventPostUri.replace("{eventName}", name), value);
}

/** Posts JSON. @returns the status code */
export async function post(url: string, value: unknown): Promise<number> {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(value) });
  return response.status;
}

/** Reads until what is read is as wanted; the test's own timeout ends a wait in vain. */
export async function until<T>(read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (wanted(value)) {
      return value;
    }
    await sleep(20);
  }
}
