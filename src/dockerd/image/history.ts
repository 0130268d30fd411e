import type { Image } from './image.ts';

/** One step of how an image was made. */
export interface HistoryEntry {
  readonly createdBy: string;
  readonly size: number;
}

/** The steps that an image's parts tell of, last first: each layer, and what its configuration says, as a Dockerfile would. */
export function historyOf({ definition: { layers, size, config } }: Image): readonly HistoryEntry[] {
  const words = (list: readonly string[]) => `[${list.map((word) => JSON.stringify(word)).join(' ')}]`;
  const settings = [
    ...(config.Env ?? []).map((variable) => `ENV ${variable}`),
    ...(config.WorkingDir ? [`WORKDIR ${config.WorkingDir}`] : []),
    ...(config.User ? [`USER ${config.User}`] : []),
    ...Object.keys(config.Volumes ?? {}).map((path) => `VOLUME ${words([path])}`),
    ...(config.Entrypoint ? [`ENTRYPOINT ${words(config.Entrypoint)}`] : []),
    ...Object.keys(config.ExposedPorts ?? {}).map((port) => `EXPOSE ${words([port])}`),
    ...(config.StopSignal ? [`STOPSIGNAL ${config.StopSignal}`] : []),
    ...(config.Cmd ? [`CMD ${words(config.Cmd)}`] : []),
  ];
  // The size is the whole image's; of its layers nobody weighs one against another.
  const copies = layers.map((_, i) => ({ createdBy: 'COPY / / # layer', size: i === 0 ? size : 0 }));
  return [...copies, ...settings.map((createdBy) => ({ createdBy, size: 0 }))].reverse();
}
