/** A change that breaks a promise of `docs/reliability.md`, and the tests that must notice. */
export interface Mutation {
  /** Short and unique: how it is named on the command line and in the table. */
  readonly name: string;
  /** What the change takes away, as a person says it. */
  readonly breaks: string;
  /** From the top of the repository. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Test files that must go red, from the top of the repository. */
  readonly tests: readonly string[];
}
