import type { IPolicyValidationContext, PolicyValidationPluginReport } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';

/**
 * cdk-nag's AWS Solutions, each finding with what to do about it here: the pack itself tells of
 * suppressions that its own last version knew, and leaves the findings' names to be guessed.
 */
export class AwsSolutions extends AwsSolutionsChecks {
  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const report = super.validate(context);
    return {
      ...report,
      violations: report.violations.map((violation) => ({
        ...violation,
        description: `${ours(violation.description)} ${adviceFor(violation.ruleName)}`,
      })),
    };
  }
}

/** What is found, without the way out that is none. */
function ours(description: string): string {
  const found = description.replace(
    / (?:and|or) (?:does not|do not) have a cdk-nag (?:rule suppression|suppression rule)\b[^.]*/,
    '',
  );
  return found.endsWith('.') ? found : `${found}.`;
}

function adviceFor(rule: string): string {
  const wildcard = /^AwsSolutions-IAM5\[(.*)\]$/s.exec(rule)?.[1];
  const acknowledge = `Validations.of(resource).acknowledge({ id: ${quoted(rule)}, reason: '…' })`;
  return wildcard === undefined
    ? `Put it right; or, where it has to be so, say why where the resource is made: ${acknowledge}.`
    : `Name the resources or actions that are needed; where AWS takes nothing but a wildcard, say why: in a child's src/workflow.ts  wildcards: [{ finding: ${quoted(wildcard)}, reason: '…' }] ; for any other role  ${acknowledge} .`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`\'`)}'`;
}
