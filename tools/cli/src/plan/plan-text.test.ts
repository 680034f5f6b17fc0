import type { DeployPlan } from '@harmony/deploy';
import { describe, expect, it } from 'vitest';
import { planMarkdown } from '../commands/deploy-plan/plan-markdown.ts';
import { planText } from './plan-text.ts';

const file = 'apps/billing-alerts/src/handlers/find.ts';
const plan: DeployPlan = {
  against: 'what prod runs',
  base: '0123456789abcdef',
  contracts: [{ name: 'billing-alerts', files: ['libs/contracts/billing-alerts/src/index.ts'] }],
  removed: [{ stage: 'prod', name: 'old' }],
  stages: [
    {
      stage: 'prod',
      waves: [
        [
          {
            ...{ name: 'billing-alerts', selector: 'prod/billing-alerts', kind: 'child' },
            ...{ uses: [], after: [] },
            differs: [{ change: 'changed', what: 'AWS::Lambda::Function Find' }],
            because: Array.from({ length: 5 }, () => ({ file, path: ['billing-alerts'] })),
          },
        ],
        [
          {
            ...{ name: 'account-review', selector: 'prod/account-review', kind: 'orchestrator' },
            ...{ uses: ['billing-alerts'], after: ['billing-alerts'] },
            differs: [{ change: 'added', what: 'the stack' }],
            because: [{ file: 'a|b`c.ts', path: ['billing-alerts', 'infra'] }],
          },
        ],
      ],
      unaffected: ['tag-compliance'],
    },
  ],
};

describe('a plan as text', () => {
  it('has the waves, the stacks, what differs and why, the first reasons only', () => {
    expect(planText(plan)).toBe(
      [
        'prod: 2 of 3 stacks differ from what prod runs',
        '  wave 1',
        '    prod/billing-alerts',
        '      changed: AWS::Lambda::Function Find',
        `      ${file} → billing-alerts`,
        `      ${file} → billing-alerts`,
        `      ${file} → billing-alerts`,
        '      and 2 more',
        '  wave 2',
        '    prod/account-review',
        '      added: the stack',
        '      a|b`c.ts → billing-alerts → infra',
        '',
        'Contracts changed: billing-alerts',
        'Gone: prod/old. Its stack stays until you destroy it:  npx harmony destroy old --stage prod',
        '',
      ].join('\n'),
    );
  });

  it('says so when nothing differs', () => {
    const empty = { stage: 'dev', waves: [], unaffected: ['a'] };
    const nothing = { ...plan, contracts: [], removed: [], stages: [empty] };
    expect(planText(nothing)).toBe('dev: none of 1 stack differs from what prod runs\n');
    expect(planMarkdown(nothing)).toContain('**dev**: no stack differs.');
  });
});

describe('a plan as Markdown', () => {
  it('is a table per stage whose cells no file name can break out of', () => {
    const rows = planMarkdown(plan)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows).toEqual([
      '| wave | stack | why |',
      '| ---: | --- | --- |',
      `| 1 | \`prod/billing-alerts\` | \`changed: AWS::Lambda::Function Find\`<br>\`${file} → billing-alerts\` and 4 more files |`,
      '| 2 | `prod/account-review` | `added: the stack`<br>`` a\\|b`c.ts → billing-alerts → infra `` |',
    ]);
  });

  it('names the contracts that changed and the stacks that are gone', () => {
    expect(planMarkdown(plan)).toContain('Contracts changed: `billing-alerts`');
    expect(planMarkdown(plan)).toContain('**Gone:** `prod/old`');
  });
});
