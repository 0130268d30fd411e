import { html, nothing, type TemplateResult } from 'lit';
import type { DeviceView, LabView, NamespaceId, NetworkId } from '../../../lab/view/lab-view.ts';
import { formatIpv4, type Ipv4 } from '../../../wire/address.ts';
import { broadcastOf, networkOf, parseCidr } from '../../../wire/cidr.ts';
import { marked } from '../marked.ts';
import { type DetailContext, enumerated, factList, headline, subjectLink } from './detail-context.ts';

/** A network of Docker's: its addresses, its bridge, who is on it. */
export function networkDetails(id: NetworkId, context: DetailContext): TemplateResult {
  const { view, words } = context;
  const network = view.networks[id];
  if (network === undefined) return html`${headline(words.network, id.slice(0, 12))}<p>${words.gone}</p>`;
  const members = Object.values(view.containers).flatMap((container) =>
    container.endpoints.filter((endpoint) => endpoint.network === id).map((endpoint) => ({ container, endpoint })),
  );
  const bridge = network.bridge === null ? null : hostDevice(network.bridge, view);
  const parent = network.parent === null ? null : hostDevice(network.parent, view);
  return html`
    ${headline(words.network, network.name)}
    ${factList([
      [words.driver, network.driver],
      [
        words.subnet,
        network.subnet &&
          html`<span class="mono">${network.subnet}</span><br /><span class="quiet">${rangeOf(network.subnet, context)}</span>`,
      ],
      [words.gateway, network.gateway && html`<span class="mono">${network.gateway}</span>`],
      [
        words.bridge,
        bridge === null ? network.bridge : subjectLink(context, { kind: 'device', device: bridge.id }, bridge.name),
      ],
      [words.parent, parent && subjectLink(context, { kind: 'device', device: parent.id }, parent.name)],
      [words.internal, network.internal && network.parent === null ? words.internalMeaning : null],
      [words.project, network.compose && `${network.compose.project} · ${network.compose.network}`],
    ])}
    ${
      network.driver === 'bridge' || network.parent !== null
        ? html`<p>${network.hasNames ? words.hasNames : words.noNames}</p>`
        : nothing
    }
    ${network.parent === null ? nothing : html`<p>${words.onParent(network.parent)}</p>`}
    <section>
      <h3>${words.members}</h3>
      ${
        members.length === 0
          ? html`<p class="quiet">${words.noMembers}</p>`
          : html`<ul class="plain">
              ${members.map(
                ({ container, endpoint }) => html`<li>
                  ${subjectLink(context, { kind: 'container', container: container.id }, container.name)}
                  ${endpoint.address === null ? html`<span class="quiet">${words.notRunning}</span>` : html`<span class="mono">${endpoint.address}</span>`}
                </li>`,
              )}
            </ul>`
      }
    </section>
  `;
}

/** From which to which address containers can have, and how many there are. */
function rangeOf(subnet: string, { words }: DetailContext): string {
  const parsed = parseCidr(subnet);
  if (!parsed.ok || parsed.value.prefix > 30) return '';
  const [first, last] = [networkOf(parsed.value) + 1, broadcastOf(parsed.value) - 1];
  return words.subnetRange(formatIpv4(first as Ipv4), formatIpv4(last as Ipv4), 2 ** (32 - parsed.value.prefix) - 2);
}

/** A network's device, by its name or its id; Docker's are in the host's namespace. */
function hostDevice(name: string, view: LabView): DeviceView | null {
  const host = Object.values(view.namespaces).find(({ kind }) => kind === 'host');
  const device = host?.devices[name.split('/').at(-1) as string];
  return device ?? null;
}

/** A namespace: whose it is, and its devices. */
export function namespaceDetails(id: NamespaceId, context: DetailContext): TemplateResult {
  const { view, words } = context;
  const namespace = view.namespaces[id];
  if (namespace === undefined) return html`${headline(words.namespace, id.slice(0, 12))}<p>${words.gone}</p>`;
  return html`
    ${headline(words.namespace, namespace.name)}
    <p>${words.kind[namespace.kind]}</p>
    ${factList([
      [
        words.container,
        view.containers[id] ? subjectLink(context, { kind: 'container', container: id }, namespace.name) : null,
      ],
      [
        words.devices,
        enumerated(
          Object.values(namespace.devices).map((device) =>
            subjectLink(context, { kind: 'device', device: device.id }, device.name),
          ),
        ),
      ],
    ])}
    <p>${marked(namespace.forwards ? words.forwards : words.forwardsNot)}</p>
    <p class="quiet">${words.seeTables}</p>
  `;
}

/** A network device: what it is, its addresses, what it is joined to. */
export function deviceDetails(id: string, context: DetailContext): TemplateResult {
  const { view, words } = context;
  const found = findDevice(id, view);
  if (found === null) return html`${headline(words.device, id.split('/').at(-1) ?? id)}<p>${words.gone}</p>`;
  const { device, namespace } = found;
  const place = view.namespaces[namespace];
  const ports = Object.values(place?.devices ?? {}).filter(({ master }) => master === device.name);
  const peer = device.peer === null ? null : findDevice(device.peer, view);
  const network = Object.values(view.networks).find(
    ({ bridge }) => device.kind === 'bridge' && bridge?.split('/').at(-1) === device.name,
  );
  return html`
    ${headline(words.device, device.name)}
    <p>${words.deviceKind[device.kind]}</p>
    ${factList([
      [words.namespace, place && subjectLink(context, { kind: 'namespace', namespace }, place.name)],
      [words.state, device.up ? (device.carrier ? words.up : words.noCarrier) : words.down],
      [
        words.addresses,
        device.addresses.length > 0 ? html`<span class="mono">${device.addresses.join(', ')}</span>` : null,
      ],
      [words.mac, html`<span class="mono">${device.mac}</span>`],
      [words.mtu, device.mtu],
      [
        words.master,
        device.master &&
          subjectLink(context, { kind: 'device', device: `${namespace}/${device.master}` }, device.master),
      ],
      [
        words.peer,
        peer &&
          subjectLink(
            context,
            { kind: 'device', device: peer.device.id },
            `${view.namespaces[peer.namespace]?.name} ${peer.device.name}`,
          ),
      ],
      [words.network, network && subjectLink(context, { kind: 'network', network: network.id }, network.name)],
      [
        words.ports,
        enumerated(ports.map((port) => subjectLink(context, { kind: 'device', device: port.id }, port.name))),
      ],
      [words.packets, words.packetCounts(device.rxPackets, device.txPackets)],
    ])}
  `;
}

function findDevice(
  id: string,
  view: LabView,
): { readonly device: DeviceView; readonly namespace: NamespaceId } | null {
  const slash = id.lastIndexOf('/');
  const namespace = id.slice(0, slash);
  const device = view.namespaces[namespace]?.devices[id.slice(slash + 1)];
  return device === undefined ? null : { device, namespace };
}
