import { compileJsonataField } from '../compile/flow-jsonata.ts';
import { compileTemplateField } from '../compile/flow-jsonpath.ts';
import { inside, objectField, type CompileContext } from '../compile/context.ts';
import { Unsupported } from '../compile/unsupported.ts';
import { EvaluationScope } from '../core/scope.ts';
import type { Thread } from '../core/port.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';

/** What an ItemReader or a ResultWriter tells S3: text by name, '' for what is not there. */
export type CallParameters = (thread: Thread, view: Json) => (name: string) => string;

/** Who may read, which the object store does not ask. */
const ownership = ['ExpectedBucketOwner', 'RequestPayer'];

/**
 * Compiles Arguments or Parameters of a call of S3. Whatever the object store would not heed is
 * refused by name: when the machine is added, or in the run where only that tells.
 * @param names those that the object store knows
 * @param failed makes the error for a parameter that turns up in a run
 */
export function compileCallParameters(
  call: JsonObject,
  field: 'ItemReader' | 'ResultWriter',
  names: readonly string[],
  context: CompileContext,
  failed: (cause: string) => Error,
): CallParameters | undefined {
  const jsonata = context.language === 'JSONata';
  const name = jsonata ? 'Arguments' : 'Parameters';
  const template = jsonata
    ? compileJsonataField(call, name, context, `${field}/`)
    : compileTemplateField(call, name, inside(context, field));
  if (template === undefined) return undefined;
  const unknown = (parameters: JsonObject): string[] =>
    Object.keys(parameters)
      .map((key) => key.replace(/\.\$$/, ''))
      .filter((key) => !names.includes(key) && !ownership.includes(key));
  const [written] = unknown(objectField(call, name) ?? {});
  if (written !== undefined) {
    throw new Unsupported(
      `the object store of this engine does not know ${field}/${name}/${written}`,
    );
  }
  const read = (value: Json): ((parameter: string) => string) => {
    const parameters = isObject(value) ? value : {};
    const [other] = unknown(parameters);
    if (other !== undefined) {
      throw failed(`this engine's object store does not know the parameter ${other}`);
    }
    return (parameter) => {
      const text = parameters[parameter];
      return typeof text === 'string' ? text : '';
    };
  };
  return (thread, view) => read(template.evaluate(new EvaluationScope(thread, view)));
}
