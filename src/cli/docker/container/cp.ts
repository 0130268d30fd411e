import { notModelled } from '../../command/not-modelled.ts';

export const cp = notModelled({
  use: 'cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-',
  short: 'Copy files between a container and the host',
  top: 'cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-',
  instead: 'not yet',
});
