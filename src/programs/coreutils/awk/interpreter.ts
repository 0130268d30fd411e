import type { Fd, Sys } from '../../../kernel/syscalls/proc.ts';
import { MEMORY } from '../../libc/io.ts';
import { awaitCommand, startCommand } from '../system/run-command.ts';
import type { Tool } from '../tool.ts';
import { awkRegex, callFunction, format, splitText, substitute } from './functions.ts';
import type { AwkProgram, Expression, Statement } from './syntax.ts';
import { compare, Input, isTrue, toNumber, toText, type Value } from './values.ts';

/** What leaves statements early. */
type Leave = 'next' | 'break' | 'continue' | 'exit' | 'return' | null;
type AwkArray = Map<string, Value>;

const DEEPEST_CALL = 100;
/** Steps between two looks at whether others want the processor. */
const STEPS = 500;
/** What a step takes of the processor's time. */
const STEP = 2_000;

/** Runs an awk program over records. */
export class AwkInterpreter {
  status = 0;
  private record = '';
  private fields: string[] = [];
  private split = true;
  private readonly globals = new Map<string, Value | AwkArray>();
  private locals: Map<string, Value | AwkArray> | null = null;
  private returned: Value = '';
  private depth = 0;
  private steps = 0;
  private output = '';
  private readonly files = new Map<string, Fd>();
  private readonly ranges = new Set<number>();
  private failed: string | null = null;
  private seed = 1;

  constructor(
    private readonly tool: Tool,
    private readonly program: AwkProgram,
    /** The next record; null at the end. */
    private readonly nextRecord: (interpreter: AwkInterpreter) => Sys<string | null>,
  ) {
    for (const [name, value] of [
      ['FS', ' '],
      ['OFS', ' '],
      ['ORS', '\n'],
      ['RS', '\n'],
      ['SUBSEP', '\u001c'],
      ['NR', 0],
      ['FNR', 0],
      ['NF', 0],
      ['FILENAME', ''],
    ] as const)
      this.globals.set(name, value);
  }

  setGlobal(name: string, value: Value | AwkArray): void {
    this.globals.set(name, value);
  }

  global(name: string): Value {
    const value = this.globals.get(name) ?? '';
    return value instanceof Map ? '' : value;
  }

  /** BEGIN, every record, END: the exit status. */
  *run(): Sys<number> {
    let leave: Leave = yield* this.runRules('BEGIN');
    if (this.program.rules.some(({ pattern }) => pattern !== 'BEGIN'))
      while (leave !== 'exit') {
        const line = yield* this.nextRecord(this);
        if (line === null) break;
        this.setRecord(line, true);
        leave = yield* this.runRules(null);
      }
    // Even after exit the END rules run, unless exit came from END.
    if (this.failed === null) yield* this.runRules('END');
    yield* this.flush();
    for (const fd of this.files.values()) yield* this.tool.proc.close(fd);
    if (this.failed === null) return this.status;
    yield* this.tool.complain(this.failed);
    return 2;
  }

  private *runRules(which: 'BEGIN' | 'END' | null): Sys<Leave> {
    for (const [i, { pattern, until, body }] of this.program.rules.entries()) {
      const special = pattern === 'BEGIN' || pattern === 'END' ? pattern : null;
      if (special !== which) continue;
      if (special === null && pattern !== null && !(yield* this.selected(i, pattern as Expression, until))) continue;
      const leave = body ? yield* this.statement(body) : yield* this.print([], false, null);
      if (leave === 'next') return null;
      if (leave === 'exit') return 'exit';
    }
    return null;
  }

  private *selected(rule: number, pattern: Expression, until: Expression | null): Sys<boolean> {
    if (!until) return isTrue(yield* this.value(pattern));
    if (!this.ranges.has(rule)) {
      if (!isTrue(yield* this.value(pattern))) return false;
      this.ranges.add(rule);
    }
    if (isTrue(yield* this.value(until))) this.ranges.delete(rule);
    return true;
  }

  private setRecord(text: string, counts: boolean): void {
    this.record = text;
    this.split = false;
    if (!counts) return;
    this.globals.set('NR', toNumber(this.global('NR')) + 1);
    this.globals.set('FNR', toNumber(this.global('FNR')) + 1);
  }

