// Preloaded before the stack (see "app" in cdk.json): the check of Node's version, and Node's cache of compiled code. Plain
// JavaScript, because it must also run on the Node that cannot read TypeScript. The packages bring their own Node 24, which
// npm scripts and npx put first on the path.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const major = Number(process.versions.node.split('.')[0]);

if (major < 24) {
  console.error(
    `This needs Node 24 and runs on ${process.version}: run "npm ci" (without --ignore-scripts), ` +
      'then start it with npx or an npm script, such as "npx cdk synth".',
  );
  process.exit(1);
}

// Node keeps what it compiled, also for threads and child processes: a command or a function then starts in half the time.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url));
module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
