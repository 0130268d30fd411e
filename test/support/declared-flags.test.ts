import { describe, expect, it } from 'vitest';
import { type DeclaredCommand, FAMILIES, type Family } from './declared-commands.ts';
import { operandsOf, wordsOf } from './sample-arguments.ts';
import { SupportMachine } from './support-machine.ts';

/** How programs say that they don't know an option. */
const UNKNOWN =
  /unknown (?:shorthand )?flag|unrecognized option|invalid option|unknown option|option \S+: is unknown|unknown predicate|unrecognized: |No such command|is unknown, try|unknown command|command not found/;
/** docker-compose answers with the command's usage alone. */
const USAGE_ALONE = /^[^\n]*\.\n\nUsage: /;

/** Words that lead to a command line of which each flag is tried. */
const isOfEngine = ({ real }: Family) => real === 'docker' || real.startsWith('compose');

function machineFor(family: Family, { name }: DeclaredCommand): SupportMachine {
  const machine = new SupportMachine();
  if (!isOfEngine(family)) return machine;
  machine.startEngine();
  if (family.real === 'compose-v1') machine.run(['docker-compose', 'up', '-d']);
  else if (family.real === 'compose-v2') machine.run(['docker', 'compose', 'up', '-d']);
  else {
    machine.run(['docker', 'network', 'create', 'net']);
    machine.run(['docker', 'run', '-d', '--name', 'web', '-v', 'data:/data', 'busybox', 'sleep', '1000']);
    if (/ (?:start|unpause|network disconnect)$/.test(name)) prepare(machine, name);
  }
  return machine;
}

/** The state that some verbs change. */
function prepare(machine: SupportMachine, verb: string): void {
  if (verb.endsWith('start')) machine.run(['docker', 'stop', '-t', '0', 'web']);
  else if (verb.endsWith('unpause')) machine.run(['docker', 'pause', 'web']);
  else machine.run(['docker', 'network', 'connect', 'net', 'web']);
}

describe.each(FAMILIES.filter(({ real }) => real !== 'bash-builtins'))('every declared flag of $title', (family) => {
  const commands = family.commands.filter(({ flags }) => flags.length > 0);
  it.each(commands)('$name', (command) => {
    // One machine for all flags of a command: a flag has to be known in any state.
    const machine = machineFor(family, command);
    const start = family.real === 'busybox' ? ['busybox', command.name] : command.name.split(' ');
    const library = family.real === 'busybox' ? 'musl' : 'glibc';
    const tries = command.flags.flatMap((flag) => flag.names.map((name) => ({ flag, name })));
    for (const { flag, name } of tries) {
      const line = [...start, ...wordsOf(command.name, name, flag), ...operandsOf(command.name)];
      const { exit, out, err } = machine.run(line, { library });
      const shown = line.join(' ');
      expect(exit, `${shown} ends`).not.toBeNull();
      expect(exit, `${shown} gives way to Ctrl+C`).not.toBe(137);
      expect(err, shown).not.toMatch(UNKNOWN);
      if (family.real === 'compose-v1' && !/^(?:-h|--help)$/.test(name)) expect(out, shown).not.toMatch(USAGE_ALONE);
      if (flag.refused !== undefined && command.refused === undefined) expect(err, shown).toContain(flag.refused);
    }
  });
});

describe('every command that is not modelled', () => {
  const absent = FAMILIES.flatMap((family) => family.commands.filter(({ refused }) => refused !== undefined));

  it('says so, and fails', () => {
    const machine = new SupportMachine();
    machine.startEngine();
    for (const { name } of absent) {
      const { exit, err } = machine.run(name.split(' '));
      expect(exit, name).toBeGreaterThan(0);
      expect(err, name).not.toBe('');
      expect(err, name).not.toMatch(UNKNOWN);
    }
  });
});
