import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addTaskAfterCheckInput } from './add-task.ts';

const names = { camel: 'findMore', pascal: 'FindMore', state: 'Find more' };

const yaml = `Comment: A child. # and a remark
QueryLanguage: JSONata
StartAt: Check input
States:
  # First of all
  Check input:
    Type: Task
    Next: Done
  Done:
    Type: Succeed
`;

interface Definition {
  readonly States: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe('adding a task to a definition', () => {
  it('puts it between Check input and what followed, comments and order kept', () => {
    const text = addTaskAfterCheckInput('workflow.asl.yaml', yaml, names);
    expect(text).toContain('# and a remark');
    expect(text).toContain('# First of all');
    const { States } = parse(text) as Definition;
    expect(Object.keys(States)).toEqual(['Check input', 'Find more', 'Done']);
    expect(States['Check input']?.['Next']).toBe('Find more');
    expect(States['Find more']).toMatchObject({
      Next: 'Done',
      Arguments: { FunctionName: '${FindMore}' },
    });
  });

  it('takes over the end of a definition with one state', () => {
    const one = yaml.replace('Next: Done', 'End: true');
    const { States } = parse(addTaskAfterCheckInput('workflow.asl.yaml', one, names)) as Definition;
    expect(States['Check input']).toEqual({ Type: 'Task', Next: 'Find more' });
    expect(States['Find more']).toMatchObject({ End: true });
  });

  it('speaks the language of the definition, and JSON', () => {
    const json = JSON.stringify({
      StartAt: 'Check input',
      States: { 'Check input': { Type: 'Task', End: true } },
    });
    const { States } = JSON.parse(
      addTaskAfterCheckInput('workflow.asl.json', json, names),
    ) as Definition;
    expect(States['Find more']).toMatchObject({ ResultPath: '$.findMore' });
  });

  it('refuses a definition that it does not understand, or that has the state', () => {
    const without = yaml.replaceAll('Check input', 'Begin');
    expect(() => addTaskAfterCheckInput('f.yaml', without, names)).toThrow(/"Check input"/);
    const twice = addTaskAfterCheckInput('f.yaml', yaml, names);
    expect(() => addTaskAfterCheckInput('f.yaml', twice, names)).toThrow(/"Find more" already/);
  });
});
