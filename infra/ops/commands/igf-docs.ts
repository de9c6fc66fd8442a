import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type groups, type ListedOperation, operations } from '../../../lib/igf/operations.ts';
import { defineCommand } from '../command.ts';

const file = join(import.meta.dirname, '../../../docs/igf.md');

export const docs = defineCommand({
  name: 'docs',
  summary: 'write docs/igf.md, the list of operations',
  description:
    "Writes docs/igf.md from the client's table of IGF operations. Its introduction stays as it is.",
  examples: ['npx bridge igf docs'],
  run({ print }) {
    writeFileSync(file, igfDocument());
    print('docs/igf.md was written.');
  },
});

const headings: Record<keyof typeof groups, string> = {
  listings: 'Listings',
  orders: 'Orders',
  shipments: 'Shipments',
  customers: 'Customer',
  warehouses: 'Warehouse',
  webhooks: 'Webhooks',
  info: 'Info',
  tenant: 'Tenant',
  retailer: 'Retailer',
  carrierContracts: 'Carrier Contracts',
  discounts: 'Discount',
  returns: 'Regular Returns',
};

const row = (operation: ListedOperation): string =>
  `| ${[
    operation.number,
    operation.title,
    `\`${operation.method} ${operation.path}\``,
    operation.evidence,
    `\`${operation.name}\``,
    operation.methods.map((method) => `\`igf.${method}\``).join(', '),
  ].join(' | ')} |`;

const tableHead =
  "| # | vendor's title | method and path | source | name | in the client |\n|---|---|---|---|---|---|";

/** The text of `docs/igf.md`: its introduction, as it is written there, and a table for each group. */
export function igfDocument(): string {
  const [introduction = ''] = readFileSync(file, 'utf8').split('\n## ');
  const sections = Object.entries(headings).map(([group, heading]) => {
    const rows = operations.filter((operation) => operation.group === group).map(row);
    return `\n## ${heading}\n\n${tableHead}\n${rows.join('\n')}\n`;
  });
  return introduction + sections.join('');
}
