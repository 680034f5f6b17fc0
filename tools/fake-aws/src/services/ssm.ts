import { pageOf, type Service, ServiceError } from '../service.ts';

const PAGE = 2;

/** Systems Manager's parameters. */
export const ssm: Service = ({ parameters }, action, call) => {
  const parameter = (Name: string) => ({ Name, Type: 'String', Value: parameters.get(Name) });
  switch (action) {
    case 'GetParametersByPath': {
      const names = [...parameters.keys()].filter((name) =>
        name.startsWith(`${String(call['Path'])}/`),
      );
      const { items, next } = pageOf(names, call['NextToken'], PAGE);
      return {
        Parameters: items.map(parameter),
        ...(next === undefined ? {} : { NextToken: next }),
      };
    }
    case 'GetParameter': {
      const name = String(call['Name']);
      if (!parameters.has(name)) {
        throw new ServiceError('ParameterNotFound', `Parameter ${name} not found.`);
      }
      return { Parameter: parameter(name) };
    }
    case 'PutParameter': {
      const [name, value] = [String(call['Name']), String(call['Value'])];
      if (parameters.has(name) && call['Overwrite'] !== true) {
        throw new ServiceError('ParameterAlreadyExists', 'The parameter already exists.');
      }
      if (value.length > 4096) {
        throw new ServiceError(
          'ValidationException',
          'Standard tier parameters support a maximum parameter value of 4096 characters.',
        );
      }
      parameters.set(name, value);
      return { Version: 1 };
    }
    default:
      return undefined;
  }
};
