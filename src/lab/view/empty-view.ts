import type { LabView } from './lab-view.ts';

/** Before the machine has said anything. */
export const EMPTY_VIEW: LabView = {
  time: 0,
  namespaces: {},
  containers: {},
  networks: {},
  terminals: {},
  commands: [],
  exercise: null,
};