  private splitRecord(): void {
    if (this.split) return;
    this.split = true;
    this.fields = splitText(this.record, toText(this.global('FS')));
    this.globals.set('NF', this.fields.length);
  }

  private joinRecord(): void {
    this.record = this.fields.join(toText(this.global('OFS')));
    this.globals.set('NF', this.fields.length);
  }

  private *flush(): Sys<void> {
    if (this.output !== '') yield* this.tool.write(this.output);
    this.output = '';
  }

  private *statement(node: Statement): Sys<Leave> {
    if (++this.steps >= STEPS) {
      this.steps = 0;
      yield* this.flush();
      yield* this.tool.proc.cpu(STEPS * STEP);
    }
    if (this.failed !== null) return 'exit';
    switch (node.kind) {
      case 'block':
        for (const each of node.statements) {
          const leave = yield* this.statement(each);
          if (leave) return leave;
        }
        return null;
      case 'expression':
        yield* this.value(node.expression);
        return this.failed === null ? null : 'exit';
      case 'print':
        return yield* this.print(node.values, node.format, node.to);
      case 'if':
        if (isTrue(yield* this.value(node.test))) return yield* this.statement(node.yes);
        return node.no ? yield* this.statement(node.no) : null;
      case 'while':
        for (let first = node.first; first || isTrue(yield* this.value(node.test)); first = false) {
          const leave = yield* this.statement(node.body);
          if (leave === 'break') break;
          if (leave && leave !== 'continue') return leave;
          if (this.failed !== null) return 'exit';
        }
        return null;
      case 'for':
        if (node.start) yield* this.statement(node.start);
        while (!node.test || isTrue(yield* this.value(node.test))) {
          const leave = yield* this.statement(node.body);
          if (leave === 'break') break;
          if (leave && leave !== 'continue') return leave;
          if (node.step) yield* this.statement(node.step);
          if (this.failed !== null) return 'exit';
        }
        return null;
      case 'each':
        for (const key of [...this.array(node.array).keys()]) {
          this.assign(node.name, new Input(key));
          const leave = yield* this.statement(node.body);
          if (leave === 'break') break;
          if (leave && leave !== 'continue') return leave;
        }
        return null;
      case 'delete':
        if (node.index) this.array(node.name).delete(yield* this.key(node.index));
        else this.array(node.name).clear();
        return null;
      case 'exit':
        if (node.value) this.status = toNumber(yield* this.value(node.value)) & 255;
        return 'exit';
      case 'return':
        this.returned = node.value ? yield* this.value(node.value) : '';
        return 'return';
      default:
        return node.kind;
    }
  }

  private *print(
    values: readonly Expression[],
    formatted: boolean,
    to: { readonly operator: '>' | '>>'; readonly path: Expression } | null,
  ): Sys<Leave> {
    const shown: Value[] = [];
    for (const value of values) shown.push(yield* this.value(value));
    const text = formatted
      ? format(toText(shown[0] ?? ''), shown.slice(1))
      : (values.length === 0 ? this.record : shown.map(toText).join(toText(this.global('OFS')))) +
        toText(this.global('ORS'));
    if (!to) {
      this.output += text;
      if (this.output.length > 4096 || this.tool.proc.isTty(1)) yield* this.flush();
      return this.tool.status === 0 ? null : 'exit';
    }
    const path = toText(yield* this.value(to.path));
    let fd = path === '/dev/stderr' ? 2 : path === '/dev/stdout' ? 1 : this.files.get(path);
    if (fd === undefined) {
      const file = yield* this.tool.proc.open(path, {
        write: true,
        create: true,
        ...(to.operator === '>' ? { truncate: true } : { append: true }),
      });
      if (!file.ok) {
        this.failed = `can't redirect to ${path} (${this.tool.strerror(file.error)})`;
        return 'exit';
      }
      fd = file.value;
      this.files.set(path, fd);
    }
    yield* this.flush();
    yield* this.tool.proc.write(fd, text);
    return null;
  }

  private lookUp(name: string): Value | AwkArray | undefined {
    return this.locals?.has(name) ? this.locals.get(name) : this.globals.get(name);
  }

  private array(name: string): AwkArray {
    const found = this.lookUp(name);
    if (found instanceof Map) return found;
    const made: AwkArray = new Map();
    if (this.locals?.has(name)) this.locals.set(name, made);
    else this.globals.set(name, made);
    return made;
  }

