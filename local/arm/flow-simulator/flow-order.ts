import { z } from "zod";

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const port = z.int().min(0).max(65_535);
const perHour = z.number().positive().max(100_000);

/** `internet`, the name of a subnet, the id of a network interface, or an IPv4 address. */
const place = z.string().min(1);

const profile = z.strictObject({
  flows: z
    .array(
      z.strictObject({
        from: place,
        to: place,
        port,
        protocol: z.enum(["Tcp", "Udp"]).default("Tcp"),
        perHour,
        /** Both ways together, about. */
        bytes: z.number().nonnegative().max(1e12).default(4000),
      }),
    )
    .default([]),
  /** Addresses of the Internet that try the interfaces' well-known ports, an hour. */
  scans: z.number().nonnegative().max(10_000).default(0),
  /** Somebody who tries ports that should be closed to him. */
  intruder: z
    .strictObject({
      from: place.default("internet"),
      to: place,
      ports: z.array(port).min(1).default([22, 1433, 3389]),
      perHour: perHour.default(30),
    })
    .optional(),
});

const longestMilliseconds = 92 * 86_400_000;

/** An order of traffic. */
export const flowOrder = z
  .strictObject({
    virtualNetworkId: z.string().optional(),
    flowLogId: z.string().optional(),
    from: time,
    to: time,
    seed: z.int().default(1),
    /** Which of the two documented paths the blobs have. */
    layout: z.enum(["short", "resourceId"]).default("short"),
    /** `minute`: a block a minute, as Azure appends; `hour`: each blob in one piece, which is quicker. */
    blocks: z.enum(["minute", "hour"]).default("minute"),
    profile,
  })
  .refine(({ virtualNetworkId, flowLogId }) => (virtualNetworkId === undefined) !== (flowLogId === undefined), {
    message: "Name either virtualNetworkId or flowLogId.",
  })
  .refine(({ from, to }) => from < to && to - from <= longestMilliseconds, {
    message: "'from' must lie before 'to', by 92 days at most.",
  });

/** Times in milliseconds since 1970. */
export type FlowOrder = z.infer<typeof flowOrder>;
export type TrafficProfile = FlowOrder["profile"];
