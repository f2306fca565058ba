import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IpamPoolPort } from "../../../shared/azure/ports.ts";
import type { IpamPool } from "../../../shared/domain/address-pool.ts";
import { prefixesOverlap } from "../../../shared/domain/address-prefix.ts";
import { RefusedError, TransientError } from "../../../shared/domain/errors.ts";
import { AddressSpace, type SpaceWish } from "../../../shared/reconcile/address-space.ts";
import { openState, type State } from "../../../shared/state/open-state.ts";
import { startAzurite } from "../state/azurite-process.ts";

let azurite: Awaited<ReturnType<typeof startAzurite>>;
let state: State;

beforeAll(async () => {
  azurite = await startAzurite();
  state = await openState(azurite);
}, 60_000);

afterAll(() => azurite?.stop());

const failure = { code: "AuthorizationFailed", message: "no", resourceId: null, remedy: "" };
const minutes = (count: number) => new Date(Date.parse("2026-01-01T00:00:00.000Z") + count * 60_000).toISOString();
let next = 160;

/** A pool of /20 that others use too, in its own part of the address space, and what can go wrong with it. */
function poolOf20() {
  const network = `10.${next++}`;
  const holders = new Map<string, string>();
  const trouble: { reserve?: () => void; release?: () => void } = {};
  const pool: IpamPool = {
    ipamPoolId: `/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/networkManagers/n/ipamPools/pool-${next}`,
    addressPrefixes: [`${network}.0.0/20`],
  };
  const quarters = [0, 4, 8, 12].map((third) => `${network}.${third}.0/22`);
  const isHeld = (prefix: string) => [...holders.values()].some((other) => prefixesOverlap(other, prefix));
  const port: IpamPoolPort = {
    usageOf: async () => ({
      addressPrefixes: pool.addressPrefixes,
      availableAddressPrefixes: quarters.filter((quarter) => !isHeld(quarter)),
    }),
    reserve: async (id, prefix) => {
      trouble.reserve?.();
      if (holders.get(id) === prefix) return true;
      if (isHeld(prefix)) return false;
      holders.set(id, prefix);
      return true;
    },
    release: async (id) => {
      trouble.release?.();
      holders.delete(id);
    },
  };
  const space = new AddressSpace(state.leases, async () => port);
  const wish = (spoke: string, prefix: string | null = null, now = minutes(0)): SpaceWish => ({
    spoke: `${spoke}-${network}`,
    subscriptionId: "11111111-1111-1111-1111-111111111111",
    prefix,
    pools: pool.addressPrefixes,
    ipamPools: [pool],
    ownPool: pool,
    length: 22,
    reserved: [],
    now,
  });
  const leases = async () => (await state.leases.list()).filter(({ spoke }) => spoke.endsWith(`-${network}`));
  return { network, holders, trouble, space, wish, leases, name: (spoke: string) => `${spoke}-${network}` };
}

const prefixOf = (answer: { ok: boolean; prefix?: string }) => answer.prefix ?? JSON.stringify(answer);