  private assign(name: string, value: Value): void {
    if (this.locals?.has(name)) this.locals.set(name, value);
    else this.globals.set(name, value);
    if (name !== 'NF') return;
    this.splitRecord();
    const count = Math.min(10_000, Math.max(0, toNumber(value)));
    this.fields.length = Math.min(this.fields.length, count);
    while (this.fields.length < count) this.fields.push('');
    this.joinRecord();
  }

  private *key(index: readonly Expression[]): Sys<string> {
    const parts: string[] = [];
    for (const each of index) parts.push(toText(yield* this.value(each)));
    return parts.join(toText(this.global('SUBSEP')));
  }

  private *store(target: Expression, value: Value): Sys<void> {
    if (target.kind === 'variable') this.assign(target.name, value);
    else if (target.kind === 'element') this.array(target.name).set(yield* this.key(target.index), value);
    else if (target.kind === 'field') {
      const index = Math.trunc(toNumber(yield* this.value(target.index)));
      if (index === 0) this.setRecord(toText(value), false);
      else if (index > 0 && index < 10_000) {
        this.splitRecord();
        while (this.fields.length < index) this.fields.push('');
        this.fields[index - 1] = toText(value);
        this.joinRecord();
      }
    }
  }

  private *value(node: Expression): Sys<Value> {
    switch (node.kind) {
      case 'number':
      case 'string':
        return node.value;
      case 'regex':
        return awkRegex(node.source)?.test(this.record) ? 1 : 0;
      case 'variable': {
        if (node.name === 'NF') this.splitRecord();
        const found = this.lookUp(node.name);
        return found === undefined || found instanceof Map ? '' : found;
      }
      case 'element':
        return yield* this.element(node.name, node.index);
      case 'field': {
        const index = Math.trunc(toNumber(yield* this.value(node.index)));
        if (index === 0) return new Input(this.record);
        this.splitRecord();
        return new Input(this.fields[index - 1] ?? '');
      }
      case 'assign': {
        const right = yield* this.value(node.value);
        const value =
          node.operator === ''
            ? right
            : this.arithmetic(node.operator, toNumber(yield* this.value(node.target)), toNumber(right));
        yield* this.store(node.target, value);
        return value;
      }
      case 'step': {
        const old = toNumber(yield* this.value(node.target));
        yield* this.store(node.target, old + node.by);
        return node.prefix ? old + node.by : old;
      }
      case 'unary': {
        const value = yield* this.value(node.operand);
        return node.operator === '!'
          ? isTrue(value)
            ? 0
            : 1
          : node.operator === '-'
            ? -toNumber(value)
            : toNumber(value);
      }
      case 'binary':
        return yield* this.binary(node.operator, node.left, node.right);
      case 'condition':
        return yield* this.value(isTrue(yield* this.value(node.test)) ? node.yes : node.no);
      case 'in':
        return this.array(node.array).has(yield* this.key(node.index)) ? 1 : 0;
      case 'call':
        return node.name === ''
          ? yield* this.value(node.args[0] as Expression)
          : yield* this.call(node.name, node.args);
      case 'getline': {
        const line = yield* this.nextRecord(this);
        if (line === null) return 0;
        if (node.target) yield* this.store(node.target, new Input(line));
        else this.setRecord(line, true);
        return 1;
      }
    }
  }

  private *element(name: string, index: readonly Expression[]): Sys<Value> {
    const array = this.array(name);
    const key = yield* this.key(index);
    const found = array.get(key);
    // Looking at an element makes it.
    if (found === undefined) array.set(key, '');
    return found ?? '';
  }

  private joined(a: string, b: string): string {
    if (a.length + b.length <= MEMORY) return a + b;
    this.failed ??= 'out of memory';
    return '';
  }

