/**
 * Step Functions spells what it calls as the AWS SDK for Java 2 does: that is the client behind it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */

/** `Invoke` → `invoke`, `DescribeDBInstances` → `describeDBInstances`. */
export function actionName(operation: string): string {
  return operation.charAt(0).toLowerCase() + operation.slice(1);
}

/** `restApiId` → `RestApiId`, `DBInstanceIdentifier` → `DbInstanceIdentifier`; inner acronyms stay. */
export function memberName(member: string): string {
  const [first = ''] = member;
  let end = 1;
  while (isUpper(member[end]) && !isLower(member[end + 1])) end++;
  const name = first.toUpperCase() + member.slice(1, end).toLowerCase() + member.slice(end);
  return name === 'Equals' ? 'EqualsValue' : name;
}

/** `NoSuchKey` → `NoSuchKeyException`, `DBInstanceNotFoundFault` → `DbInstanceNotFoundException`. */
export function errorName(shape: string): string {
  const base = shape.replace(/(?:Exception|Fault)$/, '');
  return `${pascalCase(base)}Exception`;
}

/** The part of an error's name before the point, from the service's id: `ACM PCA` → `AcmPca`. */
export function errorPrefix(serviceId: string): string {
  return pascalCase(serviceId.replace(/^(?:Amazon|AWS)\s*/, '').replace(/\s*Service$/, ''));
}

/** As a Resource names a service, from its client's package: `client-config-service` → `config`. */
export function serviceName(client: string): string {
  return client
    .replace(/^client-/, '')
    .replaceAll('-', '')
    .replace(/(?<=.)service$/, '');
}

function isUpper(character: string | undefined): boolean {
  return character !== undefined && /[A-Z]/.test(character);
}

function isLower(character: string | undefined): boolean {
  return character !== undefined && /[a-z]/.test(character);
}

function pascalCase(text: string): string {
  return text
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .replaceAll(/([^a-z]{2,})v(\d+)/g, '$1 v$2 ')
    .replaceAll(/([^A-Z]{2,})V(\d+)/g, '$1 V$2 ')
    .replaceAll(/(?<=[a-z])(?=[A-Z][a-zA-Z\d])/g, ' ')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/(\d)([a-zA-Z])/g, '$1 $2')
    .split(' ')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join('');
}
