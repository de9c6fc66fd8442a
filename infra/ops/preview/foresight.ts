import type { Policy } from '../../../lib/config/policy.ts';
import { type PathCorrections, readPathCorrections } from '../../../lib/igf/path-corrections.ts';
import { type BridgeTable, bridgeTable } from '../../../lib/table/bridge-table.ts';
import { readLabel } from '../../../lib/table/shipment-links.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';

/** What a preview reads. Nothing is written, nobody is called. */
export interface Foresight
  extends Pick<BridgeTable, 'readOrder' | 'findReturn' | 'readMappings' | 'readRetailer'> {
  /** The return whose label a track number is, and the parcel that was delivered under it. */
  readLabel(track: string, now: string): ReturnType<typeof readLabel>;
  readonly policy: Policy;
  readonly corrections: PathCorrections;
}

/** The bridge of a command, to look ahead in. */
export const foresightOf = ({ dynamodb, table, stage }: OpenBridge): Foresight => ({
  ...bridgeTable(dynamodb, table),
  readLabel: (track, now) => readLabel(dynamodb, table, track, now),
  policy: stage.policy,
  corrections: readPathCorrections(JSON.stringify(stage.settings.igfPaths)),
});
