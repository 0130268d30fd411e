import { anyOf, dictionary, list, nothing, object, type Shape, string, types } from '../../schema/shape.ts';

/** Parts of the grammar that occur in many places (compose-spec's definitions). */

export const NAME = /^[a-zA-Z0-9._-]+$/;

/** A switch may also be a text: it may come out of a variable. */
export const flag = types('boolean', 'string');
export const numeric = types('number', 'string');
export const whole = types('integer', 'string');

export const listOfStrings = list(string, { unique: true });
export const stringOrList = anyOf(string, listOfStrings);
export const listOrDictionary = anyOf(
  dictionary(types('string', 'number', 'boolean', 'null')),
  list(string, { unique: true }),
);
export const extraHosts = anyOf(dictionary(anyOf(string, list(string))), list(string, { unique: true }));
export const command = anyOf(nothing, string, list(string));
export const driverOptions = dictionary(types('string', 'number'));

export const fileMounts = list(
  anyOf(string, object({ source: string, target: string, uid: string, gid: string, mode: numeric })),
);

export const ulimits = dictionary(anyOf(whole, object({ hard: whole, soft: whole }, ['soft', 'hard'])), /^[a-z]+$/);

export const hook = object(
  { command, user: string, privileged: flag, working_dir: string, environment: listOrDictionary },
  ['command'],
);

export const mapOrNull = (keys: Readonly<Record<string, Shape>>): Shape => ({
  is: 'types',
  types: ['object', 'null'],
  object: object(keys),
});

export const external: Shape = {
  is: 'types',
  types: ['boolean', 'string', 'object'],
  object: object({ name: string }),
};

export const deviceRequests = {
  capabilities: listOfStrings,
  count: types('string', 'integer'),
  device_ids: listOfStrings,
  driver: string,
  options: listOrDictionary,
};
