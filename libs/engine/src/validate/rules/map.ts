import { isObject } from '../../json.ts';
import { below } from '../../pointer.ts';
import type { Rule } from '../rule.ts';

/** Fields that only a Distributed Map acts on. */
const distributedOnly = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'];

const maxLabel = 40;

/** A Map has one processor, and the fields of its mode. */
export const mapRule: Rule = {
  state(state, report) {
    if (state.value['Type'] !== 'Map') return;
    const refuse = (message: string, ...steps: string[]) => {
      report('SCHEMA_VALIDATION_FAILED', below(state.pointer, ...steps), message);
    };
    const field = state.value['ItemProcessor'] === undefined ? 'Iterator' : 'ItemProcessor';
    const processor = state.value[field];
    if (processor === undefined) refuse("The field 'ItemProcessor' is missing");
    const config = isObject(processor) ? processor['ProcessorConfig'] : undefined;
    const distributed = isObject(config) && config['Mode'] === 'DISTRIBUTED';
    if (!distributed) {
      for (const name of distributedOnly) {
        if (state.value[name] !== undefined) {
          refuse(`Field '${name}' is only supported in DISTRIBUTED mode`, name);
        }
      }
    } else if (state.options.type === 'EXPRESS') {
      refuse('An Express workflow has no Distributed Map', field, 'ProcessorConfig', 'Mode');
    }
    const label = state.value['Label'];
    if (typeof label === 'string' && (label.length > maxLabel || !/^[\w-]+$/.test(label))) {
      refuse(`Label has at most ${String(maxLabel)} letters, digits, - and _`, 'Label');
    }
    const batcher = state.value['ItemBatcher'];
    const sizes = [
      'MaxItemsPerBatch',
      'MaxItemsPerBatchPath',
      'MaxInputBytesPerBatch',
      'MaxInputBytesPerBatchPath',
    ];
    if (isObject(batcher) && !sizes.some((name) => batcher[name] !== undefined)) {
      refuse('ItemBatcher needs MaxItemsPerBatch or MaxInputBytesPerBatch', 'ItemBatcher');
    }
  },
};
