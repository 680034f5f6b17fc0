#!/usr/bin/env node
// The bundle where it is built: it starts in a fraction of the time. Else the sources, which Node 24
// runs as they are.
import { existsSync } from 'node:fs';

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `harmony: needs Node 24, this is ${process.version}. Run it as  npx harmony : npm ci has brought Node 24 along.`,
  );
  process.exit(2);
}
const bundle = new URL('../dist/harmony.mjs', import.meta.url);
await import(existsSync(bundle) ? bundle.href : '../src/main.ts');
