import * as z from "zod";
import { component } from "./component.ts";
import { anything, changeAction, differences, resourceId, stepNumbers, text, texts } from "./fields.ts";
import { finding } from "./finding-schemas.ts";

export const change = component(
  "Change",
  z
    .object({
      id: resourceId("The resource."),
      type: text("Type of the resource, as ARM names it."),
      steps: stepNumbers,
      action: changeAction,
      differences,
      reasons: texts("Why it is written, each in a sentence."),
      dependsOn: texts("ARM ids of the resources that it waits for."),
      desired: z
        .looseObject({
          id: resourceId("The resource."),
          type: text("Type of the resource."),
          body: anything("Its properties."),
        })
        .nullable()
        .describe("The whole resource as it shall stand, in the tool's normal form; null where it is deleted."),
      assignment: anything("Where a role assignment is deleted: what it grants.").optional(),
    })
    .describe("What has to happen to one resource, and why."),
);

export const criticalPath = z
  .object({
    seconds: z.number().describe("Seconds that the chain usually takes in Azure."),
    resources: z
      .array(
        z.object({
          id: resourceId("The resource."),
          seconds: z.number().describe("Seconds that this resource usually takes in Azure."),
        }),
      )
      .describe("The chain, in order."),
  })
  .describe("The longest chain of changes that wait for one another.");

const side = (whose: string) => ({
  [`${whose}AddressPrefixes`]: texts("Prefixes, or a service tag."),
  [`${whose}ApplicationSecurityGroupIds`]: texts("ARM ids; instead of prefixes."),
  [`${whose}PortRanges`]: texts("Ports and ranges of ports; * is all."),
});

const securityRule = z
  .object({
    networkSecurityGroup: resourceId("The network security group."),
    name: text("Name of the rule."),
    description: text("What it is for."),
    priority: z.int().min(100).max(4096).describe("The lowest is asked first."),
    direction: z.enum(["Inbound", "Outbound"]).describe("Of the traffic, seen from the subnet."),
    access: z.enum(["Allow", "Deny"]).describe("What becomes of what fits."),
    protocol: text("Tcp, Udp, Icmp, or * for all."),
    ...side("source"),
    ...side("destination"),
  })
  .describe("A security rule as it shall stand.");

component(
  "SpokePlan",
  z
    .object({
      addressPrefix: text("The prefix that the spoke has or would get; a preview leases none."),
      changes: z.array(change).describe("Every resource of the spoke; action none: it stands already."),
      rules: z.array(securityRule).describe("Security rules of the spoke's network security groups."),
      proof: z
        .object({
          status: z.literal("Proven").describe("Rules that are not proven refuse the plan."),
          statement: text("What was proven, in a sentence."),
          networkSecurityGroups: z
            .array(
              z.object({
                id: resourceId("The network security group."),
                inbound: text("Hash of what its inbound rules mean."),
                outbound: text("Hash of what its outbound rules mean."),
              }),
            )
            .describe("Hashes of what each NSG means: equal hashes, equal meaning."),
          assumptions: texts("What the proof rests on and cannot know."),
        })
        .describe("What was proven of the rules, over all packets."),
      findings: z.array(finding).describe("What a person should know before asking."),
      criticalPath,
    })
    .describe("What a request would change; nothing was written."),
);
