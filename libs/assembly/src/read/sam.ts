import { isObject } from '@harmony/schema';
import { type JsonObject, objectAt, own } from './json-file.ts';

/**
 * A template with its AWS::Serverless resources in the words of CloudFormation, as far as a local run
 * and checks read them: functions, state machines, tables, nested applications. Events, APIs and the
 * roles that SAM makes stay what AWS alone knows.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-resources-and-properties.html
 */
export function withoutSam(document: JsonObject): JsonObject {
  const globals = objectAt(objectAt(document, 'Globals'), 'Function');
  const resources = Object.entries(objectAt(document, 'Resources')).flatMap(([id, resource]) => {
    if (!isObject(resource)) return [[id, resource] as const];
    const convert = own(CONVERSIONS, String(resource['Type']));
    if (convert === undefined) return [[id, resource] as const];
    const { type, properties } = convert(objectAt(resource, 'Properties'), globals);
    const converted = { ...resource, Type: type, Properties: properties };
    return [[id, converted] as const, ...published(id, resource)];
  });
  return { ...document, Resources: Object.fromEntries(resources) };
}

interface Converted {
  readonly type: string;
  readonly properties: JsonObject;
}

const CONVERSIONS: Readonly<
  Record<string, (properties: JsonObject, globals: JsonObject) => Converted>
> = {
  'AWS::Serverless::Function': (own, globals) => ({
    type: 'AWS::Lambda::Function',
    properties: functionProperties(own, globals),
  }),
  'AWS::Serverless::StateMachine': ({ Name, Type, Role, DefinitionUri, ...rest }) => ({
    type: 'AWS::StepFunctions::StateMachine',
    properties: without({
      ...rest,
      StateMachineName: Name,
      StateMachineType: Type,
      RoleArn: Role,
      DefinitionS3Location: DefinitionUri,
    }),
  }),
  'AWS::Serverless::SimpleTable': (properties) => ({ type: 'AWS::DynamoDB::Table', properties }),
  'AWS::Serverless::Application': ({ Location, Parameters }) => ({
    type: 'AWS::CloudFormation::Stack',
    properties: without({ TemplateURL: Location, Parameters }),
  }),
};

function functionProperties(own: JsonObject, globals: JsonObject): JsonObject {
  const { CodeUri, InlineCode, ImageUri, ...rest } = { ...globals, ...own };
  const variables = {
    ...objectAt(objectAt(globals, 'Environment'), 'Variables'),
    ...objectAt(objectAt(own, 'Environment'), 'Variables'),
  };
  const bucket = isObject(CodeUri) ? { S3Key: CodeUri['Key'] } : undefined;
  const packed = InlineCode === undefined ? (bucket ?? CodeUri) : { ZipFile: InlineCode };
  const code = ImageUri === undefined ? packed : { ImageUri };
  // SAM's own default is the folder of the template.
  return { ...rest, Code: code ?? '.', Environment: { Variables: variables } };
}

/** `!Ref Name.Alias` and `!Ref Name.Version` are resources to SAM. */
function published(id: string, resource: JsonObject): (readonly [string, JsonObject])[] {
  const alias = objectAt(resource, 'Properties')['AutoPublishAlias'];
  if (alias === undefined) return [];
  const FunctionName = { Ref: id };
  const of = (Type: string, Properties: JsonObject): JsonObject => ({ Type, Properties });
  return [
    [`${id}.Version`, of('AWS::Lambda::Version', { FunctionName })],
    [`${id}.Alias`, of('AWS::Lambda::Alias', { FunctionName, Name: alias })],
  ];
}

function without(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
