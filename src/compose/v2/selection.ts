import { err, ok, type Result } from '../../base/result.ts';
import type { Service } from '../model/project.ts';
import { allDependents, allNeeds } from './dependencies.ts';
import { isActive } from './load/project.ts';
import type { ComposeProject } from './project.ts';

/** Parts of a project: the services that were asked for, and what they need (compose-go types/project.go). */

export type Reach = 'with needs' | 'with dependents' | 'alone';

/** Naming a service activates its profiles. */
export function withServicesEnabled(project: ComposeProject, names: readonly string[]): ComposeProject {
  const called = project.disabled.filter((service) => names.includes(service.name));
  if (called.length === 0) return project;
  const profiles = [...project.profiles, ...called.flatMap((service) => service.profiles)];
  const isOn = (service: Service) => isActive(service, profiles);
  return {
    ...project,
    profiles,
    services: [...project.services, ...project.disabled.filter(isOn)],
    disabled: project.disabled.filter((service) => !isOn(service)),
  };
}

/** The named services, and those around them; the others count as disabled. Empty: all. */
export function withSelectedServices(
  project: ComposeProject,
  names: readonly string[],
  reach: Reach = 'with needs',
): Result<ComposeProject, string> {
  if (names.length === 0) return ok(project);
  const unknown = names.find((name) => !project.services.some((service) => service.name === name));
  if (unknown !== undefined) return err(`no such service: ${unknown}`);
  const wanted =
    reach === 'with needs'
      ? allNeeds(project, names)
      : reach === 'with dependents'
        ? allDependents(project, names)
        : new Set(names);
  return ok(disable(project, (service) => !wanted.has(service.name)));
}

/** A project without some services, and without what others say of them. */
export function disable(project: ComposeProject, isOff: (service: Service) => boolean): ComposeProject {
  const off = project.services.filter(isOff);
  const names = new Set(off.map((service) => service.name));
  return {
    ...project,
    services: project.services
      .filter((service) => !names.has(service.name))
      .map((service) => ({ ...service, dependsOn: service.dependsOn.filter((each) => !names.has(each.service)) })),
    disabled: [...project.disabled, ...off],
  };
}

/** Without networks and volumes that no service uses. */
export function withoutUnused(project: ComposeProject): ComposeProject {
  const networks = new Set(project.services.flatMap((service) => service.networks.map((each) => each.network)));
  const volumes = new Set(
    project.services.flatMap((service) =>
      service.volumes.flatMap(({ type, source }) => (type === 'volume' && source ? [source] : [])),
    ),
  );
  return {
    ...project,
    networks: project.networks.filter((each) => networks.has(each.key)),
    volumes: project.volumes.filter((each) => volumes.has(each.key)),
  };
}

/** Another number of containers for a service. */
export function withScale(project: ComposeProject, name: string, scale: number): Result<ComposeProject, string> {
  if (!project.services.some((service) => service.name === name)) return err(noSuchService(project, name));
  const services = project.services.map((service) => (service.name === name ? { ...service, scale } : service));
  return ok({ ...project, services });
}

/** GetService's words: whether the name means nothing, or a service that is switched off. */
export function noSuchService(project: ComposeProject, name: string): string {
  const disabled = project.disabled.some((service) => service.name === name);
  return `no such service: ${name}: ${disabled ? 'disabled' : 'not found'}`;
}
