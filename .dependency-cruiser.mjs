/**
 * Import rules: infra → lib, functions → lib, and nothing → infra, functions or test.
 *
 * The layers of lib/, the lowest first. A folder imports those that it names, which all stand above it in this list, so
 * there is no cycle between folders.
 */
const layers = {
  config: [],
  runtime: ['config'],
  facts: ['runtime', 'config'],
  igf: ['facts', 'runtime', 'config'],
  webhooks: ['igf', 'facts', 'runtime', 'config'],
  ingest: ['webhooks', 'facts', 'runtime', 'config'],
  returns: ['igf', 'facts', 'runtime', 'config'],
  table: ['returns', 'webhooks', 'facts', 'runtime', 'config'],
  record: ['table', 'returns', 'webhooks', 'igf', 'facts', 'runtime', 'config'],
  actions: ['record', 'table', 'returns', 'webhooks', 'igf', 'facts', 'runtime', 'config'],
  rules: ['actions', 'returns', 'igf', 'facts', 'runtime', 'config'],
  matching: [
    ...['rules', 'actions', 'record', 'table', 'returns', 'webhooks', 'igf', 'facts', 'runtime', 'config'],
  ],
  decide: ['matching', 'rules', 'actions', 'returns', 'igf', 'facts', 'runtime', 'config'],
  worker: [
    ...['decide', 'matching', 'rules', 'actions', 'record', 'table', 'returns', 'webhooks', 'igf', 'facts'],
    ...['runtime', 'config'],
  ],
  quarantine: [
    ...['worker', 'actions', 'record', 'table', 'ingest', 'webhooks', 'facts', 'runtime', 'config'],
  ],
  reconciler: [
    ...['worker', 'rules', 'actions', 'record', 'table', 'returns', 'webhooks', 'igf', 'facts', 'runtime'],
    'config',
  ],
};

const layerRules = Object.entries(layers).map(([folder, lower]) => ({
  name: `lib/${folder}-imports-lower-layers`,
  comment: `lib/${folder} imports ${lower.length > 0 ? `lib/{${lower.join(',')}}` : 'no other folder of lib'}.`,
  severity: 'error',
  from: { path: `^lib/${folder}/` },
  to: { path: '^lib/', pathNot: `^lib/(${[folder, ...lower].join('|')})/` },
}));

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...layerRules,
    {
      name: 'every-folder-of-lib-has-a-layer',
      severity: 'error',
      from: { path: '^lib/', pathNot: `^lib/(${Object.keys(layers).join('|')})/` },
      to: {},
    },
    {
      name: 'lib-stands-alone',
      comment: 'lib/ is the product; deployables and infrastructure depend on it, never the other way round.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(infra|functions|test)/' },
    },
    {
      name: 'functions-know-only-lib',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(infra|test)/' },
    },
    {
      name: 'infra-imports-neither-handlers-nor-tests',
      comment: 'The stack takes functions as bundled assets.',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^(functions|test)/' },
    },
    {
      name: 'ops-without-the-local-runtime',
      comment: 'The operator’s commands work on a deployed stage; the local runtime is another program.',
      severity: 'error',
      from: { path: '^infra/ops/' },
      to: { path: '^infra/local/' },
    },
    {
      name: 'infra-uses-pure-lib-only',
      comment: 'The stack reads facts (catalogue, schedule, schemas); it never loads an AWS client.',
      severity: 'error',
      from: { path: '^infra/(app|stack|bundle|constructs|settings)' },
      to: { path: 'node_modules/@aws-sdk', reachable: true },
    },
    {
      name: 'the-simulator-is-a-second-reading',
      comment: 'The IGF simulator shares no code with the IGF client.',
      severity: 'error',
      from: { path: '^infra/igf-simulator/' },
      to: { path: '^lib/' },
    },
    {
      name: 'the-oracle-is-a-second-reading',
      comment: 'The oracle of chaos shares no code with the bridge.',
      severity: 'error',
      from: { path: '^test/chaos/oracle/' },
      to: { path: '^(lib|functions)/' },
    },
    {
      name: 'not-to-dev-dependencies',
      severity: 'error',
      from: { path: '^(lib|functions)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
