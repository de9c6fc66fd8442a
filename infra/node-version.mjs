// Preloaded before the stack (see "app" in cdk.json). Plain JavaScript, because it must also run on the Node that cannot
// read TypeScript. The packages bring their own Node 24, which npm scripts and npx put first on the path.
const major = Number(process.versions.node.split('.')[0]);

if (major < 24) {
  console.error(
    `This needs Node 24 and runs on ${process.version}: run "npm ci" (without --ignore-scripts), ` +
      'then start it with npx or an npm script, such as "npx cdk synth".',
  );
  process.exit(1);
}
