import { expect, test } from "vitest";
import { firstSubscription } from "../local-azure.ts";
import { location } from "../network/network-fixture.ts";
import { startStoredAzure } from "../stored-azure.ts";
import { EventReader, listenTo } from "./event-listening.ts";
import { makeGroup } from "./resources.ts";

test("events that were not delivered when the process died arrive in its next life", async () => {
  const stored = await startStoredAzure();
  try {
    const { azure } = stored;
    await listenTo(azure, await makeGroup(azure, "rg-topic"), {
      filter: { includedEventTypes: ["Microsoft.Resources.ResourceWriteSuccess"], subjectEndsWith: "/nsg-one" },
    });
    await azure.control("POST", "events", { failDeliveries: 3 });
    await azure.network().networkSecurityGroups.createOrUpdate("rg-topic", "nsg-one", { location });
    await azure.kill();
    await using _next = await stored.again();
    const [event] = await new EventReader(stored).until(({ length }) => length === 1);
    expect(event).toMatchObject({ source: `/subscriptions/${firstSubscription}` });
  } finally {
    await stored.stop();
  }
}, 60_000);

test("a failed operation is told as a failure", async () => {
  const stored = await startStoredAzure({ speed: 1000 });
  try {
    const { azure } = stored;
    await listenTo(azure, await makeGroup(azure, "rg-topic"), {
      filter: { includedEventTypes: ["Microsoft.Resources.ResourceWriteFailure"] },
    });
    await azure.control("POST", "faults", { kind: "lro-failed", match: { pathRegex: "nsg-one" } });
    const write = azure.network().networkSecurityGroups.createOrUpdate("rg-topic", "nsg-one", { location });
    await expect(write).rejects.toThrow();
    const [event] = await new EventReader(stored).until(({ length }) => length === 1);
    expect(event).toMatchObject({ type: "Microsoft.Resources.ResourceWriteFailure", data: { status: "Failed" } });
  } finally {
    await stored.stop();
  }
}, 60_000);
