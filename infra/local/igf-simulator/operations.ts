import type { Operation } from './operation.ts';
import { listings } from './resources/listings.ts';

/** Every operation that the simulator knows: one list per resource group of the vendor document. */
export const operations: readonly Operation[] = [...listings];
