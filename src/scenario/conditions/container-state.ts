import { definePredicate } from './predicate.ts';

/** A container that plays the part runs. */
export const running = definePredicate({
  name: 'running',
  parse: (args) => ({ part: args.only('part').text('part') }),
  holds: ({ part }, view) => view.running(part) !== undefined,
});

/** A container that plays the part has ended by itself, and none runs. */
export const ended = definePredicate({
  name: 'ended',
  parse: (args) => ({ part: args.only('part').text('part') }),
  holds: ({ part }, view) => {
    const all = view.playing(part);
    return (
      !all.some((container) => container.running) &&
      all.some((container) => container.lifecycle.state === 'exited' && !container.stoppedByUser)
    );
  },
});

/** A container that plays the part was made, but couldn't be started. */
export const unstarted = definePredicate({
  name: 'unstarted',
  parse: (args) => ({ part: args.only('part').text('part') }),
  holds: ({ part }, view) =>
    view.settled && view.playing(part).some((container) => container.lifecycle.state === 'created'),
});

/** A container of that part was made from the folder of another exercise, or from none of the course's. */
export const startedElsewhere = definePredicate({
  name: 'started-elsewhere',
  parse: (args) => ({ part: args.only('part').text('part') }),
  holds: ({ part }, view) =>
    view.running(part) === undefined &&
    [...view.evidence.containers.values()].some(
      ({ service, workingDir }) => service === part && workingDir !== null && view.isAnotherExercise(workingDir),
    ),
});

/** A container of that part has been there and is not any more. */
export const removed = definePredicate({
  name: 'removed',
  parse: (args) => ({ part: args.only('part').text('part') }),
  holds: ({ part }, view) =>
    view.playing(part).length === 0 && [...view.evidence.containers.values()].some((known) => view.plays(known, part)),
});

/** No command is under way that changes containers or networks: what holds meanwhile may hold for a moment only. */
export const settled = definePredicate({
  name: 'settled',
  parse: (args) => void args.only(),
  holds: (_, view) => view.settled,
});

/** An interface in the part's network namespace has the address. */
export const hasAddress = definePredicate({
  name: 'has-address',
  parse: (args) => {
    args.only('part', 'address');
    return { part: args.text('part'), address: args.text('address') };
  },
  holds: ({ part, address }, view) => {
    const container = view.running(part);
    return container !== undefined && view.interfaceAddresses(container).includes(address);
  },
});

/**
 * docker-compose 1.29 stopped in the middle of making a container anew: the old one bears its id in front of its name.
 * On today's engines it always does (`KeyError: 'ContainerConfig'`).
 */
export const halfRecreated = definePredicate({
  name: 'half-recreated',
  parse: (args) => {
    args.only();
    return {};
  },
  holds: (_, view) =>
    view.containers.some(
      ({ name, config }) => /^[0-9a-f]{12}_/.test(name) && config.Labels['com.docker.compose.project'] !== undefined,
    ),
});
