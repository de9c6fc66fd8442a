/**
 * A change that breaks a promise of `docs/reliability.md`, and the tests that must notice. It names what a module exports
 * and gives a broken version of it, so that the code behind the export may be rewritten, renamed and moved about.
 */
export interface Mutation {
  /** Short and unique: how the command line and the docs name it. */
  readonly name: string;
  /** What the change breaks, as a sentence. */
  readonly breaks: string;
  /** The module, from the top of the repository. */
  readonly file: string;
  /** The export that is replaced. */
  readonly symbol: string;
  /** Makes the broken version from the real one. Its source text is put into the module, so it uses nothing around it. */
  readonly becomes: (original: never, override: Override) => unknown;
  /** Test files that must fail, from the top of the repository. */
  readonly tests: readonly string[];
}

/** The same object with some members replaced. */
export type Override = <Target extends object>(target: Target, changes: Partial<Target>) => Target;

type Loose<T> = T extends number ? number : T;

/**
 * Mutations of what one module exports. The compiler checks that the export exists, and that the broken version has its
 * type.
 * @param file the module that `Module` is the type of
 */
export const inModule =
  <Module>(file: string) =>
  <Symbol extends keyof Module & string>(
    name: string,
    symbol: Symbol,
    mutation: Pick<Mutation, 'breaks' | 'tests'> & {
      becomes: (original: Module[Symbol], override: Override) => Loose<Module[Symbol]>;
    },
  ): Mutation => ({ name, file, symbol, ...mutation });