describe("an IPAM pool", () => {
  test("ten at once: four disjoint prefixes, the rest is told that it is used up", async () => {
    const { space, wish, holders } = poolOf20();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => space.take(wish(`s${index}`))));
    expect(new Set(answers.filter(({ ok }) => ok).map(prefixOf)).size).toBe(4);
    expect([...holders.values()].sort()).toEqual(
      answers
        .filter(({ ok }) => ok)
        .map(prefixOf)
        .sort(),
    );
    expect(answers.filter((answer) => !answer.ok && answer.reason === "exhausted")).toHaveLength(6);
  });

  test("what another installation takes at the last moment is left to it", async () => {
    const { network, space, wish, holders, trouble, leases } = poolOf20();
    trouble.reserve = () => {
      holders.set("another installation's", `${network}.0.0/22`);
      delete trouble.reserve;
    };
    expect(prefixOf(await space.take(wish("late")))).toBe(`${network}.4.0/22`);
    expect((await leases()).map(({ prefix }) => prefix)).toEqual([`${network}.4.0/22`]);
  });

  test("an asked prefix is taken out of the pool it lies in, or refused naming the pool", async () => {
    const { network, space, wish, holders } = poolOf20();
    holders.set("another installation's", `${network}.0.0/23`);
    expect(await space.take(wish("asks", `${network}.0.0/22`))).toMatchObject({
      reason: "overlap",
      with: { owner: expect.stringContaining("IPAM pool pool-") },
    });
    expect(await space.preview(wish("asks", `${network}.0.0/22`))).toMatchObject({ reason: "overlap" });
    expect(await space.take(wish("asks", `${network}.4.0/22`))).toMatchObject({ ok: true });
    expect([...holders.values()]).toContain(`${network}.4.0/22`);
    expect(await space.take(wish("wide", `${network}.0.0/16`))).toMatchObject({
      with: { owner: expect.stringContaining("lie wholly") },
    });
    expect(await space.take({ ...wish("beside", "10.159.0.0/22") })).toEqual({ ok: true, prefix: "10.159.0.0/22" });
    expect(holders.size).toBe(2);
  });

  test("a preview tells the prefix and takes nothing", async () => {
    const { network, space, wish, holders, leases } = poolOf20();
    expect(await space.preview(wish("looks"))).toEqual({ ok: true, prefix: `${network}.0.0/22` });
    expect([holders.size, (await leases()).length]).toEqual([0, 0]);
  });

  test("asked again, also after a death on the way, a spoke has one prefix and one static CIDR", async () => {
    const { space, wish, holders, trouble, name } = poolOf20();
    trouble.reserve = () => {
      delete trouble.reserve;
      throw new TransientError({ ...failure, code: "ConnectionFailed" });
    };
    await expect(space.take(wish("again"))).rejects.toThrow();
    const first = prefixOf(await space.take(wish("again", null, minutes(1))));
    expect(prefixOf(await space.take(wish("again", null, minutes(2))))).toBe(first);
    await space.settle(name("again"), first);
    expect(prefixOf(await space.take(wish("again", first, minutes(99))))).toBe(first);
    expect([...holders.values()]).toEqual([first]);
  });

  test("what a spoke asked for besides returns when its record stands; all of it when it goes", async () => {
    const { network, space, wish, holders, leases, name } = poolOf20();
    await space.take(wish("two", `${network}.0.0/22`));
    await space.take(wish("two", `${network}.4.0/22`));
    expect(holders.size).toBe(2);
    expect(await space.settle(name("two"), `${network}.4.0/22`)).toBe(true);
    expect([...holders.values()]).toEqual([`${network}.4.0/22`]);
    expect(await space.release(name("two"))).toBeNull();
    expect([holders.size, (await leases()).length]).toEqual([0, 0]);
  });

  test("what is taken again after it was given back has another static CIDR: a late return cannot take it away", async () => {
    const { network, space, wish, holders, name } = poolOf20();
    await space.take(wish("anew", `${network}.0.0/22`));
    const before = [...holders.keys()];
    await space.release(name("anew"));
    await space.take(wish("anew", `${network}.0.0/22`, minutes(1)));
    expect([...holders.keys()]).not.toEqual(before);
  });

  test("what a dead request holds comes back to who needs room, after five minutes", async () => {
    const { network, space, wish, holders } = poolOf20();
    for (const third of [0, 4, 8, 12]) await space.take(wish(`dead${third}`, `${network}.${third}.0/22`));
    expect(await space.take(wish("heir"))).toMatchObject({ reason: "exhausted" });
    expect(await space.take(wish("heir", null, minutes(6)))).toMatchObject({ ok: true });
    expect(holders.size).toBe(1);
  });

  test("what a dead request holds is not forgotten while others find room elsewhere", async () => {
    const { network, space, wish, holders, leases, name } = poolOf20();
    await space.take(wish("dead", `${network}.0.0/22`));
    await space.take(wish("alive", null, minutes(6)));
    expect((await leases()).map(({ spoke }) => spoke).sort()).toEqual([name("alive"), name("dead")]);
    expect(holders.size).toBe(2);
  });

  test("what the pool does not take back is nobody's, is told, and returns later", async () => {
    const { network, space, wish, holders, trouble, leases, name } = poolOf20();
    const prefix = `${network}.0.0/22`;
    await space.take(wish("stuck", prefix));
    await space.settle(name("stuck"), prefix);
    trouble.release = () => {
      throw new RefusedError(failure);
    };
    expect(await space.release(name("stuck"))).toMatchObject({ code: "AuthorizationFailed" });
    expect(await space.settle(name("stuck"), prefix)).toBe(false);
    for (const spoke of ["heir", "stuck"]) {
      expect(await space.take(wish(spoke, prefix))).toMatchObject({ reason: "overlap" });
    }
    expect(await leases()).toMatchObject([{ prefix, returning: true }]);
    delete trouble.release;
    expect(await space.take(wish("heir", prefix))).toMatchObject({ ok: true });
    expect(holders.size).toBe(1);
  });

  test("a static CIDR that somebody deleted is made anew by the next request; lost to others, the spoke is told", async () => {
    const { network, space, wish, holders, name } = poolOf20();
    const prefix = `${network}.0.0/22`;
    await space.take(wish("lost", prefix));
    await space.settle(name("lost"), prefix);
    holders.clear();
    expect(await space.take(wish("lost", prefix))).toMatchObject({ ok: true });
    expect(holders.size).toBe(1);
    holders.clear();
    holders.set("another installation's", prefix);
    expect(await space.take(wish("lost", prefix))).toMatchObject({ reason: "overlap" });
    expect(await space.take(wish("lost"))).toMatchObject({ reason: "overlap" });
  });

  test("a spoke that stood before the pool was one of IPAM is taken out of it at its next run", async () => {
    const { network, space, wish, holders, name, leases } = poolOf20();
    const prefix = `${network}.0.0/22`;
    await space.take({ ...wish("elder", prefix), ipamPools: [], ownPool: null });
    await space.settle(name("elder"), prefix);
    expect(holders.size).toBe(0);
    await space.take(wish("elder", prefix));
    expect([...holders.values()]).toEqual([prefix]);
    expect(await leases()).toMatchObject([{ recorded: true, staticCidrId: [...holders.keys()][0] }]);
  });

  test("prefixes that the pool does not have are the platform's mistake", async () => {
    const { space, wish } = poolOf20();
    const asked = wish("wrong");
    const ownPool = { ipamPoolId: asked.ownPool?.ipamPoolId ?? "", addressPrefixes: ["10.250.0.0/20"] };
    await expect(space.take({ ...asked, ownPool, ipamPools: [ownPool] })).rejects.toMatchObject({
      failure: { code: "IpamPoolDiffers" },
    });
  });
});
