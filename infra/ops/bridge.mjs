#!/usr/bin/env node
// The bin `bridge`. It is plain JavaScript, because a Node that cannot read TypeScript must be able to run the check.
import module from 'node:module';
import '../node-version.mjs';

// Node keeps what it compiled in the folder for temporary files: the next command starts in half the time.
module.enableCompileCache();
const { bridge } = await import('./bridge.ts');
process.exitCode = await bridge(process.argv.slice(2));
