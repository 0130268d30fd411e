import { err, ok, type Result } from '../../base/result.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { find } from './config/directive.ts';
import { configFiles } from './config/files.ts';
import { readHttp } from './config/http-config.ts';
import { ConfigReader } from './config/read-config.ts';
import { unknownVariable } from './config/check-variables.ts';
import { resolvePeers } from './server/resolve-peers.ts';
import type { MainConfig } from './server/start.ts';

export interface LoadOptions {
  readonly file: string;
  /** Directives of `-g`. */
  readonly directives: string;
}

export interface Loaded extends MainConfig {
  readonly warnings: readonly string[];
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** Reads the whole configuration; the error is nginx's own text, with its place. */
export function* loadConfig(proc: Proc, { file, directives }: LoadOptions): Sys<Result<Loaded, string>> {
  const reader = new ConfigReader(configFiles(proc), file.slice(0, file.lastIndexOf('/')) || '/');
  const given = yield* reader.text(directives);
  if (!given.ok) return given;
  const read = yield* reader.file(file);
  if (!read.ok) return read;
  const twice = read.value.find((each) => each.block === null && find(given.value, each.name) && each.name !== 'env');
  if (twice) return err(`"${twice.name}" directive is duplicate in ${twice.file}:${twice.line}`);
  const main = [...given.value, ...read.value];
  const http = readHttp(find(main, 'http')?.block ?? []);
  if (!http.ok) return http;
  const unknown = unknownVariable(main, http.value);
  if (unknown !== null) return err(`unknown "${unknown}" variable`);
  const peers = yield* resolvePeers(proc, http.value);
  if (!peers.ok) return peers;
  if (!find(main, 'events')) return err('no "events" section in configuration');
  return ok({
    main,
    http: http.value,
    peers: peers.value,
    warnings: [...reader.warnings, ...http.value.warnings],
    files: reader.files,
  });
}
