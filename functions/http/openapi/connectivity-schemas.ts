import * as z from "zod";
import { component } from "./component.ts";
import { moment, text, textOrNull, texts } from "./fields.ts";
import { finding } from "./finding-schemas.ts";

const direction = z.enum(["Inbound", "Outbound"]).describe("Of the traffic, seen from the subnet.");
const subnet = text("Tier name, or gateway.");
const networkSecurityGroup = textOrNull("ARM id of the NSG that the subnet carries; null: it carries none.");
const port = (description: string) => z.int().min(0).max(65535).describe(description);

const decidingRule = z.object({
  subnet,
  networkSecurityGroup,
  direction,
  rule: textOrNull("Name of the rule; in parentheses: there is none; null: the NSG could not be read."),
});

const flow = z.object({
  from: text("Where it begins, in the words of the spoke."),
  to: text("Where it ends, in the words of the spoke."),
  protocol: z.enum(["Tcp", "Udp", "*"]).describe("* is any protocol."),
  ports: text("443, 65200-65535 or *."),
  reason: text("Why the request means it."),
  required: z.boolean().describe("False where it may pass and need not."),
  passes: z.boolean().nullable().describe("End to end, all of its packets; null where not known."),
  deciding: z.array(decidingRule).describe("At the source, then at the destination, as far as they lie in the spoke."),
});

const packet = z
  .object({
    direction,
    protocol: z.union([z.string(), z.int()]).describe("Tcp, Udp, Icmp, or a protocol number."),
    sourceAddress: text("IPv4 address."),
    sourcePort: port("Port from which it comes."),
    destinationAddress: text("IPv4 address."),
    destinationPort: port("Port to which it goes."),
  })
  .describe("One packet of many that are treated so.");

const counterexample = z.object({
  words: text("All of it in a sentence."),
  subnet,
  from: text("Where it comes from, in the words of the spoke."),
  to: text("Where it goes, in the words of the spoke."),
  packet,
  passes: z.boolean().describe("True: it passes and is not meant to; false: the other way round."),
  rule: text("Name of the rule that decides."),
  networkSecurityGroup,
});

component(
  "Connectivity",
  z
    .object({
      name: text("Name of the spoke."),
      observedAt: moment("When Azure was asked."),
      status: z
        .enum(["Proven", "Refuted", "Unknown", "NotBuilt"])
        .describe(
          "Proven: every packet that the request means passes and no other does. Refuted: counterexamples or critical findings say why not. Unknown: an NSG could not be read. NotBuilt: no network stands.",
        ),
      flows: z.array(flow).describe("Every flow that the request means."),
      counterexamples: z
        .array(counterexample)
        .describe("Packets that are treated otherwise than is meant, the most dangerous first; at most twenty."),
      findings: z.array(finding).describe("What else was seen: a critical one refutes."),
      assumptions: texts("What the answer rests on and cannot know."),
    })
    .describe("What the network lets pass as it stands, against what the request means."),
);
