import type { Project, Service } from '../model/project.ts';

/** A project as docker compose works on it. */
export interface ComposeProject extends Project {
  /** Services that no active profile calls for, or that weren't asked for. */
  readonly disabled: readonly Service[];
  readonly profiles: readonly string[];
  /** What its files were interpolated with. */
  readonly variables: ReadonlyMap<string, string>;
  /** Files given by `--env-file`. */
  readonly envFiles: readonly string[];
}

export const serviceNames = ({ services }: ComposeProject): readonly string[] =>
  services.map((service) => service.name).toSorted();

export const serviceIn = ({ services }: ComposeProject, name: string): Service | undefined =>
  services.find((each) => each.name === name);
