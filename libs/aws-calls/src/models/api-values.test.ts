import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AwsCall, readResource } from '../call.ts';
import { fromApi, NotTaken, toApi } from './api-values.ts';
import { awsModels } from './models.ts';
import type { Schema } from './schemas.ts';

/** As a client writes it: moments, bytes, a body, numbers, a list, maps, itself, an optional trait. */
const node: Schema = [
  ...[3, 'ns', 'Node', 0],
  ['createdAt', 'data', 'payload', 'DBSize', 'isOpen', 'names', 'tags', 'inner', 'text'],
  [
    4,
    21,
    [21, 16],
    1,
    2,
    64,
    128,
    () => [1, 'ns', 'Nodes', 0, [() => node, 0]],
    [0, { header: 'x' }],
  ],
];

describe('arguments of a call', () => {
  it.each([
    [{ CreatedAt: '2026-11-22T06:00:00Z' }, { createdAt: new Date('2026-11-22T06:00:00Z') }],
    [{ CreatedAt: 1 }, { createdAt: new Date(1000) }],
    [{ Data: 'AP/+' }, { data: Buffer.from([0, 255, 254]) }],
    [{ Data: 'no Base64!' }, { data: Buffer.from('no Base64!') }],
    [{ Payload: 'AP/+' }, { payload: Buffer.from('AP/+') }],
    [{ Payload: { a: 1 } }, { payload: Buffer.from('{"a":1}') }],
    [
      { DbSize: '12', IsOpen: 'true', Text: { a: [1] } },
      { DBSize: 12, isOpen: true, text: '{"a":[1]}' },
    ],
    [{ Inner: [{ Tags: { createdAt: 'kept' } }] }, { inner: [{ tags: { createdAt: 'kept' } }] }],
    [{ Text: null }, {}],
  ])('%j are given as the client takes them', (given, taken) => {
    expect(toApi(node, given, false)).toEqual(taken);
  });

  it.each([
    [{ Inner: [{}, { Sizes: 1 }] }, 'the call has no member Inner[1].Sizes'],
    [{ Names: 'one' }, 'Names must be a list'],
    [{ Tags: 1 }, 'Tags must be an object'],
    ['text', 'what it is given must be an object'],
  ])('%j are refused with their path', (given, message) => {
    expect(() => toApi(node, given, false)).toThrow(new NotTaken(message));
  });
});

describe('the answer of a call', () => {
  it('is as Step Functions gives it, without what the API does not know', () => {
    const answer = {
      $metadata: {},
      createdAt: new Date(1000),
      data: new Uint8Array([0, 255, 254]),
      payload: Buffer.from('straße'),
      DBSize: 12n,
      inner: [{ tags: { createdAt: 'kept' }, text: undefined }],
    };
    expect(fromApi(node, answer, false)).toEqual({
      CreatedAt: '1970-01-01T00:00:01Z',
      Data: 'AP/+',
      Payload: 'straße',
      DbSize: 12,
      Inner: [{ Tags: { createdAt: 'kept' } }],
    });
    expect(fromApi(node, { DBSize: 1 }, true)).toEqual({ DBSize: 1 });
  });

  it('given back as arguments is what it was', () => {
    const values = fc.record(
      {
        createdAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
        data: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        DBSize: fc.integer(),
        isOpen: fc.boolean(),
        names: fc.array(fc.string()),
        tags: fc.dictionary(fc.stringMatching(/^\w+$/), fc.string()),
        text: fc.string(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.record({ inner: fc.array(values) }), fc.boolean(), (value, isOptimised) => {
        expect(toApi(node, fromApi(node, value, isOptimised), isOptimised)).toEqual(value);
      }),
    );
  });

  it('of a real client goes by its own schemas', () => {
    const models = awsModels(import.meta.dirname);
    const model = models.of(readResource('arn:aws:states:::aws-sdk:lambda:invoke') as AwsCall);
    if (model.kind !== 'known' || model.api === undefined) throw new Error(model.kind);
    const { output, name } = model.api;
    const answer = { StatusCode: 200, Payload: Buffer.from('{"a":1}') };
    expect([name, fromApi(output, answer, false)]).toEqual([
      'Invoke',
      { StatusCode: 200, Payload: '{"a":1}' },
    ]);
  });
});
