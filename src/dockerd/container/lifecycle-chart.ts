/** The life of a container, as a chart (daemon/container/state.go): what the state is, and which events lead where. */
export const LIFECYCLE = {
  id: 'container',
  initial: 'created',
  states: {
    // A start that fails leaves it as it was: `docker ps` goes on to say "Created".
    created: { on: { start: 'running', fail: 'created', remove: 'removing' } },
    running: { on: { pause: 'paused', exit: 'exited', restart: 'restarting', remove: 'removing' } },
    paused: { on: { unpause: 'running', exit: 'exited' } },
    restarting: { on: { start: 'running', exit: 'exited', fail: 'exited', remove: 'removing' } },
    exited: { on: { start: 'running', fail: 'exited', remove: 'removing' } },
    removing: { on: { removed: 'dead', fail: 'dead' } },
    dead: { on: { remove: 'removing' } },
  },
} as const;

export type ContainerState = keyof (typeof LIFECYCLE)['states'];
