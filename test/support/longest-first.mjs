import Sequencer from '@jest/test-sequencer';

/** Folders whose files take minutes. Started last, one would run alone after all others. */
const long = ['/test/chaos/', '/test/explore/', '/test/system/'];

/** @param {{ path: string }} test */
const rank = ({ path }) => {
  const at = long.findIndex((folder) => path.replaceAll('\\', '/').includes(folder));
  return at === -1 ? long.length : at;
};

/** Jest knows from its last run how long a file takes. A fresh clone has no such times, and file sizes do not show them. */
export default class LongestFirst extends Sequencer {
  /** @param {Parameters<InstanceType<typeof Sequencer>['sort']>[0]} tests */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
