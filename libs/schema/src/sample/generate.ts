import type { Json, JsonSchema } from '../json.ts';
import { type Choices, SIMPLEST } from './choices.ts';
import { SchemaDocument } from '../document.ts';
import { sample } from './sample.ts';
import { Node } from '../shapes/shapes.ts';
import { isValid } from '../valid.ts';

/**
 * Makes values of one schema. The same choices give the same value; smaller choices a simpler one.
 * A value that a keyword beyond the generator refuses (`not`, `if`, …) is given up: undefined.
 */
export function generate(schema: JsonSchema): (choices?: Choices) => Json | undefined {
  const document = new SchemaDocument(schema);
  const node = new Node([{ document, schema }]);
  return (choices = SIMPLEST) => {
    const value = sample(node, choices);
    return value === undefined || isValid(document, value) === false ? undefined : value;
  };
}
