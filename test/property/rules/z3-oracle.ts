import type { PlainPacket, PlainRule } from "./brute-force.ts";

/** A formula or value of Z3: a pointer. */
type Term = number;

/** What is used of the package: its own types need a browser's. */
interface Z3 {
  mk_config(): number;
  mk_context(config: number): number;
  del_context(context: number): void;
  mk_bv_sort(context: number, bits: number): number;
  mk_string_symbol(context: number, name: string): number;
  mk_const(context: number, symbol: number, sort: number): Term;
  mk_unsigned_int(context: number, value: number, sort: number): Term;
  mk_bvule(context: number, a: Term, b: Term): Term;
  mk_eq(context: number, a: Term, b: Term): Term;
  mk_and(context: number, terms: Term[]): Term;
  mk_or(context: number, terms: Term[]): Term;
  mk_ite(context: number, condition: Term, then: Term, otherwise: Term): Term;
  mk_xor(context: number, a: Term, b: Term): Term;
  mk_true(context: number): Term;
  mk_false(context: number): Term;
  mk_solver(context: number): number;
  solver_inc_ref(context: number, solver: number): void;
  solver_dec_ref(context: number, solver: number): void;
  solver_assert(context: number, solver: number, term: Term): void;
  solver_check(context: number, solver: number): Promise<-1 | 0 | 1>;
  solver_get_model(context: number, solver: number): number;
  model_eval(context: number, model: number, term: Term, complete: boolean): Term | null;
  get_numeral_string(context: number, term: Term): string;
}

interface Z3Module {
  init(): Promise<{ readonly Z3: Z3; readonly em: { readonly PThread: { terminateAllThreads(): void } } }>;
}

const fields = { source: 32, destination: 32, sourcePort: 16, destinationPort: 16, protocol: 8 } as const;
type Field = keyof typeof fields;

const protocolNumbers: Readonly<Record<string, number>> = { Tcp: 6, Udp: 17, Icmp: 1, Esp: 50, Ah: 51 };

/**
 * Z3 as a second opinion: rules as formulas over bit vectors, written without the engine that it judges. Formulas are
 * built call by call, as the package passes long texts to its threads on a stack that is gone when they read it.
 */
export class Z3Oracle {
  readonly #z3: Z3;
  /** Ends Z3's threads, without which the process would not end. */
  readonly close: () => void;

  private constructor(z3: Z3, close: () => void) {
    this.#z3 = z3;
    this.close = close;
  }

  static async start(): Promise<Z3Oracle> {
    const name: string = "z3-solver";
    const { init } = (await import(name)) as Z3Module;
    const { Z3, em } = await init();
    return new Z3Oracle(Z3, () => em.PThread.terminateAllThreads());
  }

  /** A packet of one direction that the closed rule sets treat differently, or null. */
  async difference(
    a: readonly PlainRule[],
    b: readonly PlainRule[],
    direction: PlainRule["direction"],
  ): Promise<PlainPacket | null> {
    const z3 = this.#z3;
    const context = z3.mk_context(z3.mk_config());
    const solver = z3.mk_solver(context);
    z3.solver_inc_ref(context, solver);
    try {
      const formulas = new Formulas(z3, context);
      z3.solver_assert(
        context,
        solver,
        z3.mk_xor(context, formulas.allowed(a, direction), formulas.allowed(b, direction)),
      );
      const answer = await z3.solver_check(context, solver);
      if (answer === 0) throw new Error("Z3 does not know");
      if (answer === -1) return null;
      const value = formulas.valuesOf(z3.solver_get_model(context, solver));
      const protocol = Object.keys(protocolNumbers).find((name) => protocolNumbers[name] === value("protocol"));
      return {
        direction,
        protocol: protocol ?? value("protocol"),
        sourceAddress: dotted(value("source")),
        sourcePort: value("sourcePort"),
        destinationAddress: dotted(value("destination")),
        destinationPort: value("destinationPort"),
      };
    } finally {
      z3.solver_dec_ref(context, solver);
      z3.del_context(context);
    }
  }
}

/** Rules as Z3's terms in one context. */
class Formulas {
  readonly #z3: Z3;
  readonly #context: number;
  readonly #sorts: Readonly<Record<Field, number>>;
  readonly #constants: Readonly<Record<Field, Term>>;

  constructor(z3: Z3, context: number) {
    this.#z3 = z3;
    this.#context = context;
    const each = <T>(make: (field: Field) => T) =>
      Object.fromEntries(Object.keys(fields).map((field) => [field, make(field as Field)])) as Record<Field, T>;
    this.#sorts = each((field) => z3.mk_bv_sort(context, fields[field]));
    this.#constants = each((field) => z3.mk_const(context, z3.mk_string_symbol(context, field), this.#sorts[field]));
  }

  /** First match as nested conditions, the last of which denies. */
  allowed(rules: readonly PlainRule[], direction: PlainRule["direction"]): Term {
    const { mk_ite, mk_true, mk_false } = this.#z3;
    const ordered = rules.filter((rule) => rule.direction === direction).sort((x, y) => y.priority - x.priority);
    let term = mk_false(this.#context);
    for (const rule of ordered) {
      const decision = rule.access === "Allow" ? mk_true(this.#context) : mk_false(this.#context);
      term = mk_ite(this.#context, this.#matches(rule), decision, term);
    }
    return term;
  }

  valuesOf(model: number): (field: Field) => number {
    return (field) => {
      const term = this.#z3.model_eval(this.#context, model, this.#constants[field], true);
      return Number(this.#z3.get_numeral_string(this.#context, term ?? 0));
    };
  }

  #matches(rule: PlainRule): Term {
    const number = protocolNumbers[rule.protocol];
    return this.#z3.mk_and(this.#context, [
      number === undefined ? this.#z3.mk_true(this.#context) : this.#within("protocol", [number, number]),
      this.#anyOf("source", rule.sourceAddressPrefixes, addresses),
      this.#anyOf("destination", rule.destinationAddressPrefixes, addresses),
      this.#anyOf("sourcePort", rule.sourcePortRanges, ports),
      this.#anyOf("destinationPort", rule.destinationPortRanges, ports),
    ]);
  }

  #anyOf(field: Field, texts: readonly string[], range: (text: string) => [number, number]): Term {
    if (texts.includes("*")) return this.#z3.mk_true(this.#context);
    const terms = texts.map((text) => this.#within(field, range(text)));
    return this.#z3.mk_or(this.#context, terms);
  }

  #within(field: Field, [first, last]: [number, number]): Term {
    const { mk_and, mk_bvule, mk_eq, mk_unsigned_int } = this.#z3;
    const at = this.#constants[field];
    const bound = (value: number) => mk_unsigned_int(this.#context, value, this.#sorts[field]);
    if (first === last) return mk_eq(this.#context, at, bound(first));
    return mk_and(this.#context, [mk_bvule(this.#context, bound(first), at), mk_bvule(this.#context, at, bound(last))]);
  }
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

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
