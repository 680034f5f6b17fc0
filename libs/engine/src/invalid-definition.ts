import { EngineError } from './engine-error.ts';
import type { Diagnostic } from './validate/diagnostic.ts';

/** A definition that Step Functions would refuse, or that this engine cannot run. */
export class InvalidDefinition extends EngineError {
  override readonly name = 'InvalidDefinition';
  readonly diagnostics: readonly Diagnostic[];

  constructor(machine: string, diagnostics: readonly Diagnostic[], options?: ErrorOptions) {
    const lines = diagnostics
      .filter(({ severity }) => severity === 'ERROR')
      .map(({ pointer, message }) => `${pointer === '' ? '/' : pointer}: ${message}`);
    super(
      'InvalidDefinition',
      `The definition of state machine '${machine}' is invalid:\n${lines.join('\n')}`,
      options,
    );
    this.diagnostics = diagnostics;
  }
}
