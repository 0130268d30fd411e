/** The variables of a shell: scopes of functions, exports, read-only ones, and arrays as far as one-liners use them. */

export interface Variable {
  readonly value: string | null;
  /** An array: index or key to value, in the order of a listing. */
  readonly elements: ReadonlyMap<string, string> | null;
  readonly associative: boolean;
  readonly exported: boolean;
  readonly readonly: boolean;
  readonly integer: boolean;
}

const BLANK: Variable = {
  value: null,
  elements: null,
  associative: false,
  exported: false,
  readonly: false,
  integer: false,
};

export class Variables {
  private readonly scopes: Map<string, Variable>[];

  constructor(scopes: readonly ReadonlyMap<string, Variable>[] = [new Map()]) {
    this.scopes = scopes.map((scope) => new Map(scope));
  }

  copy(): Variables {
    return new Variables(this.scopes);
  }

  find(name: string): Variable | undefined {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const found = this.scopes[i]?.get(name);
      if (found) return found;
    }
    return undefined;
  }

  /** The value of a variable; of an array that of its element 0. */
  get(name: string): string | undefined {
    const found = this.find(name);
    return found?.elements ? found.elements.get('0') : (found?.value ?? undefined);
  }

  /** Sets it where it is visible, else globally. False: it is read-only. */
  set(name: string, value: string): boolean {
    const old = this.find(name);
    if (old?.readonly) return false;
    if (old?.elements) return this.setElement(name, '0', value);
    this.scopeOf(name).set(name, { ...(old ?? BLANK), value });
    return true;
  }

  setArray(name: string, elements: ReadonlyMap<string, string>, associative = false): boolean {
    const old = this.find(name);
    if (old?.readonly) return false;
    this.scopeOf(name).set(name, { ...(old ?? BLANK), value: null, elements, associative });
    return true;
  }

  setElement(name: string, index: string, value: string): boolean {
    const old = this.find(name);
    if (old?.readonly) return false;
    const elements = new Map(old?.elements ?? (old?.value != null ? [['0', old.value]] : []));
    elements.set(index, value);
    const sorted = old?.associative ? elements : new Map([...elements].sort(([a], [b]) => Number(a) - Number(b)));
    return this.setArray(name, sorted, old?.associative ?? false);
  }

  /** Changes its attributes; makes it where it isn't there. */
  mark(name: string, attributes: Partial<Omit<Variable, 'value' | 'elements'>>): void {
    this.scopeOf(name).set(name, { ...(this.find(name) ?? BLANK), ...attributes });
  }

  unset(name: string): boolean {
    if (this.find(name)?.readonly) return false;
    this.scopeOf(name).delete(name);
    return true;
  }

  unsetElement(name: string, index: string): void {
    const old = this.find(name);
    if (!old?.elements) return;
    const elements = new Map(old.elements);
    elements.delete(index);
    this.scopeOf(name).set(name, { ...old, elements });
  }

  /** Makes it local to the innermost function. */
  local(name: string, attributes: Partial<Variable> = {}): void {
    const scope = this.scopes.at(-1) as Map<string, Variable>;
    if (!scope.has(name)) scope.set(name, { ...BLANK, ...attributes });
    else scope.set(name, { ...(scope.get(name) as Variable), ...attributes });
  }

  get inFunction(): boolean {
    return this.scopes.length > 1;
  }

  enter(): void {
    this.scopes.push(new Map());
  }

  leave(): void {
    this.scopes.pop();
  }

  /** What programs get. */
  environment(): Map<string, string> {
    const environment = new Map<string, string>();
    for (const name of this.names()) {
      const { exported, value } = this.find(name) as Variable;
      if (exported && value !== null) environment.set(name, value);
    }
    return environment;
  }

  /** All names that have a meaning, sorted. */
  names(): readonly string[] {
    return [...new Set(this.scopes.flatMap((scope) => [...scope.keys()]))].sort();
  }

  private scopeOf(name: string): Map<string, Variable> {
    for (let i = this.scopes.length - 1; i > 0; i--)
      if (this.scopes[i]?.has(name)) return this.scopes[i] as Map<string, Variable>;
    return this.scopes[0] as Map<string, Variable>;
  }
}
