import fc from "fast-check";

export interface TierInput {
  readonly name: string;
  readonly port: number;
  readonly loadBalanced?: boolean;
  readonly replicates?: boolean;
}

export const guid = fc.oneof(
  fc.uuid(),
  fc.uuid().map((text) => text.toUpperCase()),
);

export const port = fc.oneof(fc.constantFrom(80, 443, 1433, 8080, 1, 65535), fc.integer({ min: 1, max: 65535 }));

export const protocol = fc.constantFrom<"Tcp" | "Udp" | undefined>("Tcp", "Udp", undefined);

/** Text of one line in any script. */
export const lineOfText = fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !/\p{Cc}/u.test(text));

export const description = fc.option(lineOfText, { nil: undefined });

export const hostName = fc
  .tuple(
    fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,10}[A-Za-z0-9])?$/),
    fc.constantFrom("example", "Contoso.com"),
  )
  .map(([label, domain]) => `${label}.${domain}`);

const tierName = fc.stringMatching(/^[a-z][a-z0-9]{0,14}$/).filter((name) => name !== "plan" && name !== "gateway");

/** 1 to 12 tiers with names of their own. */
export const tierList: fc.Arbitrary<TierInput[]> = fc.uniqueArray(
  fc.record(
    { name: tierName, port, loadBalanced: fc.boolean(), replicates: fc.boolean() },
    { requiredKeys: ["name", "port"] },
  ),
  { selector: (tier) => tier.name, minLength: 1, maxLength: 12 },
);

/** Flows beside the chain: neither twice the same nor what the tiers imply. */
export function flowList(tiers: readonly TierInput[]) {
  const index = fc.nat(tiers.length - 1);
  const drawn = fc.record({ from: index, to: index, port, protocol, description });
  return fc
    .uniqueArray(drawn, { selector: flowKey, maxLength: 8 })
    .map((flows) =>
      flows
        .filter((flow) => !isImplied(flow, tiers))
        .map((flow) => ({ ...flow, from: tiers[flow.from]?.name, to: tiers[flow.to]?.name })),
    );
}

interface DrawnFlow {
  readonly from: number;
  readonly to: number;
  readonly port: number;
  readonly protocol: "Tcp" | "Udp" | undefined;
}

function flowKey({ from, to, port: number, protocol: name = "Tcp" }: DrawnFlow): string {
  return `${from} ${to} ${number} ${name}`;
}

function isImplied(
  { from, to, port: number, protocol: name = "Tcp" }: DrawnFlow,
  tiers: readonly TierInput[],
): boolean {
  return name === "Tcp" && number === tiers[to]?.port && (to === from || to === from + 1);
}
