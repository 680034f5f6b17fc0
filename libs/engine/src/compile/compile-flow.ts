import type { JsonObject } from '../json.ts';
import type { CompileContext } from './context.ts';
import type { Flow } from './flow.ts';
import { jsonPathFlow } from './flow-jsonpath.ts';
import { jsonataFlow } from './flow-jsonata.ts';

export function compileFlow(definition: JsonObject, context: CompileContext): Flow {
  return context.language === 'JSONata'
    ? jsonataFlow(definition, context)
    : jsonPathFlow(definition, context);
}
