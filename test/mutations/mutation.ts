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
  /** Makes the broken version from the real one. Its source text is put into the module: it may use nothing around it. */
  readonly becomes: (original: never) => unknown;
  /** Test files that must fail, from the top of the repository. */
  readonly tests: readonly string[];
}

type Loose<T> = T extends number ? number : T;

/**
 * Mutations of what one module exports. The compiler checks that the export exists, and that the broken version has its type.
 * @param file the module that `Module` is the type of
 */
export const inModule =
  <Module>(file: string) =>
  <Symbol extends keyof Module & string>(
    name: string,
    symbol: Symbol,
    {
      becomes,
      ...rest
    }: Pick<Mutation, 'breaks' | 'tests'> & {
      becomes: (original: Module[Symbol]) => Loose<Module[Symbol]>;
    },
  ): Mutation => ({ name, file, symbol, becomes, ...rest });
