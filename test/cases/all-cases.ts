import type { Case } from './case.ts';
import { correctionCases } from './data/corrections.ts';
import { endCases } from './data/end-of-return.ts';
import { forwardableCases } from './data/forwardable.ts';
import { moneyCases } from './data/money.ts';
import { orderNumberCases } from './data/order-numbers.ts';
import { readingCases } from './data/reading.ts';
import { unitCases } from './data/units.ts';
import { waitingCases } from './data/waiting.ts';
import { arriving } from './kinds/arrival.ts';
import { changing } from './kinds/changed.ts';
import { heading } from './kinds/headers.ts';
import { listingAs } from './kinds/listed-as.ts';
import { operating } from './kinds/operators.ts';
import { refunding } from './kinds/refunds.ts';
import { rulingOut } from './kinds/ruled-out.ts';
import { counting } from './kinds/units.ts';
import { deciding } from './kinds/who-decides.ts';

/** Bodies and lives that were once understood wrongly, one each. */
export const singleCases: readonly Case[] = [
  ...readingCases,
  ...endCases,
  ...correctionCases,
  ...unitCases,
  ...forwardableCases,
  ...waitingCases,
  ...moneyCases,
  ...orderNumberCases,
];

/** Also every spelling, family, stage and order of arrival of their kinds. */
export const allCases: readonly Case[] = [
  ...singleCases,
  ...heading,
  ...deciding,
  ...arriving,
  ...rulingOut,
  ...changing,
  ...counting,
  ...listingAs,
  ...refunding,
  ...operating,
];
