import { definePredicate } from './predicate.ts';

/** A running container of the part publishes the port. */
export const published = definePredicate({
  name: 'published',
  parse: (args) => {
    args.only('part', 'hostPort', 'containerPort');
    return { part: args.text('part'), hostPort: args.number('hostPort'), containerPort: args.number('containerPort') };
  },
  holds: ({ part, hostPort, containerPort }, view) =>
    view
      .playing(part)
      .some((container) =>
        container.ports.some((port) => port.hostPort === hostPort && port.containerPort === containerPort),
      ),
});

/** A port of the host is published by somebody who doesn't play the part that it is meant for. */
export const portTaken = definePredicate({
  name: 'port-taken',
  parse: (args) => {
    args.only('hostPort', 'for');
    return { hostPort: args.number('hostPort'), part: args.text('for') };
  },
  holds: ({ hostPort, part }, view) => {
    const wanted = view.playing(part);
    return view.containers.some(
      (container) => !wanted.includes(container) && container.ports.some((port) => port.hostPort === hostPort),
    );
  },
});

/** A server said that it couldn't have its port, because somebody has it already. */
export const bindFailed = definePredicate({
  name: 'bind-failed',
  parse: (args) => ({ port: args.only('port').number('port') }),
  holds: ({ port }, view, since) =>
    view.evidence.bindFailures.some((failure) => failure.at > since && failure.port === port),
});
