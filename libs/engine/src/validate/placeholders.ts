/** Whether a string holds a CloudFormation or CDK definition substitution. */
export function hasPlaceholder(text: string): boolean {
  return /\$\{[^}]*\}/.test(text);
}
