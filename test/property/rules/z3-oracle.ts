import type { PlainPacket, PlainRule } from "./brute-force.ts";

/** What is used of the package: its own types need a browser's. */
interface Z3Module {
  init(): Promise<{
    readonly Z3: {
      mk_config(): unknown;
      mk_context(config: unknown): unknown;
      eval_smtlib2_string(context: unknown, text: string): Promise<string>;
    };
    readonly em: { readonly PThread: { terminateAllThreads(): void } };
  }>;
}

export type Direction = PlainRule["direction"];

/** Z3 as a second opinion: rules as formulas over bit vectors, written without the engine that it judges. */
export class Z3Oracle {
  readonly #evaluate: (text: string) => Promise<string>;
  /** Ends Z3's threads, without which the process would not end. */
  readonly close: () => void;

  private constructor(evaluate: (text: string) => Promise<string>, close: () => void) {
    this.#evaluate = evaluate;
    this.close = close;
  }

  static async start(): Promise<Z3Oracle> {
    const name: string = "z3-solver";
    const { init } = (await import(name)) as Z3Module;
    const { Z3, em } = await init();
    const context = Z3.mk_context(Z3.mk_config());
    return new Z3Oracle(
      (text) => Z3.eval_smtlib2_string(context, text),
      () => em.PThread.terminateAllThreads(),
    );
  }

  /** A packet of one direction that the closed rule sets treat differently, or null. */
  async difference(
    a: readonly PlainRule[],
    b: readonly PlainRule[],
    direction: Direction,
  ): Promise<PlainPacket | null> {
    const fields = "sip dip sport dport proto".split(" ");
    const declared = fields.map((field) => `(declare-const ${field} (_ BitVec ${widths[field]}))`).join("");
    const text = `(reset)${declared}(assert (distinct ${allowed(a, direction)} ${allowed(b, direction)}))(check-sat)`;
    const answer = (await this.#evaluate(text)).trim();
    if (answer === "unsat") return null;
    if (answer !== "sat") throw new Error(`Z3 answered ${answer}`);
    const model = await this.#evaluate(`(get-value (${fields.join(" ")}))`);
    const [sip = 0, dip = 0, sourcePort = 0, destinationPort = 0, protocol = 0] = [
      ...model.matchAll(/#x([0-9a-f]+)/g),
    ].map(([, digits]) => Number.parseInt(digits ?? "", 16));
    const named = Object.entries(protocolNumbers).find(([, number]) => number === protocol)?.[0];
    return {
      direction,
      protocol: named ?? protocol,
      sourceAddress: dotted(sip),
      sourcePort,
      destinationAddress: dotted(dip),
      destinationPort,
    };
  }
}

const widths: Readonly<Record<string, number>> = { sip: 32, dip: 32, sport: 16, dport: 16, proto: 8 };
const protocolNumbers: Readonly<Record<string, number>> = { Tcp: 6, Udp: 17, Icmp: 1, Esp: 50, Ah: 51 };

/** First match as nested conditions, the last of which denies. */
function allowed(rules: readonly PlainRule[], direction: Direction): string {
  const ordered = rules.filter((rule) => rule.direction === direction).sort((x, y) => x.priority - y.priority);
  const conditions = ordered.map((rule) => `(ite ${matches(rule)} ${rule.access === "Allow"} `);
  return `${conditions.join("")}false${")".repeat(conditions.length)}`;
}

function matches(rule: PlainRule): string {
  const protocol = rule.protocol === "*" ? "true" : `(= proto ${hex(protocolNumbers[rule.protocol] ?? 0, 8)})`;
  return `(and ${protocol} ${anyOf(rule.sourceAddressPrefixes, "sip", addresses)} ${anyOf(rule.destinationAddressPrefixes, "dip", addresses)} ${anyOf(rule.sourcePortRanges, "sport", ports)} ${anyOf(rule.destinationPortRanges, "dport", ports)})`;
}

function anyOf(texts: readonly string[], field: string, range: (text: string) => [number, number]): string {
  const width = widths[field] ?? 0;
  const parts = texts.map((text) => {
    if (text === "*") return "true";
    const [first, last] = range(text);
    return `(and (bvuge ${field} ${hex(first, width)}) (bvule ${field} ${hex(last, width)}))`;
  });
  return parts.length === 1 ? `${parts[0]}` : `(or ${parts.join(" ")})`;
}

function addresses(text: string): [number, number] {
  const value = (address: string) => address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const [from = "", to] = text.split("-");
  if (to !== undefined) return [value(from), value(to)];
  const [network = "", length = "32"] = from.split("/");
  const size = 2 ** (32 - Number(length));
  const first = Math.floor(value(network) / size) * size;
  return [first, first + size - 1];
}

function ports(text: string): [number, number] {
  const [from = 0, to = from] = text.split("-").map(Number);
  return [from, to];
}

const hex = (value: number, bits: number): string => `#x${value.toString(16).padStart(bits / 4, "0")}`;

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
