#!/usr/bin/env node
// The bin `bridge`. It is plain JavaScript, because a Node that cannot read TypeScript must be able to run the check.
import '../node-version.mjs';

const { bridge } = await import('./bridge.ts');
process.exitCode = await bridge(process.argv.slice(2));
