import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import ts from 'typescript';
import { bundleOptions } from '../../../infra/bundle.ts';
import { probeName } from './killable.ts';

const root = join(import.meta.dirname, '../../..');

/**
 * Bundles functions as they are deployed, with a probe before and after every `await` of our own sources. The syntax tree
 * gives them, so a new `await` is a crash point without further ado.
 * @param source what the bundle exports, as the text of a module at the project's root
 * @param file the bundle, an ES module
 * @returns every `await` of our own in it, as `lib/ingest/delivery.ts:52:8`
 */
export async function instrument(source: string, file: string): Promise<string[]> {
  const sites: string[] = [];
  await build({
    ...bundleOptions,
    minify: false,
    sourcemap: false,
    stdin: { contents: source, resolveDir: root, sourcefile: 'functions-under-test.ts', loader: 'ts' },
    outfile: file,
    plugins: [probes(sites)],
  });
  return sites.toSorted();
}

const probes = (sites: string[]): Plugin => ({
  name: 'probes',
  setup: (esbuild) => {
    esbuild.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const name = relative(root, path);
      if (!/^(lib|functions)\//.test(name)) return undefined;
      const { outputText } = ts.transpileModule(await readFile(path, 'utf8'), {
        fileName: name,
        compilerOptions: {
          target: ts.ScriptTarget.ESNext,
          module: ts.ModuleKind.ESNext,
          verbatimModuleSyntax: true,
        },
        transformers: { before: [probeAwaits(name, sites)] },
      });
      return { contents: outputText, loader: 'js' };
    });
  },
});

const call = (method: string, ...args: ts.Expression[]): ts.Expression => {
  const { factory } = ts;
  const probe = factory.createPropertyAccessExpression(factory.createIdentifier('globalThis'), probeName);
  return factory.createCallExpression(factory.createPropertyAccessExpression(probe, method), undefined, args);
};

/**
 * `await x` becomes `(await probe.before(site), await probe.after(site, x))`, and `for await (… of x)` goes through
 * `probe.each(site, x)`.
 */
const probeAwaits =
  (name: string, sites: string[]): ts.TransformerFactory<ts.SourceFile> =>
  (context) =>
  (file) => {
    const siteOf = (node: ts.Node): ts.Expression => {
      const { line, character } = file.getLineAndCharacterOfPosition(node.getStart(file));
      const site = `${name}:${line + 1}:${character + 1}`;
      sites.push(site);
      return ts.factory.createStringLiteral(site);
    };
    const visit = (node: ts.Node): ts.Node => {
      if (ts.isAwaitExpression(node)) {
        const site = siteOf(node);
        const operand = ts.visitNode(node.expression, visit) as ts.Expression;
        return ts.factory.createParenthesizedExpression(
          ts.factory.createComma(
            ts.factory.createAwaitExpression(call('before', site)),
            ts.factory.createAwaitExpression(call('after', site, operand)),
          ),
        );
      }
      if (ts.isForOfStatement(node) && node.awaitModifier) {
        const { awaitModifier, initializer, expression, statement } = node;
        const site = siteOf(node);
        return ts.factory.updateForOfStatement(
          node,
          awaitModifier,
          initializer,
          call('each', site, ts.visitNode(expression, visit) as ts.Expression),
          ts.visitNode(statement, visit) as ts.Statement,
        );
      }
      return ts.visitEachChild(node, visit, context);
    };
    return ts.visitNode(file, visit) as ts.SourceFile;
  };
