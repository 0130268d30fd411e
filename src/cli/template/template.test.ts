import { describe, expect, it } from 'vitest';
import { execute, parse, render } from './template.ts';
import { rawValue, typedValue } from './typed.ts';
import { GoStruct } from './value.ts';

/** What docker inspect -f shows of an object through the client's own types. */
function typed(format: string, json: unknown): string {
  const result = render(format, typedValue(json, 'container.InspectResponse'));
  return result.ok ? result.value : `! ${result.error}`;
}

function parseError(format: string): string {
  const result = parse(format);
  return result.ok ? 'no error' : result.error;
}

const CONTAINER = {
  Id: 'abc',
  Created: '2026-11-23T19:18:54Z',
  State: { Running: true, ExitCode: 0 },
  Config: { Cmd: ['sleep', '1000'], Labels: { b: '2', a: '1' }, Env: null },
  NetworkSettings: {
    Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }], '443/tcp': null },
    Networks: {
      nb: { IPAddress: '172.19.0.2', GwPriority: 10, Aliases: null },
      na: { IPAddress: '172.18.0.2', GwPriority: 0, Aliases: ['x'] },
    },
  },
};

describe('fields', () => {
  it('follow a chain through structs and maps', () => {
    expect(typed('{{.State.Running}} {{.NetworkSettings.Networks.na.IPAddress}}', CONTAINER)).toBe('true 172.18.0.2');
  });

  it("answer to Go's name as well as to the API's", () => {
    expect(typed('{{.ID}} {{.Id}}', CONTAINER)).toBe('abc abc');
  });

  it('print lists, maps with sorted keys, and nothing', () => {
    expect(typed('{{.Config.Cmd}} {{.Config.Labels}} {{.Config.Env}}', CONTAINER)).toBe('[sleep 1000] map[a:1 b:2] []');
    expect(typed('{{.Config.Labels.nosuch}}', CONTAINER)).toBe('<no value>');
    expect(typed('{{.State.Health}}', CONTAINER)).toBe('<nil>');
  });

  it('of a type that lacks them are an error with the place and the part', () => {
    expect(render('{{.Nope}}', new GoStruct('*formatter.ContainerContext', new Map()))).toEqual({
      ok: false,
      error: 'template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *formatter.ContainerContext',
    });
  });

  it('of bare JSON are missing keys where that is asked for', () => {
    const template = parse('a\nb{{.State.Health.Status}}');
    if (!template.ok) throw new Error(template.error);
    expect(execute(template.value, rawValue(CONTAINER), { missingKey: 'error' })).toEqual({
      ok: false,
      error: 'template: :2:9: executing "" at <.State.Health.Status>: map has no entry for key "Health"',
    });
  });
});

describe('range, with and if', () => {
  it('range over a map in the order of its keys', () => {
    expect(typed('{{range $k, $v := .NetworkSettings.Networks}}{{$k}} {{$v.GwPriority}};{{end}}', CONTAINER)).toBe(
      'na 0;nb 10;',
    );
  });

  it('range has an else for what is empty, and an index', () => {
    expect(typed('{{range .Config.Env}}x{{else}}none{{end}}', CONTAINER)).toBe('none');
    expect(typed('{{range $i, $e := .Config.Cmd}}{{if $i}} {{end}}{{$i}}={{.}}{{end}}', CONTAINER)).toBe(
      '0=sleep 1=1000',
    );
  });

  it('with moves the dot, if chooses, else if goes on', () => {
    expect(typed('{{with .State}}{{.ExitCode}}{{end}}', CONTAINER)).toBe('0');
    expect(typed('{{if .State.ExitCode}}bad{{else if .State.Running}}up{{else}}down{{end}}', CONTAINER)).toBe('up');
    expect(typed('{{if .State.Health}}{{.State.Health.Status}}{{else}}no check{{end}}', CONTAINER)).toBe('no check');
  });

  it('break and continue leave the nearest range', () => {
    expect(typed('{{range .Config.Cmd}}{{if eq . "sleep"}}{{continue}}{{end}}{{.}}{{break}}{{end}}', CONTAINER)).toBe(
      '1000',
    );
  });

  it('$ stays the whole object', () => {
    expect(typed('{{range .Config.Cmd}}{{$.Id}}{{end}}', CONTAINER)).toBe('abcabc');
  });
});

