import type { NetworkChange } from "../../../shared/domain/network-change.ts";
import type { Recommendation } from "../../../shared/domain/recommendation.ts";
import type { DemoRequest } from "../demo-request.ts";
import type { Style } from "../style.ts";
import { textTable } from "../text-table.ts";
import { makeMachine, simulateWeek } from "./machines.ts";
import { until } from "./owner.ts";
import type { WatchedSpoke } from "./watched-spoke.ts";

export interface Stage {
  readonly style: Style;
  readonly tableWidth: number;
  say(...lines: readonly string[]): void;
  heading(text: string): void;
}

const rule = "by-hand";

/** What the tool does when nobody asks it: a port opened by hand, a flow log that goes unheard, a week of traffic. */
export async function showEnforcement(spoke: WatchedSpoke, request: DemoRequest, stage: Stage): Promise<void> {
  const restored = await openPort(spoke, stage);
  await insist(spoke, restored, stage);
  await machinesArrive(spoke, request, stage);
  await flowLogGoes(spoke, request, stage);
  await weekOfTraffic(spoke, request, stage);
}

async function openPort(spoke: WatchedSpoke, { heading, say, style }: Stage): Promise<NetworkChange> {
  heading("Somebody opens 1433 to everybody, by hand, with priority 100");
  const from = Date.now();
  await spoke.owner.write("PUT", ruleId(spoke), {
    properties: {
      ...{ priority: 100, direction: "Inbound", access: "Allow", protocol: "Tcp" },
      ...{
        sourceAddressPrefix: "*",
        sourcePortRange: "*",
        destinationAddressPrefix: "*",
        destinationPortRange: "1433",
      },
    },
  });
  const change = await until("the port is closed again", 30, async () =>
    (await spoke.changes()).find(
      ({ pointer, status }) => pointer === `/securityRules/${rule}` && status === "Restored",
    ),
  );
  const restoredAt = Date.parse(change.restoredAt ?? "");
  const calls = await spoke.callsOfApp(from, restoredAt);
  const seconds = (restoredAt - Date.parse(change.origin?.at ?? "")) / 1000;
  say(
    `${style.red(change.severity)}  ${change.summary}`,
    `by ${change.origin?.caller.name ?? change.origin?.caller.objectId}, ${change.origin?.operation}`,
    `${style.bold("Restored")} ${seconds.toFixed(1)} s after the event, with ${calls} calls to Azure`,
  );
  const told = await until("the alert", 30, async () => {
    const [cards, hooks] = [await spoke.alerts("teams", change.id), await spoke.alerts("generic", change.id)];
    return cards > 0 && hooks > 0 ? `${cards} card for Teams, ${hooks} webhook` : undefined;
  });
  say(`Told: ${told}`);
  return change;
}

async function insist(spoke: WatchedSpoke, change: NetworkChange, { heading, say }: Stage): Promise<void> {
  heading("An operator takes the restoration back: POST /api/changes/{id}/undo");
  await spoke.undo(change);
  await until("it is undone", 30, async () =>
    (await spoke.changes()).find(({ id, status }) => id === change.id && status === "Undone"),
  );
  say("The rule stands again, by an exemption that ends tomorrow, and is a finding of the spoke until then");
}

async function machinesArrive(spoke: WatchedSpoke, request: DemoRequest, { heading, say }: Stage): Promise<void> {
  heading("A machine arrives in each tier");
  const tiers = request.application.tiers.map(({ name }) => name);
  for (const tier of tiers) await makeMachine(spoke, tier, request.location);
  const joined = await until("every interface is in the ASG of its tier", 30, async () => {
    const arrivals = (await spoke.changes()).filter(
      ({ type, status }) => type === "Microsoft.Network/networkInterfaces" && status === "Restored",
    );
    return arrivals.length >= tiers.length ? arrivals.length : undefined;
  });
  say(`${joined} network interfaces joined the ASG and the load balancer's pool of their tier`);
}

