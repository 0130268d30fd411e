/** A map whose entries are made when somebody looks: the names of a folder that is computed. It can't be written to. */
export class LiveMap<V> extends Map<string, V> {
  constructor(
    private readonly names: () => Iterable<string>,
    private readonly find: (name: string) => V | undefined,
  ) {
    super();
  }

  override get(name: string): V | undefined {
    return this.find(name);
  }

  override has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  override get size(): number {
    return [...this.names()].length;
  }

  override *entries(): MapIterator<[string, V]> {
    for (const name of this.names()) {
      const value = this.find(name);
      if (value !== undefined) yield [name, value];
    }
    return undefined;
  }

  override *keys(): MapIterator<string> {
    for (const [name] of this.entries()) yield name;
    return undefined;
  }

  override *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
    return undefined;
  }

  override [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  override forEach(act: (value: V, name: string, map: Map<string, V>) => void): void {
    for (const [name, value] of this.entries()) act(value, name, this);
  }

  override set(_name: string, _value: V): this {
    throw new Error('a computed folder takes no entries');
  }

  override delete(_name: string): boolean {
    throw new Error('a computed folder keeps its entries');
  }

  override clear(): void {
    throw new Error('a computed folder keeps its entries');
  }
}
