import { spawnSync } from 'node:child_process';
import { GeneratorError } from './generator-error.ts';

/**
 * Runs a script in a process of its own, in the workspace: what contracts and orchestrations are is
 * known to their own code, which the plugin does not import.
 *
 * @param script the text of a module; finds `question` declared, and answers with `answer(value)`
 * @throws GeneratorError `TARGET_REFUSED` with what the script wrote to standard error
 */
export function askWorkspace<Answer>(root: string, script: string, question: object): Answer {
  const text = `
    const question = ${JSON.stringify(question)};
    const answer = (value) => process.stdout.write('\\n' + JSON.stringify(value));
    ${script}
  `;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', text],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  );
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Answer;
  const reason = /^(?:\w*(?:Error|Contract|Orchestration)\w*(?: \[.*\])?: .*)$/m.exec(stderr)?.[0];
  throw new GeneratorError(
    'TARGET_REFUSED',
    `the workspace's own code does not load: ${reason ?? stderr.trim()}`,
  );
}
