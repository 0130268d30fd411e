import { folderOf } from './load/files.ts';
import { TextMap } from './locate.ts';
import { atOnce, MemoryWorld } from './memory-world.ts';
import type { PortSpec } from './load/port-spec.ts';
import { resolvePath } from './model/service.ts';
import { loadProject } from './v2/load/load.ts';

/** What a compose file would bring into being, and in which lines it says so. */
export interface Outline {
  readonly services: readonly OutlineService[];
  readonly networks: readonly OutlineNetwork[];
}

export interface OutlineService {
  readonly name: string;
  readonly image: string | null;
  /** Keys of networks, in the order of the file. */
  readonly networks: readonly string[];
  /** `host`, `none`, `bridge`, `service:x`, `container:x`; null: the networks above. */
  readonly networkMode: string | null;
  readonly ports: readonly PortSpec[];
  /** From 1. */
  readonly line: number;
}

export interface OutlineNetwork {
  /** Its key in the file. */
  readonly name: string;
  /** Where the file states one. */
  readonly subnet?: string;
  readonly external: boolean;
  /** null: nobody wrote it, it comes by itself (`default`). */
  readonly line: number | null;
}

export interface OutlineOptions {
  readonly fileName?: string;
  readonly readFile?: (path: string) => string | null;
  readonly environment?: ReadonlyMap<string, string>;
}

/** The outline of a file that can be read as a project; an empty one of any other. */
export function outline(text: string, options: OutlineOptions = {}): Outline {
  const file = resolvePath('/', options.fileName ?? 'compose.yaml');
  const world = new MemoryWorld({
    folder: folderOf(file),
    environment: options.environment ?? new Map(),
    readFile: (path) => (path === file ? text : (options.readFile?.(path) ?? null)),
  });
  const loaded = atOnce(
    loadProject(world, {
      files: [file],
      projectName: 'project',
      projectDirectory: '',
      envFiles: [],
      profiles: ['*'],
      skip: ['consistency', 'environment'],
    }),
  );
  if (!loaded.ok) return { services: [], networks: [] };
  const { project } = loaded.value;
  const map = new TextMap(text);
  return {
    services: project.services.map(({ name, image, networks, networkMode, ports }) => ({
      name,
      image,
      networks: networks.map((each) => each.network),
      networkMode,
      ports,
      line: map.lineOf(['services', name]),
    })),
    networks: project.networks.map(({ key, external, ipam }) => {
      const subnet = ipam.find((each) => each.subnet !== null)?.subnet;
      const stated = map.has(['networks', key]);
      return {
        name: key,
        ...(subnet && { subnet }),
        external,
        line: stated ? map.lineOf(['networks', key]) : null,
      };
    }),
  };
}
