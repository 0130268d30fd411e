import type { Subject } from '../../session/subject.ts';
import type { Language } from '../../words/catalog.ts';
import type { Host, Interface, Listener, Machine, Network, Room, Scene } from '../scene/scene.ts';
import { OUTLINE_WORDS, type OutlineWords } from './outline-words.ts';
import { CANVAS_WORDS } from './words.ts';

/** One thing in the picture, said in words, with what is in it. */
export interface OutlineNode {
  readonly id: string;
  readonly text: string;
  readonly subject: Subject | null;
  readonly children: readonly OutlineNode[];
}

/** The same picture for those who don't see it: every machine, room, device, cable and door, in the order of the wiring. */
export function outlineOf(scene: Scene, language: Language): readonly OutlineNode[] {
  const words = OUTLINE_WORDS[language];
  return [
    ...(scene.lan ? [lanNode(scene.lan, words)] : []),
    ...(scene.host ? [hostNode(scene.host, words, language)] : []),
  ];
}

function lanNode(lan: Machine, words: OutlineWords): OutlineNode {
  const { id, subject, name, interfaces, listeners, internet } = lan;
  const parts = [
    ...interfaces.map((device) => deviceNode(device, words)),
    ...listeners.map((each) => listenerNode(each, words)),
  ];
  if (internet) parts.push({ ...deviceNode(internet, words), text: words.internet(addressOf(internet)) });
  return { id, subject, text: words.lan(name), children: parts };
}

function hostNode(host: Host, words: OutlineWords, language: Language): OutlineNode {
  const devices = [host.uplink, host.loopback].flatMap((device) => (device ? [deviceNode(device, words)] : []));
  const doors = host.doors.map(({ id, subject, hostAddress, hostPort, containerPort, protocol, container }) => ({
    id,
    subject,
    text: words.door(
      `${hostAddress === ANY ? '' : `${hostAddress}:`}${hostPort}`,
      containerPort,
      protocol,
      nameOf(host, container),
    ),
    children: [],
  }));
  const gates = host.gates.map(({ id, subject, table, chain, rules, policy }) => ({
    id,
    subject,
    text: words.gate(table, chain, rules, policy),
    children: [],
  }));
  const ledger = {
    id: host.ledger.id,
    subject: host.ledger.subject,
    text: words.ledger(host.ledger.entries.length),
    children: host.ledger.entries.slice(0, MOST_ENTRIES).map(({ id, subject, protocol, state, original, reply }) => ({
      id,
      subject,
      text: words.connection(protocol, state, original, reply),
      children: [],
    })),
  };
  const listeners = host.listeners.map((each) => listenerNode(each, words));
  const networks = host.networks.map((network) => networkNode(network, host, words, language));
  return {
    id: host.id,
    subject: host.subject,
    text: words.host(host.name),
    children: [...devices, ...doors, ...listeners, ...gates, ledger, ...networks],
  };
}

/** Published at every address of the host. */
const ANY = '0.0.0.0';
/** A long list of connections is in the tables. */
const MOST_ENTRIES = 12;

const nameOf = (host: Host, container: string): string =>
  host.networks.flatMap(({ rooms }) => rooms).find((room) => room.container === container)?.name ?? '';

function networkNode(network: Network, host: Host, words: OutlineWords, language: Language): OutlineNode {
  const { id, subject, kind, name, bridge, internal, planned, rooms } = network;
  const { onHostNetwork, onNoNetwork } = CANVAS_WORDS[language];
  if (!bridge)
    return {
      id,
      subject,
      text: planned ? `${name}: ${CANVAS_WORDS[language].planned}` : kind === 'host' ? onHostNetwork : onNoNetwork,
      children: rooms.map((room) => roomNode(room, words, language)),
    };
  const all = host.networks.flatMap((each) => each.rooms);
  const ports = bridge.ports.map((port) => {
    const room = all.find((each) => each.id === port.room);
    return {
      id: port.id,
      subject: port.subject,
      text: words.port(port.number, port.name, room ? `${room.name} ${port.peer?.split('/')[1] ?? ''}` : null, port.up),
      children: [],
    };
  });
  return {
    id,
    subject,
    text: (kind === 'macvlan' ? words.macvlan : words.network)(name, bridge.name, bridge.addresses[0] ?? '', {
      internal,
      up: bridge.up,
    }),
    children: [...ports, ...rooms.map((room) => roomNode(room, words, language))],
  };
}

function roomNode(room: Room, words: OutlineWords, language: Language): OutlineNode {
  const { id, subject, name, image, state, planned, health, guestOf, interfaces, listeners, desk } = room;
  const parts = [
    ...(guestOf === null
      ? []
      : [{ id: `guest ${id}`, subject, text: CANVAS_WORDS[language].guestOf(guestOf), children: [] }]),
    ...interfaces.map((device) => deviceNode(device, words)),
    ...listeners.map((each) => listenerNode(each, words)),
    ...(desk ? [{ id: `desk ${id}`, subject, text: words.desk, children: [] }] : []),
  ];
  return {
    id,
    subject,
    text: words.room(
      name,
      image,
      planned ? CANVAS_WORDS[language].planned : CANVAS_WORDS[language].states[state],
      health,
    ),
    children: parts,
  };
}

const addressOf = ({ addresses, name }: Interface): string => addresses[0] ?? name;

const deviceNode = (device: Interface, words: OutlineWords): OutlineNode => ({
  id: device.id,
  subject: device.subject,
  text: words.device(device.name, device.addresses.join(', '), device.up),
  children: [],
});

const listenerNode = ({ id, subject, program, protocol, port }: Listener, words: OutlineWords): OutlineNode => ({
  id,
  subject,
  text: words.listener(program, protocol, port),
  children: [],
});
