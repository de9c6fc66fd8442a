import { describeCrashes } from './crash-points.ts';

describe('a worker of igf that is killed at any await has the effects of one that lived:', () => {
  describeCrashes('igf');
});
