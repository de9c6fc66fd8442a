import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type groups, type ListedOperation, operations } from '../../../lib/igf/operations.ts';
import { defineCommand } from '../command.ts';

const file = join(import.meta.dirname, '../../../docs/igf.md');

export const docs = defineCommand({
  name: 'docs',
  summary: 'write docs/igf.md, the list of operations',
  description: "Writes docs/igf.md from the client's table of IGF operations.",
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

const intro = `# ItGoesForward: every operation

<!-- "npx bridge igf docs" writes this file from lib/igf/api/. Change that folder instead. -->

The vendor document (0.34.0) names 64 operations, but its text lost most methods and paths. Each row therefore names
the source of its path:

* **doc**: the vendor document states it.
* **client**: a working public client of the API uses it.
* **inferred**: it follows REST convention from the document's title and parameters, and is not confirmed. A 404 or 405
  there means that the path may be wrong, never that an object does not exist.

\`npx bridge igf verify path/to/openapi.json\` compares every method and path with the vendor's own OpenAPI file. The
setting \`igfPaths\` of a stage corrects a path without a change of code, by the operation's name:

    "igfPaths": { "cancelListing": "PUT /listings/{listingId}/cancel" }

A corrected path counts as confirmed.
`;

const row = (operation: ListedOperation): string =>
  `| ${[
    operation.number,
    operation.title,
    `\`${operation.method} ${operation.path}\``,
    operation.evidence,
    `\`${operation.name}\``,
    operation.methods.map((method) => `\`igf.${method}\``).join(', '),
  ].join(' | ')} |`;

/** The text of \`docs/igf.md\`. */
export function igfDocument(): string {
  const sections = Object.entries(headings).map(([group, heading]) => {
    const rows = operations.filter((operation) => operation.group === group).map(row);
    return `\n## ${heading}\n\n| # | vendor's title | method and path | source | name | in the client |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return intro + sections.join('');
}
