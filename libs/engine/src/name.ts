/**
 * Whether the API takes it for the name of an execution or a resource: up to 80 characters without
 * blanks, brackets, wildcards, quotes, control characters
 * (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html).
 */
export function isValidName(name: string): boolean {
  return /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/.test(name);
}
