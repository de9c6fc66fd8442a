import type * as groups from '../../../lib/igf/groups.ts';
import { type ListedOperation, operations } from '../../../lib/igf/operations.ts';

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

<!-- Made by "npm run ops -- igf docs" of lib/igf/api/: change that, not this. -->

The vendor document (0.34.0) names 64 operations, but its text lost most methods and paths. So each row says where its
path comes from:

* **doc**: written in the vendor document.
* **client**: used by a working public client of the API.
* **inferred**: by REST convention from the document's title and parameters; not confirmed. A 404 or 405 there means that
  the path may be wrong, never that something does not exist.

\`npm run ops -- igf verify path/to/openapi.json\` compares all of it with the vendor's own OpenAPI file. A path is corrected
without a change of code by the setting \`igfPaths\` of a stage, by the operation's name:

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
    return `\n## ${heading}\n\n| # | as the vendor titles it | method and path | from | name | in the client |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return intro + sections.join('');
}
