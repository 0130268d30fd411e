/** One request to the Engine API, as the socket carries it: method, path with version (`/v1.51/containers/json`), query, body. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The answer. With `stream` the same connection goes on with messages until it is closed. */
export interface ApiResponse {
  /** HTTP status. */
  readonly status: number;
  /** The API's own JSON, as data; of an error `{ message }`. */
  readonly body?: unknown;
  readonly stream?: true;
}

/** What goes to the server on a stream: input of an attached process, its end, and the size of the terminal. */
export type ClientMessage =
  | { readonly stdin: Uint8Array }
  | { readonly closeStdin: true }
  | { readonly resize: { readonly columns: number; readonly rows: number } };

/** What comes from it: output of a process or a log, or objects (events, pull progress, stats). */
export interface ServerMessage {
  readonly stdout?: Uint8Array;
  readonly stderr?: Uint8Array;
  readonly object?: unknown;
}
