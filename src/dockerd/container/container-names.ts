import { ok } from '../../base/result.ts';
import type { Random } from '../../sim/random.ts';
import { type Answer, conflict, invalid } from '../fault.ts';
import type { Container } from './container.ts';
import { randomName } from './names.ts';

/** The names of all containers, those included that are still being made (daemon/names.go). */
export class ContainerNames {
  /** Of containers that are being made, and their ids. */
  private readonly reserved = new Map<string, string>();

  constructor(
    private readonly random: Random,
    private readonly containers: () => readonly Container[],
  ) {}

  /** A name that was asked for, without the slash that may stand before it, if it can be one and is free. */
  check(given: string): Answer<string> {
    if (!/^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(given))
      return invalid(`Invalid container name (${given}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
    const name = given.replace(/^\//, '');
    const holder = this.holderOf(name);
    return holder === undefined
      ? ok(name)
      : conflict(
          `Conflict. The container name "/${name}" is already in use by container "${holder}". You have to remove (or rename) that container to be able to reuse that name.`,
        );
  }

  /** Some name that nobody bears. */
  draw(): string {
    for (;;) {
      const name = randomName((bound) => this.random.below(bound));
      if (this.holderOf(name) === undefined) return name;
    }
  }

  reserve(name: string, id: string): void {
    this.reserved.set(name, id);
  }

  release(name: string): void {
    this.reserved.delete(name);
  }

  private holderOf(name: string): string | undefined {
    return this.reserved.get(name) ?? this.containers().find((container) => container.name === name)?.id;
  }
}