async function flowLogGoes(spoke: WatchedSpoke, request: DemoRequest, { heading, say }: Stage): Promise<void> {
  heading("The flow log is deleted, and no event of it arrives: the timer enforceFlowLogs finds it");
  const id = `/subscriptions/${request.subscriptionId}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_${request.location}/flowLogs/fl-${spoke.name}`;
  await spoke.owner.order("POST", "events", { failDeliveries: 1000, deadLetter: true });
  await spoke.owner.write("DELETE", id);
  await until("it is gone", 30, async () => ((await spoke.owner.read(id)) === null ? true : undefined));
  const from = Date.now();
  await spoke.run("enforceFlowLogs");
  await spoke.owner.stands(id, 60);
  await spoke.owner.order("DELETE", "events");
  say(
    `It stands again ${((Date.now() - from) / 1000).toFixed(1)} s after the timer began, with its identity, retention and analytics`,
  );
}

async function weekOfTraffic(spoke: WatchedSpoke, request: DemoRequest, stage: Stage): Promise<void> {
  const { heading, say, style, tableWidth } = stage;
  heading("A week of traffic: what the rules let pass and nobody uses");
  say(style.dim("Local Azure writes eight days of flow logs, then the timer applyHardening reads them"));
  await simulateWeek(spoke, request);
  await spoke.run("applyHardening");
  const applied = await until("the rule by hand is narrowed", 90, async () =>
    (await spoke.recommendations()).find((one) => ruleOf(one)?.rule === rule && one.decision !== null),
  );
  const others = (await spoke.recommendations()).filter((one) => ruleOf(one) !== null && one.id !== applied.id);
  const rows = [applied, ...others.slice(0, mostRows)].map((one) => [
    one.resourceId.split("/").at(-1) ?? "",
    ruleOf(one)?.rule ?? "",
    ruleOf(one)?.kind ?? "",
    one.replay?.summary ?? "",
    one.decision?.automatically === true ? "applied" : "waits for somebody to accept it",
  ]);
  const columns = ["NSG", "Rule", "", "Replay", ""].map((name) => ({ heading: name, givesWay: name === "Replay" }));
  say(...textTable(columns, rows, tableWidth, style));
  if (others.length > mostRows)
    say(style.dim(`  and ${others.length - mostRows} more that wait: GET /api/recommendations`));
  const sources = await until("the rule is narrower", 60, async () => {
    const group = (await spoke.owner.read(spoke.networkSecurityGroup("data"))) as StandingGroup;
    const standing = group.properties.securityRules.find(({ name }) => name === rule)?.properties;
    if (standing === undefined) return "nobody";
    return standing.sourceAddressPrefix === "*" ? undefined : sourcesOf(standing);
  });
  say(`${rule} let in everybody and now lets in ${style.bold(sources)}: ${applied.replay?.summary}`);
}

const mostRows = 6;

interface StandingRule {
  readonly sourceAddressPrefix?: string;
  readonly sourceAddressPrefixes?: readonly string[];
  readonly sourceApplicationSecurityGroups?: readonly { readonly id: string }[];
}

interface StandingGroup {
  readonly properties: {
    readonly securityRules: readonly { readonly name: string; readonly properties: StandingRule }[];
  };
}

function sourcesOf(standing: StandingRule): string {
  const groups = (standing.sourceApplicationSecurityGroups ?? []).map(({ id }) => id.split("/").at(-1) ?? "");
  return [standing.sourceAddressPrefix ?? "", ...(standing.sourceAddressPrefixes ?? []), ...groups]
    .filter(Boolean)
    .join(", ");
}

const ruleId = (spoke: WatchedSpoke) => `${spoke.networkSecurityGroup("data")}/securityRules/${rule}`;

const ruleOf = ({ remedy }: Recommendation) => (remedy.kind === "rule" ? remedy.change : null);
