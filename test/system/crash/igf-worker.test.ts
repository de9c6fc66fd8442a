import { describeDeaths } from './crash-points.ts';

describe('a worker of igf that dies at any await leaves the world as if it had lived:', () => {
  describeDeaths('igf');
});
