import { jsonTypeOf } from '../schema/shape.ts';

/** Python's name of a value's type, as docker-compose's messages show it. */
function pythonTypeName(value: unknown): string {
  switch (jsonTypeOf(value)) {
    case 'array':
      return 'list';
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'null':
      return 'NoneType';
    case 'object':
      return 'dict';
    default:
      return Number.isInteger(value) ? 'int' : 'float';
  }
}

export const pythonType = (value: unknown) => `<class '${pythonTypeName(value)}'>`;
