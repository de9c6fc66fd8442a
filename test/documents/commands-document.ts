import type { Command } from 'commander';
import { z } from 'zod';
import { bridgeProgram } from '../../infra/ops/bridge.ts';
import { documentationOf } from '../../infra/ops/command.ts';

/** The introduction of the document explains these options. */
const common = /^--(stage|local|json|help|preview|table)\b/;

/** A section for each command, in the order of `npx bridge --help`. */
export function commandSections(): string {
  const silent = { print: () => undefined, complain: () => undefined, exitCode: 0 as const };
  return bridgeProgram(silent).commands.flatMap(withSubcommands).map(sectionOf).join('');
}

const withSubcommands = (command: Command): Command[] => [
  ...(documentationOf(command) ? [command] : []),
  ...command.commands.flatMap(withSubcommands),
];

/** `npx bridge parked redrive` */
const fullName = (command: Command): string =>
  command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();

function sectionOf(command: Command): string {
  const { examples = [], result } = documentationOf(command) ?? {};
  const help = command.createHelp();
  const rows = [
    ...help.visibleArguments(command).map((one) => [`<${one.name()}>`, help.argumentDescription(one)]),
    ...help
      .visibleOptions(command)
      .filter(({ long }) => !common.test(long ?? ''))
      .map((option) => [help.optionTerm(option), help.optionDescription(option)]),
  ];
  const alias = command.alias() ? `\n\n\`${command.alias()}\` is another name for it.` : '';
  return [
    `\n## ${fullName(command)}\n\n${command.description().replace('\n', '\n\n')}${alias}\n`,
    rows.length > 0 ? table(['argument or option', 'meaning'], rows) : '',
    `\n${examples.map((line) => `    ${line}\n`).join('')}`,
    result ? table(['field of the JSON', 'type', 'meaning'], fieldsOf(z.toJSONSchema(result))) : '',
  ].join('');
}

/** The first column is code. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map(([first = '', ...others]) => [
    `\`${first}\``,
    ...others.map((text) => text.replaceAll('|', '\\|')),
  ]);
  const lines = [heads, heads.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |\n`);
  return `\n${lines.join('')}`;
}

type Schema = z.core.JSONSchema._JSONSchema;

const alternatives = (schema: Schema): Schema[] =>
  typeof schema === 'object' && schema.anyOf ? schema.anyOf.flatMap(alternatives) : [schema];

/** The fields of a document, with those of objects and arrays below them: `problems[].kind`. */
function fieldsOf(schema: Schema, path = ''): string[][] {
  return alternatives(schema).flatMap((one) => {
    if (typeof one !== 'object') return [];
    if (one.type === 'array') return fieldsOf(itemsOf(one), `${path}[]`);
    const named = Object.entries(one.properties ?? {});
    const any = typeof one.additionalProperties === 'object' ? [['<name>', one.additionalProperties]] : [];
    return [...named, ...(any as [string, Schema][])].flatMap(([name, inner]) => {
      const at = path === '' ? name : `${path}.${name}`;
      const itsOwn = typeof inner === 'object' ? inner.description : undefined;
      const description = itsOwn ?? (name === '<name>' ? 'for each name' : '');
      return [[at, typeOf(inner), description], ...fieldsOf(inner, at)];
    });
  });
}

const itemsOf = ({ items }: Exclude<Schema, boolean>): Schema =>
  (Array.isArray(items) ? items[0] : items) ?? true;

function typeOf(schema: Schema): string {
  const names = alternatives(schema).map((one) => {
    if (typeof one !== 'object') return 'anything';
    if (one.enum) return one.enum.map((value) => `\`${value}\``).join(', ');
    if (one.const !== undefined) return `\`${one.const}\``;
    return one.type === 'array'
      ? `array of ${typeOf(itemsOf(one)).replace(/(?<!anything)$/, 's')}`
      : [one.type ?? 'anything'].flat().join(' or ');
  });
  return [...new Set(names)].join(' or ');
}
