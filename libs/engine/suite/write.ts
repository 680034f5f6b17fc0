/** Writes docs/engine-suite.md: `node libs/engine/suite/write.ts`. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readSuite } from './suite.ts';
import { suitePage } from './table.ts';

const file = resolve(import.meta.dirname, '../../../docs/engine-suite.md');
writeFileSync(file, suitePage(readSuite()));
