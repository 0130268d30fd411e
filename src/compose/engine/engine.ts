import { err, ok, type Result } from '../../base/result.ts';
import { request } from '../../dockerd/api/client.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { asData, asList, type Data } from '../model/normalise.ts';

/** Why the engine refused, in its own words. Status 0: nobody listens on its socket. */
/** The status of a call that a signal broke off. */
export const INTERRUPTED = -1;

export interface EngineError {
  readonly status: number;
  readonly message: string;
}

export type EngineCall<T> = Sys<Result<T, EngineError>>;

/** A container as the list shows it. */
export interface ContainerSummary {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly status: string;
  readonly labels: Data;
  readonly data: Data;
}

/** The Engine API, as far as compose uses it: one method a request, answers as the API's own JSON. */
export class Engine {
  constructor(private readonly proc: Proc) {}

  *containers(
    labels: readonly string[],
    options: { readonly all?: boolean } = {},
  ): EngineCall<readonly ContainerSummary[]> {
    const answer = yield* this.call('GET', '/containers/json', {
      all: options.all === false ? '0' : '1',
      filters: JSON.stringify({ label: labels }),
    });
    if (!answer.ok) return answer;
    return ok(
      asList(answer.value).map((each) => {
        const data = asData(each);
        return {
          id: String(data['Id']),
          name: String(asList(data['Names'])[0] ?? '').replace(/^\//, ''),
          state: String(data['State']),
          status: String(data['Status']),
          labels: asData(data['Labels']),
          data,
        };
      }),
    );
  }

  *inspectContainer(id: string): EngineCall<Data> {
    return yield* this.data('GET', `/containers/${id}/json`);
  }

  /** The new container's id. */
  *createContainer(name: string, body: Data): EngineCall<string> {
    const answer = yield* this.data('POST', '/containers/create', { name }, body);
    return answer.ok ? ok(String(answer.value['Id'])) : answer;
  }

  /** The same, with what the engine remarked. */
  *createContainerWithWarnings(
    name: string,
    body: Data,
  ): EngineCall<{ readonly id: string; readonly warnings: readonly string[] }> {
    const answer = yield* this.data('POST', '/containers/create', { name }, body);
    if (!answer.ok) return answer;
    return ok({ id: String(answer.value['Id']), warnings: asList(answer.value['Warnings']).map(String) });
  }

  *startContainer(id: string): EngineCall<void> {
    return yield* this.done('POST', `/containers/${id}/start`);
  }

  /** @param timeout seconds; the container's own where absent */
  *stopContainer(id: string, timeout?: number): EngineCall<void> {
    return yield* this.done('POST', `/containers/${id}/stop`, timeout === undefined ? {} : { t: String(timeout) });
  }

  *restartContainer(id: string, timeout?: number): EngineCall<void> {
    return yield* this.done('POST', `/containers/${id}/restart`, timeout === undefined ? {} : { t: String(timeout) });
  }

  *killContainer(id: string, signal: string): EngineCall<void> {
    return yield* this.done('POST', `/containers/${id}/kill`, { signal });
  }

  *pauseContainer(id: string): EngineCall<void> {
    return yield* this.done('POST', `/containers/${id}/pause`);
  }

  *unpauseContainer(id: string): EngineCall<void> {
    return yield* this.done('POST', `/containers/${id}/unpause`);
  }

  *renameContainer(id: string, name: string): EngineCall<void> {
    return yield* this.done('POST', `/containers/${id}/rename`, { name });
  }

  *removeContainer(
    id: string,
    options: { readonly force?: boolean; readonly volumes?: boolean } = {},
  ): EngineCall<void> {
    return yield* this.done('DELETE', `/containers/${id}`, {
      force: options.force ? '1' : '0',
      v: options.volumes ? '1' : '0',
    });
  }

  /** The exit status, once it has ended. */
  *waitContainer(id: string): EngineCall<number> {
    const answer = yield* this.data('POST', `/containers/${id}/wait`);
    return answer.ok ? ok(Number(answer.value['StatusCode'])) : answer;
  }

  /** Unpacks a tar archive in a folder of a container. */
  *putArchive(id: string, path: string, archive: Uint8Array): EngineCall<void> {
    return yield* this.done('PUT', `/containers/${id}/archive`, { path }, archive);
  }

  /** The new exec's id. */
  *createExec(id: string, config: Data): EngineCall<string> {
    const answer = yield* this.data('POST', `/containers/${id}/exec`, {}, config);
    return answer.ok ? ok(String(answer.value['Id'])) : answer;
  }

  /** Runs it with nobody at its streams. */
  *startExec(exec: string, tty: boolean): EngineCall<void> {
    return yield* this.done('POST', `/exec/${exec}/start`, {}, { Detach: true, Tty: tty });
  }

  *inspectExec(exec: string): EngineCall<Data> {
    return yield* this.data('GET', `/exec/${exec}/json`);
  }

  *top(id: string): EngineCall<Data> {
    return yield* this.data('GET', `/containers/${id}/top`);
  }

  *networks(labels: readonly string[]): EngineCall<readonly Data[]> {
    const answer = yield* this.call('GET', '/networks', { filters: JSON.stringify({ label: labels }) });
    return answer.ok ? ok(asList(answer.value).map(asData)) : answer;
  }

  *inspectNetwork(name: string): EngineCall<Data> {
    return yield* this.data('GET', `/networks/${encodeURIComponent(name)}`);
  }

  *createNetwork(body: Data): EngineCall<string> {
    const answer = yield* this.data('POST', '/networks/create', {}, body);
    return answer.ok ? ok(String(answer.value['Id'])) : answer;
  }

  *removeNetwork(name: string): EngineCall<void> {
    return yield* this.done('DELETE', `/networks/${encodeURIComponent(name)}`);
  }

  *connect(network: string, container: string, endpoint: Data): EngineCall<void> {
    return yield* this.done(
      'POST',
      `/networks/${encodeURIComponent(network)}/connect`,
      {},
      { Container: container, EndpointConfig: endpoint },
    );
  }

  *disconnect(network: string, container: string): EngineCall<void> {
    return yield* this.done(
      'POST',
      `/networks/${encodeURIComponent(network)}/disconnect`,
      {},
      { Container: container, Force: true },
    );
  }

  *volumes(labels: readonly string[]): EngineCall<readonly Data[]> {
    const answer = yield* this.data('GET', '/volumes', { filters: JSON.stringify({ label: labels }) });
    return answer.ok ? ok(asList(answer.value['Volumes']).map(asData)) : answer;
  }

  *inspectVolume(name: string): EngineCall<Data> {
    return yield* this.data('GET', `/volumes/${name}`);
  }

  *createVolume(body: Data): EngineCall<Data> {
    return yield* this.data('POST', '/volumes/create', {}, body);
  }

  *removeVolume(name: string): EngineCall<void> {
    return yield* this.done('DELETE', `/volumes/${name}`);
  }

  *inspectImage(reference: string): EngineCall<Data> {
    return yield* this.data('GET', `/images/${reference}/json`);
  }

  *removeImage(reference: string): EngineCall<void> {
    return yield* this.done('DELETE', `/images/${reference}`);
  }

  /** Pulls an image, which on a host without a registry ends with the engine's reason. */
  *pullImage(reference: string): EngineCall<void> {
    const [, name = reference, tag = 'latest'] = /^(.*?)(?::([^/:]+))?$/.exec(reference) ?? [];
    return yield* this.done('POST', '/images/create', { fromImage: name, tag });
  }

  private *data(method: string, path: string, query: Record<string, string> = {}, body?: unknown): EngineCall<Data> {
    const answer = yield* this.call(method, path, query, body);
    return answer.ok ? ok(asData(answer.value)) : answer;
  }

  private *done(method: string, path: string, query: Record<string, string> = {}, body?: unknown): EngineCall<void> {
    const answer = yield* this.call(method, path, query, body);
    return answer.ok ? ok() : answer;
  }

  private *call(method: string, path: string, query: Record<string, string> = {}, body?: unknown): EngineCall<unknown> {
    const answer = yield* request(this.proc, { method, path: `/v1.51${path}`, query, body });
    if (!answer.ok)
      return err(
        answer.error === 'EINTR'
          ? { status: INTERRUPTED, message: 'interrupted' }
          : { status: 0, message: 'Cannot connect to the Docker daemon' },
      );
    const { status, body: said } = answer.value;
    if (status < 400) return ok(said);
    return err({ status, message: String(asData(said)['message'] ?? `status ${status}`) });
  }
}
