/** Writes the feature table into docs/engine.md: `node libs/engine/features/write.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { features } from './features.ts';
import { begin, featureTable, finish } from './table.ts';

const file = resolve(import.meta.dirname, '../../../docs/engine.md');
const text = readFileSync(file, 'utf8');
const [before, rest = ''] = text.split(begin);
const after = rest.split(finish)[1] ?? '';
writeFileSync(file, `${before}${begin}\n\n${featureTable(features)}\n\n${finish}${after}`);
