import * as require_fs from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { test } from 'vitest';
import { compareSchemas } from './index.ts';

const K = ['a', 'b', 'c', 'kind'];
const schema = fc.letrec<{ any: any }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<any>(true, {}, { type: 'string' }, { type: 'number' }, { type: 'integer' }, { type: 'null' }, { type: ['string', 'null'] }, { type: 'boolean' }, { const: 'x' }, { enum: ['x', 'y', 1, null] }, { enum: ['x'] }, false, { minimum: 1 }, { type: 'string', pattern: '^a+$' }, { type: 'string', pattern: '^a' }, { pattern: '^[ab]*$' }),
    fc.record({ type: fc.constantFrom('number', 'integer'), minimum: fc.integer({ min: -2, max: 2 }), exclusiveMaximum: fc.integer({ min: -1, max: 4 }), multipleOf: fc.constantFrom(1, 2, 3) }, { requiredKeys: ['type'] }),
    fc.record({ type: fc.constant('string'), minLength: fc.integer({ min: 0, max: 2 }), maxLength: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: ['type'] }),
    fc.record({ type: fc.constantFrom('object', ['object', 'null']), properties: fc.dictionary(fc.constantFrom(...K), tie('any'), { maxKeys: 3 }), required: fc.uniqueArray(fc.constantFrom(...K), { maxLength: 2 }), additionalProperties: fc.oneof(fc.constant(false), tie('any')), patternProperties: fc.dictionary(fc.constantFrom('^a', 'b$'), tie('any'), { maxKeys: 1 }), propertyNames: fc.constantFrom({ enum: ['a', 'b'] }, { maxLength: 1 }, true), minProperties: fc.integer({ min: 0, max: 2 }), maxProperties: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: [] }),
    fc.record({ type: fc.constant('array'), items: tie('any'), prefixItems: fc.array(tie('any'), { minLength: 1, maxLength: 2 }), minItems: fc.integer({ min: 0, max: 2 }), maxItems: fc.integer({ min: 0, max: 3 }), uniqueItems: fc.boolean() }, { requiredKeys: ['type'] }),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((oneOf) => ({ oneOf })),
    fc.array(tie('any'), { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf })),
    tie('any').map((not) => ({ not })),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => ({ oneOf: [{ type: 'object', properties: { kind: { const: 'x' }, a }, required: ['kind'] }, { type: 'object', properties: { kind: { const: 'y' }, b }, required: ['kind'], additionalProperties: false }] })),
    fc.constant({ $ref: '#' }),
  ),
}));
const root = schema.any.filter((s: any) => JSON.stringify(s) !== '{"$ref":"#"}');
const mutate = (s: any): fc.Arbitrary<any> => fc.tuple(fc.nat(), root, fc.integer({ min: 0, max: 3 })).map(([n, other, mode]) => {
  const c = JSON.parse(JSON.stringify(s)); const spots: [any, string][] = [];
  const walk = (o: any) => { if (o && typeof o === 'object') for (const k of Object.keys(o)) { spots.push([o, k]); walk(o[k]); } };
  walk(c); if (spots.length === 0) return other;
  const [o, k] = spots[n % spots.length]!;
  if (mode === 0) { if (Array.isArray(o)) o.splice(Number(k), 1); else delete o[k]; }
  else if (typeof o[k] === 'number') o[k] += mode - 2; else if (['items', 'additionalProperties', 'not'].includes(k)) o[k] = other; 
  return c;
});
const value = fc.letrec<any>((tie) => ({ any: fc.oneof({ maxDepth: 3 }, fc.constantFrom(null, true, false, 0, 1, 2, 3, -1, 1.5, 6, '', 'a', 'x', 'y', 'ab', 'aaa', 'abcd', 'aab'), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(fc.constantFrom(...K, 'ab', 'd'), tie('any'), { maxKeys: 3 }), fc.record({ kind: fc.constantFrom('x', 'y'), a: tie('any') }, { requiredKeys: ['kind'] })) }));
test('adhoc', () => {
  let n = { compat: 0, checked: 0, invalidSchema: 0, unknown: 0, breaking: 0, slow: 0 }; const bad: string[] = [];
  const pair = root.chain((from) => fc.oneof(root, mutate(from), mutate(from)).map((to) => ({ from, to })));
  fc.assert(fc.property(pair, fc.array(value.any, { minLength: 60, maxLength: 60 }), ({ from, to }, vs) => {
    const ajv = new Ajv2020({ strict: false }); let vf: any, vt: any;
    try { vf = ajv.compile(from); vt = ajv.compile(to); } catch { n.invalidSchema++; return; }
    require_fs.writeFileSync('/tmp/ctr/last.json', JSON.stringify({ from, to })); const t = performance.now(); let d: any;
    try { d = compareSchemas({ from, to, undeclared: 'sent' } as any); } catch (e) { bad.push('THROW ' + String(e).slice(0, 200) + JSON.stringify({ from, to })); return; }
    if (performance.now() - t > 1000) { n.slow++; console.log('SLOW', Math.round(performance.now() - t), JSON.stringify({ from, to })); }
    if (d.length === 0) { n.compat++; for (const v of vs) { let f = false, tt = true; try { f = vf(v); tt = vt(v); } catch { continue; } if (f) { n.checked++; if (!tt) { bad.push('UNSOUND ' + JSON.stringify({ from, to, v })); break; } } } }
    else if (d.some((x: any) => x.verdict === 'breaking')) { n.breaking++; for (const x of d) if (x.verdict === 'breaking') { let f, tt; try { f = vf(x.counterexample); tt = vt(x.counterexample); } catch { continue; } if (!f || tt) bad.push('BADCEX ' + JSON.stringify({ from, to, x })); } }
    else n.unknown++;
  }), { numRuns: 400, seed: Number(process.env.SEED ?? 1) });
  console.log(n, bad.length); console.log(bad.sort((a, b) => a.length - b.length).slice(0, 6).join('\n'));
}, 300000);
