/** Import rules: infra → lib, functions → lib, and nothing → infra or functions. */
export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
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
      name: 'infra-does-not-import-handlers',
      comment: 'The stack takes functions as bundled assets.',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^(functions|test)/' },
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
      name: 'commands-stand-alone',
      comment:
        'The operator commands work with a deployed bridge: they import neither the local runtime nor the stack.',
      severity: 'error',
      from: { path: '^infra/(ops|cli)/' },
      to: { path: '^infra/(local|igf-simulator|constructs)/' },
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
