import { enablePatches, type Patch, produceWithPatches } from 'immer';
import type { NetDevice } from '../../kernel/net/link/device.ts';
import type { Commands } from '../feed/commands.ts';
import { type NamedNamespace, namespacesOf } from '../feed/namespaces.ts';
import type { ExerciseReport } from '../../scenario/course/report.ts';
import type { Lab } from '../lab.ts';
import { EMPTY_VIEW } from './empty-view.ts';
import type { LabView, NamespaceId } from './lab-view.ts';
import { projectContainer, projectNames, projectNetwork } from './project-engine.ts';
import { projectNamespace } from './project-namespace.ts';
import { projectTerminals } from './project-terminals.ts';
import { reconcile } from './reconcile.ts';

enablePatches();

/** Makes the view of a lab and keeps it: each time the whole is looked at anew, and only what differs is changed. */
export class Projector {
  view: LabView = EMPTY_VIEW;

  constructor(
    private readonly lab: Lab,
    private readonly commands: Commands,
    private readonly exercise: () => ExerciseReport | null = () => null,
  ) {}

  /** Looks at the lab; what has changed since the last time. */
  update(): readonly Patch[] {
    return this.change(this.project());
  }

  /** Looks at the tables of these namespaces alone, through which packets have gone. */
  glance(namespaces: ReadonlySet<NamespaceId>): readonly Patch[] {
    const { view, lab } = this;
    const seen = this.projectNamespaces((id) => namespaces.has(id));
    return this.change({ ...view, time: lab.now, namespaces: { ...view.namespaces, ...seen } });
  }

  private change(fresh: LabView): readonly Patch[] {
    const [view, patches] = produceWithPatches(this.view, (draft) => reconcile(draft, this.view, fresh));
    // The time alone is no news.
    if (patches.every(({ path }) => path.length === 1 && path[0] === 'time')) return [];
    this.view = view;
    return patches;
  }

  private project(): LabView {
    const { lab } = this;
    const { docker } = lab.world;
    const containers = docker.containers.list();
    return {
      time: lab.now,
      namespaces: this.projectNamespaces(),
      containers: Object.fromEntries(
        containers.map((container) => [container.id, projectContainer(docker, container)]),
      ),
      networks: Object.fromEntries(docker.networks.list().map((network) => [network.id, projectNetwork(network)])),
      terminals: projectTerminals(lab),
      commands: [...this.commands.list],
      exercise: this.exercise(),
    };
  }

  /** @param wanted by their ids */
  private projectNamespaces(wanted: (id: NamespaceId) => boolean = () => true): LabView['namespaces'] {
    const { docker } = this.lab.world;
    const namespaces = [...namespacesOf(this.lab.world)];
    const containers = docker.containers.list().filter(({ id }) => wanted(id));
    const names = new Map(containers.map((container) => [container.id, projectNames(docker, container)]));
    const deviceId = deviceIdsOf(namespaces);
    return Object.fromEntries(
      namespaces
        .filter(({ id }) => wanted(id))
        .map((each) => [each.id, projectNamespace(each, deviceId, names.get(each.id) ?? null)]),
    );
  }
}

function deviceIdsOf(namespaces: readonly NamedNamespace[]): (device: NetDevice) => string | null {
  const idOf = new Map(namespaces.map(({ netns, id }) => [netns, id]));
  return (device) => {
    const namespace = idOf.get(device.netns);
    return namespace === undefined ? null : `${namespace}/${device.name}`;
  };
}
