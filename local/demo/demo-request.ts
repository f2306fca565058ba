import { readFileSync } from "node:fs";
import { z } from "zod";

const flow = { port: z.int(), protocol: z.enum(["Tcp", "Udp"]), description: z.string() };

const schema = z.object({
  name: z.string(),
  subscriptionId: z.string(),
  location: z.string(),
  topology: z.literal("hub-spoke"),
  addressPrefix: z.string(),
  networkManagersGroupId: z.string(),
  application: z.object({
    clientId: z.string(),
    hostName: z.string(),
    certificateSecretId: z.string(),
    tiers: z.array(
      z.object({
        name: z.string(),
        port: z.int(),
        loadBalanced: z.boolean().default(false),
        replicates: z.boolean().default(false),
      }),
    ),
    flows: z.array(z.object({ from: z.string(), to: z.string(), ...flow })),
  }),
  managementAccess: z.array(z.object({ from: z.string(), to: z.array(z.string()), ...flow })),
  outboundAccess: z.array(z.object({ from: z.array(z.string()), to: z.string(), ...flow })),
  outbound: z.literal("deny-all"),
  tags: z.record(z.string(), z.string()),
});

/** The demo's own request (request.json): behind a hub's firewall, with every outbound flow denied by default. */
export type DemoRequest = z.infer<typeof schema>;

/** The request as sent, and as the demo reads it to know what shall stand. */
export function readDemoRequest(): { text: string; request: DemoRequest } {
  const text = readFileSync(new URL("./request.json", import.meta.url), "utf8");
  return { text, request: schema.parse(JSON.parse(text)) };
}
