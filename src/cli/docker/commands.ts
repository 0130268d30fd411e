import { atTop, defineGroup, type Command } from '../command/command.ts';
import { notModelled } from '../command/not-modelled.ts';
import { attach } from './container/attach.ts';
import { cp } from './container/cp.ts';
import { create } from './container/create.ts';
import { diff } from './container/diff.ts';
import { exec } from './container/exec.ts';
import { exportFiles } from './container/export.ts';
import { inspect as inspectContainer } from './container/inspect.ts';
import { kill } from './container/kill.ts';
import { logs } from './container/logs.ts';
import { ls } from './container/ls.ts';
import { pause } from './container/pause.ts';
import { port } from './container/port.ts';
import { prune as pruneContainers } from './container/prune.ts';
import { rename } from './container/rename.ts';
import { restart } from './container/restart.ts';
import { rm } from './container/rm.ts';
import { run } from './container/run.ts';
import { start } from './container/start.ts';
import { stats } from './container/stats.ts';
import { stop } from './container/stop.ts';
import { top } from './container/top.ts';
import { unpause } from './container/unpause.ts';
import { update } from './container/update.ts';
import { wait } from './container/wait.ts';
import { CONTEXT_COMMAND } from './context/contexts.ts';
import { history } from './image/history.ts';
import { inspect as inspectImage } from './image/inspect.ts';
import { ls as lsImages } from './image/ls.ts';
import { prune as pruneImages } from './image/prune.ts';
import { pull } from './image/pull.ts';
import { push } from './image/push.ts';
import { rm as rmImages } from './image/rm.ts';
import { search } from './image/search.ts';
import { tag } from './image/tag.ts';
import { connect } from './network/connect.ts';
import { create as createNetwork } from './network/create.ts';
import { disconnect } from './network/disconnect.ts';
import { inspect as inspectNetwork } from './network/inspect.ts';
import { ls as lsNetworks } from './network/ls.ts';
import { prune as pruneNetworks } from './network/prune.ts';
import { rm as rmNetworks } from './network/rm.ts';
import { PLUGIN_COMMAND } from './plugin.ts';
import { SWARM_COMMANDS } from './swarm.ts';
import { df } from './system/df.ts';
import { events } from './system/events.ts';
import { info } from './system/info.ts';
import { inspect } from './system/inspect.ts';
import { prune } from './system/prune.ts';
import { version } from './system/version.ts';
import { create as createVolume } from './volume/create.ts';
import { inspect as inspectVolume } from './volume/inspect.ts';
import { ls as lsVolumes } from './volume/ls.ts';
import { prune as pruneVolumes } from './volume/prune.ts';
import { rm as rmVolumes } from './volume/rm.ts';

const NO_REGISTRY = 'this simulated host has no registry; the images on it (docker images) are all there are';
const NO_IMAGE_MAKING = "images can't be made on this simulated host; docker images lists those there are";

const GROUPS: readonly Command[] = [
  defineGroup({
    use: 'container',
    short: 'Manage containers',
    commands: [
      attach,
      cp,
      create,
      diff,
      exec,
      exportFiles,
      inspectContainer,
      kill,
      logs,
      ls,
      pause,
      port,
      pruneContainers,
      rename,
      restart,
      rm,
      run,
      start,
      stats,
      stop,
      top,
      unpause,
      update,
      wait,
      notModelled({
        use: 'commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
        short: "Create a new image from a container's changes",
        top: 'commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
        instead: NO_IMAGE_MAKING,
      }),
    ],
  }),
  defineGroup({
    use: 'image',
    short: 'Manage images',
    commands: [
      history,
      inspectImage,
      lsImages,
      pruneImages,
      pull,
      push,
      rmImages,
      tag,
      notModelled({
        use: 'build [OPTIONS] PATH | URL | -',
        short: 'Build an image from a Dockerfile',
        top: 'build [OPTIONS] PATH | URL | -',
        common: 4,
        instead: NO_IMAGE_MAKING,
      }),
      notModelled({
        use: 'import [OPTIONS] file|URL|- [REPOSITORY[:TAG]]',
        short: 'Make an image of an archive of files',
        top: 'import [OPTIONS] file|URL|- [REPOSITORY[:TAG]]',
        instead: NO_IMAGE_MAKING,
      }),
      notModelled({
        use: 'load [OPTIONS]',
        short: 'Load an image from an archive',
        top: 'load [OPTIONS]',
        instead: NO_IMAGE_MAKING,
      }),
      notModelled({
        use: 'save [OPTIONS] IMAGE [IMAGE...]',
        short: 'Save images in an archive',
        top: 'save [OPTIONS] IMAGE [IMAGE...]',
        instead: 'images have no bytes to save here',
      }),
    ],
  }),
  defineGroup({
    use: 'network',
    short: 'Manage networks',
    commands: [connect, createNetwork, disconnect, inspectNetwork, lsNetworks, pruneNetworks, rmNetworks],
  }),
  defineGroup({
    use: 'system',
    short: 'Manage Docker',
    commands: [df, events, info, prune],
  }),
  defineGroup({
    use: 'volume',
    short: 'Manage volumes',
    commands: [createVolume, inspectVolume, lsVolumes, pruneVolumes, rmVolumes],
  }),
];

/** All that comes directly behind `docker`, without plugins. */
export const DOCKER_COMMANDS: readonly Command[] = [
  ...GROUPS,
  CONTEXT_COMMAND,
  PLUGIN_COMMAND,
  defineGroup({
    use: 'builder',
    short: 'Manage builds',
    commands: [
      notModelled({ use: 'build [OPTIONS] PATH | URL | -', short: 'Build an image', instead: NO_IMAGE_MAKING }),
      notModelled({ use: 'prune', short: 'Remove the build cache', instead: 'there is no build cache here' }),
    ],
  }),
  defineGroup({
    use: 'manifest',
    short: 'Manage image manifests and lists of them',
    commands: [
      notModelled({ use: 'annotate [OPTIONS] LIST MANIFEST', short: 'Add to a manifest', instead: NO_REGISTRY }),
      notModelled({ use: 'create LIST MANIFEST [MANIFEST...]', short: 'Create a list', instead: NO_REGISTRY }),
      notModelled({ use: 'inspect [OPTIONS] [LIST] MANIFEST', short: 'Show a manifest or list', instead: NO_REGISTRY }),
      notModelled({ use: 'push [OPTIONS] LIST', short: 'Upload a list', instead: NO_REGISTRY }),
      notModelled({ use: 'rm LIST [LIST...]', short: 'Delete one or more lists', instead: NO_REGISTRY }),
    ],
  }),
  defineGroup({
    use: 'trust',
    short: 'Manage trust in images',
    commands: [
      notModelled({ use: 'inspect IMAGE[:TAG] [IMAGE[:TAG]...]', short: 'Show signatures', instead: NO_REGISTRY }),
      notModelled({ use: 'revoke [OPTIONS] IMAGE[:TAG]', short: 'Remove trust in an image', instead: NO_REGISTRY }),
      notModelled({ use: 'sign IMAGE:TAG', short: 'Sign an image', instead: NO_REGISTRY }),
    ],
  }),
  ...SWARM_COMMANDS,
  ...GROUPS.flatMap((group) => group.commands).flatMap((command) => atTop(command) ?? []),
  inspect,
  version,
  notModelled({ use: 'login [OPTIONS] [SERVER]', short: 'Log in to a registry', common: 8, instead: NO_REGISTRY }),
  notModelled({ use: 'logout [SERVER]', short: 'Log out from a registry', common: 9, instead: NO_REGISTRY }),
  search,
];