  private *binary(operator: string, left: Expression, right: Expression): Sys<Value> {
    const a = yield* this.value(left);
    if (operator === '&&') return isTrue(a) && isTrue(yield* this.value(right)) ? 1 : 0;
    if (operator === '||') return isTrue(a) || isTrue(yield* this.value(right)) ? 1 : 0;
    if (operator === '~' || operator === '!~') {
      const source = right.kind === 'regex' ? right.source : toText(yield* this.value(right));
      return (awkRegex(source)?.test(toText(a)) ?? false) === (operator === '~') ? 1 : 0;
    }
    const b = yield* this.value(right);
    switch (operator) {
      case ' ':
        return this.joined(toText(a), toText(b));
      case '<':
        return compare(a, b) < 0 ? 1 : 0;
      case '<=':
        return compare(a, b) <= 0 ? 1 : 0;
      case '==':
        return compare(a, b) === 0 ? 1 : 0;
      case '!=':
        return compare(a, b) !== 0 ? 1 : 0;
      case '>':
        return compare(a, b) > 0 ? 1 : 0;
      case '>=':
        return compare(a, b) >= 0 ? 1 : 0;
      default:
        return this.arithmetic(operator, toNumber(a), toNumber(b));
    }
  }

  private arithmetic(operator: string, a: number, b: number): number {
    switch (operator) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      case '^':
        return a ** b;
      default:
        if (b === 0) {
          this.failed ??= operator === '/' ? 'division by zero' : 'division by zero in %';
          return 0;
        }
        return operator === '/' ? a / b : a % b;
    }
  }

  private *call(name: string, args: readonly Expression[]): Sys<Value> {
    const own = this.program.functions.get(name);
    if (own) return yield* this.callOwn(own, name, args);
    const source = function* (this: AwkInterpreter, i: number): Sys<string> {
      const node = args[i];
      return node === undefined ? '' : node.kind === 'regex' ? node.source : toText(yield* this.value(node));
    }.bind(this);
    switch (name) {
      case 'sub':
      case 'gsub': {
        const target = args[2] ?? { kind: 'field', index: { kind: 'number', value: 0 } };
        const regex = yield* source(0);
        const replacement = yield* source(1);
        const { text, count } = substitute(regex, replacement, toText(yield* this.value(target)), name === 'gsub');
        if (count > 0) yield* this.store(target, text);
        return count;
      }
      case 'match': {
        const found = awkRegex(yield* source(1))?.exec(toText(yield* this.value(args[0] as Expression)));
        this.globals.set('RSTART', found ? found.index + 1 : 0);
        this.globals.set('RLENGTH', found ? found[0].length : -1);
        return found ? found.index + 1 : 0;
      }
      case 'split': {
        const [text, array] = args;
        if (array?.kind !== 'variable') return 0;
        const separator = args[2] === undefined ? toText(this.global('FS')) : yield* source(2);
        const parts = splitText(text ? toText(yield* this.value(text)) : '', separator);
        const target = this.array(array.name);
        target.clear();
        for (const [i, part] of parts.entries()) target.set(String(i + 1), new Input(part));
        return parts.length;
      }
      case 'length': {
        const [first] = args;
        const found = first?.kind === 'variable' ? this.lookUp(first.name) : undefined;
        if (found instanceof Map) return found.size;
        return [...(first ? toText(yield* this.value(first)) : this.record)].length;
      }
      case 'rand':
        this.seed = (this.seed * 1_103_515_245 + 12_345) % 2 ** 31;
        return this.seed / 2 ** 31;
      case 'system': {
        yield* this.flush();
        const started = yield* startCommand(this.tool.proc, [
          'sh',
          '-c',
          toText(yield* this.value(args[0] as Expression)),
        ]);
        return started.ok ? yield* awaitCommand(this.tool.proc, started.value) : 127;
      }
    }
    const values: Value[] = [];
    for (const each of args) values.push(yield* this.value(each));
    const result = callFunction(name, values, () => this.tool.proc.date());
    if (result === undefined) this.failed ??= `calling undefined function ${name}`;
    return result ?? '';
  }

  private *callOwn(
    own: { readonly parameters: readonly string[]; readonly body: Statement },
    name: string,
    args: readonly Expression[],
  ): Sys<Value> {
    if (this.depth >= DEEPEST_CALL) {
      this.failed ??= `function ${name}: nested too deeply`;
      return '';
    }
    const frame = new Map<string, Value | AwkArray>();
    for (const [i, parameter] of own.parameters.entries()) {
      const node = args[i];
      const array = node?.kind === 'variable' ? this.lookUp(node.name) : undefined;
      frame.set(parameter, array instanceof Map ? array : node ? yield* this.value(node) : '');
    }
    const outer = this.locals;
    this.locals = frame;
    this.depth++;
    this.returned = '';
    yield* this.statement(own.body);
    this.depth--;
    this.locals = outer;
    return this.returned;
  }
}
