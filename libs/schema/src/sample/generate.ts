import { SchemaDocument } from '../document.ts';
import type { Json, JsonSchema } from '../json.ts';
import { readSchema } from '../read/index.ts';
import { Node } from '../shapes/shapes.ts';
import { validator } from '../validator.ts';
import { type Choices, SIMPLEST } from './choices.ts';
import { sample } from './sample.ts';

/**
 * Makes values of one schema. The same choices give the same value; smaller choices a simpler one.
 * A value that a keyword beyond the generator refuses (`not`, `if`, …) is given up: undefined.
 * @throws {InvalidSchema} where the schema cannot be read
 */
export function generate(schema: JsonSchema): (choices?: Choices) => Json | undefined {
  const root = readSchema(schema);
  const node = new Node([{ document: new SchemaDocument(root), schema: root }]);
  const isValid = validator(root);
  return (choices = SIMPLEST) => {
    const value = sample(node, choices);
    return value === undefined || !isValid(value) ? undefined : value;
  };
}