describe('functions', () => {
  it('index maps and lists, also nested', () => {
    expect(typed('{{(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort}}', CONTAINER)).toBe('8080');
    expect(typed('{{index .Config.Labels "a"}}', CONTAINER)).toBe('1');
  });

  it('say what can not be indexed', () => {
    expect(typed('{{index (index .NetworkSettings.Ports "443/tcp") 0}}', CONTAINER)).toContain(
      'at <index (index .NetworkSettings.Ports "443/tcp") 0>: error calling index: ',
    );
  });

  it('json, join, split, upper, lower, title, len and printf', () => {
    expect(typed('{{json .Config.Labels}} {{json .State}}', CONTAINER)).toBe(
      '{"a":"1","b":"2"} {"Running":true,"ExitCode":0}',
    );
    expect(typed('{{join .Config.Cmd ","}} {{upper .Id}} {{title "up"}} {{len .Config.Cmd}}', CONTAINER)).toBe(
      'sleep,1000 ABC Up 2',
    );
    expect(typed('{{index (split "a:b" ":") 1}}{{println "x" 1}}', CONTAINER)).toBe('bx 1\n');
    expect(typed('{{printf "%-6s|%4d|%q|%v|%.2f|%05d" "ab" 7 "c" true 1.5 42}}', CONTAINER)).toBe(
      'ab    |   7|"c"|true|1.50|00042',
    );
  });

  it('compare, and and/or/not combine', () => {
    expect(
      typed(
        '{{eq .State.ExitCode 0}} {{ne .Id "x"}} {{lt 1 2}} {{and .Id false}} {{or "" .Id}} {{not true}}',
        CONTAINER,
      ),
    ).toBe('true true true false abc false');
    expect(typed('{{eq .Id 1}}', CONTAINER)).toBe(
      '! template: :1:2: executing "" at <eq .Id 1>: error calling eq: incompatible types for comparison',
    );
  });

  it('take what a pipe hands on as their last argument', () => {
    expect(typed('{{.Id | printf "%s-%s" "x" | upper}}', CONTAINER)).toBe('X-ABC');
  });

  it('want the right number of arguments', () => {
    expect(typed('{{join .Config.Cmd}}', CONTAINER)).toContain('wrong number of args for join: want 2 got 1');
  });
});

describe('the text around actions', () => {
  it('keeps strings of both kinds, and loses what {{- and -}} trim', () => {
    expect(typed('{{"a\\tb\\n"}}{{`\\t`}}  {{- "c" -}}  d{{/* nothing */}}', CONTAINER)).toBe('a\tb\n\\tcd');
  });
});

describe('errors of parsing have the words of Go', () => {
  it.each([
    ['{{.Name', 'template: :1: unclosed action'],
    ['{{foo .Name}}', 'template: :1: function "foo" not defined'],
    ['{{range .X}}', 'template: :1: unexpected EOF'],
    ['{{$x}}', 'template: :1: undefined variable "$x"'],
    ['{{end}}', 'template: :1: unexpected {{end}}'],
    ['{{if}}x{{end}}', 'template: :1: missing value for if'],
    ['{{.A (}}', 'template: :1: unclosed left paren'],
    ['{{"abc}}', 'template: :1: unterminated quoted string'],
    ['x\n{{.A | }}', 'template: :2: missing value for command'],
    ['{{}}', 'template: :1: missing value for command'],
  ])('%s', (format, error) => {
    expect(parseError(format)).toBe(error);
  });
});

it('what plain JSON lacks is nothing, and nothing has no parts', () => {
  const format = '{{(index (index .NetworkSettings.Ports "81/tcp") 0).HostPort}}';
  const result = render(format, rawValue(CONTAINER));
  expect(result).toEqual({ ok: false, error: expect.stringContaining('error calling index: index of untyped nil') });
  expect(typed('{{index .Config.Labels "none"}}|', CONTAINER)).toBe('|');
});
