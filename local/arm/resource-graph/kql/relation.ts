import type { ValueType } from "./syntax.ts";

/** A column of a table or of a result. */
export interface Column {
  readonly name: string;
  readonly type: ValueType;
}

/** One row. Values are computed when they are asked for, so that a filter does not pay for whole documents. */
export interface Row {
  /** JSON; null where the row has none. */
  value(column: string): unknown;
}

/** Rows with their columns. */
export interface Relation {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** A row whose values are known. */
export class ValueRow implements Row {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values;
  }

  value(column: string): unknown {
    return this.#values.get(column) ?? null;
  }
}

/** A row whose values are made of another's when they are asked for; what it does not make itself is the other's. */
export class DerivedRow implements Row {
  readonly #below: Row;
  readonly #made: ReadonlyMap<string, (row: Row) => unknown>;

  constructor(below: Row, made: ReadonlyMap<string, (row: Row) => unknown>) {
    this.#below = below;
    this.#made = made;
  }

  value(column: string): unknown {
    const make = this.#made.get(column);
    return make === undefined ? this.#below.value(column) : (make(this.#below) ?? null);
  }
}
