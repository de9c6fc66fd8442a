/** Rows in memory under integer ids that count up from 1 and are never used twice. */
export class Table<Row extends { readonly id: number }> {
  readonly #rows = new Map<number, Row>();
  #lastId = 0;

  /** Adds the row that `build` makes of its id. */
  add(build: (id: number) => Row): Row {
    this.#lastId += 1;
    const row = build(this.#lastId);
    this.#rows.set(row.id, row);
    return row;
  }

  find(id: number): Row | undefined {
    return this.#rows.get(id);
  }

  /** All rows, oldest first. */
  all(): Row[] {
    return [...this.#rows.values()];
  }

  /** Puts `row` in the place of the row with its id. */
  replace(row: Row): Row {
    this.#rows.set(row.id, row);
    return row;
  }

  remove(id: number): void {
    this.#rows.delete(id);
  }
}
