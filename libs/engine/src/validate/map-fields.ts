import type { Check } from './check.ts';
import {
  exclusive,
  fields,
  integer,
  jsonataTemplate,
  object,
  oneOf,
  only,
  orExpression,
  mapNumberPath,
  template,
} from './check.ts';
import { isObject } from '../json.ts';
import { inside, refuse } from './place.ts';

/** Items: an array, an object or an expression that gives one. */
export const itemsField: Check = (value, place) => {
  if (typeof value === 'object' && value !== null) jsonataTemplate(value, place);
  else {
    orExpression((literal, at) => {
      refuse(at, `Expected an array or a JSONata expression, got ${JSON.stringify(literal)}`);
    })(value, place);
  }
};

/** ProcessorConfig; the processor's StartAt and States are a scope of their own. */
export const processor: Check = (value, place) => {
  if (!isObject(value)) {
    object(value, place);
    return;
  }
  const config = value['ProcessorConfig'];
  if (config !== undefined) processorConfig(config, inside(place, 'ProcessorConfig'));
};

const processorConfig: Check = (value, place) => {
  fields({ Mode: oneOf('INLINE', 'DISTRIBUTED'), ExecutionType: oneOf('STANDARD', 'EXPRESS') })(
    value,
    place,
  );
  if (!isObject(value)) return;
  if (value['Mode'] === 'DISTRIBUTED' && value['ExecutionType'] === undefined) {
    refuse(place, "Mode DISTRIBUTED needs the field 'ExecutionType'");
  }
};

/** (Developer Guide, "ItemBatcher"): its fields, in their checks. */
export const itemBatcherFields: Readonly<Record<string, Check>> = {
  BatchInput: template,
  MaxItemsPerBatch: orExpression(integer(0, 99_999_999)),
  MaxItemsPerBatchPath: only('JSONPath', mapNumberPath),
  MaxInputBytesPerBatch: orExpression(integer(0, 262_144)),
  MaxInputBytesPerBatchPath: only('JSONPath', mapNumberPath),
};

export const itemBatcher = exclusive(fields(itemBatcherFields), [
  'MaxItemsPerBatch',
  'MaxInputBytesPerBatch',
]);
