import ts from 'typescript';
import type { Mutation, Override } from './mutation.ts';

/**
 * The module's source with one export replaced by what the mutation makes of it. What the module itself calls by that
 * name is replaced too.
 * @throws Error when the module does not export it by a declaration of its own
 */
export function replaceExport(source: string, { name, file, symbol, becomes }: Mutation): string {
  const replaced = (original: string): string => `(${becomes})(${original}, ${override})`;
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  for (const statement of tree.statements) {
    if (!ts.canHaveModifiers(statement)) continue;
    const exported = ts.getModifiers(statement)?.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!exported) continue;
    if (ts.isVariableStatement(statement)) {
      const found = statement.declarationList.declarations.find((each) => each.name.getText() === symbol);
      const value = found?.initializer;
      if (!value) continue;
      return splice(source, value.getStart(), value.end, replaced(value.getText()));
    }
    const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
    if (!isNamed || statement.name?.text !== symbol) continue;
    const original = `${symbol}Original`;
    const { end } = statement;
    const before =
      source.slice(0, exported.getStart()) + source.slice(exported.end, statement.name.getStart());
    const declaration = `${before}${original}${source.slice(statement.name.end, end)}`;
    const replacement = `export const ${symbol} = ${replaced(original)};`;
    // A function is there from the module's start on, a class from its declaration on.
    return ts.isFunctionDeclaration(statement)
      ? `${replacement} ${declaration}${source.slice(end)}`
      : `${declaration}\n${replacement}${source.slice(end)}`;
  }
  throw new Error(`${name}: ${file} exports no ${symbol}.`);
}

const splice = (text: string, from: number, to: number, replacement: string): string =>
  text.slice(0, from) + replacement + text.slice(to);

/** A class instance keeps its private fields this way, and its other members. */
const override: Override = (target, changes) =>
  new Proxy(target, {
    get: (_target, name) => {
      if (name in changes) return Reflect.get(changes, name);
      const member = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
