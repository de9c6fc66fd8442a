import type { Command } from './command.ts';

/** Aligned in two columns. */
const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
};

const synopsis = ({ name, positionals }: Command): string => [name, ...positionals].join(' ');

/** What `npm run ops` says by itself. */
export const generalHelp = (commands: readonly Command[]): string =>
  `Commands for who looks after the bridge: npm run ops -- <command>

${columns(commands.map((command) => [synopsis(command), command.summary]))}

  npm run ops -- <command> --help tells more of one.`;

/** What `npm run ops -- <command> --help` says. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options ?? {}).map(
    ([name, { type, about }]) => [`--${name}${type === 'string' ? ' <value>' : ''}`, about] as const,
  );
  const parts = [
    `npm run ops -- ${synopsis(command)}${options.length > 0 ? ' [options]' : ''}`,
    command.summary,
    command.details,
    columns([...options, ['-h, --help', 'this text']]),
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}
