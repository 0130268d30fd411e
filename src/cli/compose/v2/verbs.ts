import { defineGroup } from '../../command/command.ts';
import { notModelled } from '../../command/not-modelled.ts';
import { attach } from './attach.ts';
import { config } from './config.ts';
import { cp } from './cp.ts';
import { create } from './create.ts';
import { down } from './down.ts';
import { events } from './events.ts';
import { exec } from './exec.ts';
import { exportFiles } from './export.ts';
import { images } from './images.ts';
import { kill } from './kill.ts';
import { logs } from './logs.ts';
import { ls } from './ls.ts';
import { pause, unpause } from './pause.ts';
import { port } from './port.ts';
import { ps } from './ps.ts';
import { pull } from './pull.ts';
import { restart } from './restart.ts';
import { rm } from './rm.ts';
import { run } from './run.ts';
import { scale } from './scale.ts';
import { start } from './start.ts';
import { stats } from './stats.ts';
import { stop } from './stop.ts';
import { top } from './top.ts';
import { up } from './up.ts';
import { type ComposeVerb, notHere } from './verb.ts';
import { version } from './version.ts';
import { volumes } from './volumes.ts';
import { wait } from './wait.ts';
import { watch } from './watch.ts';

const NO_IMAGE_MAKING = "images can't be made on this simulated host; docker images lists those there are";
const NO_REGISTRY = 'this simulated host has no registry';

export const VERBS: readonly ComposeVerb[] = [
  attach,
  notHere('build [OPTIONS] [SERVICE...]', 'Build or rebuild services', NO_IMAGE_MAKING),
  notHere(
    'commit [OPTIONS] SERVICE [REPOSITORY[:TAG]]',
    "Create a new image from a service container's changes",
    NO_IMAGE_MAKING,
  ),
  config,
  cp,
  create,
  down,
  events,
  exec,
  exportFiles,
  images,
  kill,
  logs,
  ls,
  pause,
  port,
  ps,
  notHere('publish [OPTIONS] REPOSITORY[:TAG]', 'Publish compose application', NO_REGISTRY),
  pull,
  notHere('push [OPTIONS] [SERVICE...]', 'Push service images', NO_REGISTRY),
  restart,
  rm,
  run,
  scale,
  start,
  stats,
  stop,
  top,
  unpause,
  up,
  version,
  volumes,
  wait,
  watch,
];

export const BRIDGE = defineGroup({
  use: 'bridge',
  short: 'Convert compose files into another model',
  commands: [
    notModelled({
      use: 'convert',
      short: 'Convert compose files into another model',
      instead: 'compose files can only be run here, not turned into other models',
    }),
  ],
});
