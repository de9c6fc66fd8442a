import Sequencer from '@jest/test-sequencer';

/** Folders whose files take minutes. Begun last, one would go on alone when the others are done. */
const long = ['/test/chaos/', '/test/system/crash/', '/test/system/e2e/'];

/** @param {{ path: string }} test */
const rank = ({ path }) => {
  const at = long.findIndex((folder) => path.replaceAll('\\', '/').includes(folder));
  return at === -1 ? long.length : at;
};

/** Jest knows how long a file takes from its last run. In a fresh clone it goes by the files' sizes, which say nothing of it. */
export default class LongestFirst extends Sequencer {
  /** @param {Parameters<InstanceType<typeof Sequencer>['sort']>[0]} tests */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
