import { latin1Bytes } from '../../../wire/http/byte-buffer.ts';
import { VERSION } from '../server/cycle.ts';

/** The statuses that nginx has words for (http/ngx_http_header_filter_module.c). */
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Moved Temporarily',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Time-out',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  421: 'Misdirected Request',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
  505: 'HTTP Version Not Supported',
  507: 'Insufficient Storage',
};

/** What pages call a status, where that differs from the status line. */
const TITLES: Readonly<Record<number, string>> = { 302: '302 Found', 494: '400 Request Header Or Cookie Too Large' };

/** A header that was too large: answered with 400, by a page of its own. */
export const HEADER_TOO_LARGE = 494;

/** @param given an upstream's own words */
export function statusLine(status: number, given?: string): string {
  const shown = status === HEADER_TOO_LARGE ? 400 : status;
  const reason = given ?? REASONS[shown];
  return `HTTP/1.1 ${shown}${reason === undefined ? '' : ` ${reason}`}`;
}

/** The page that nginx makes itself; null for statuses that have none (http/ngx_http_special_response.c). */
export function specialPage(status: number, tokens: boolean): Uint8Array | null {
  const reason = REASONS[status];
  if (status < 301 || (reason === undefined && status !== HEADER_TOO_LARGE) || status === 304) return null;
  const title = TITLES[status] ?? `${status} ${reason}`;
  const heading = status === HEADER_TOO_LARGE ? '400 Bad Request' : title;
  const note = status === HEADER_TOO_LARGE ? '<center>Request Header Or Cookie Too Large</center>\r\n' : '';
  return latin1Bytes(
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${heading}</h1></center>\r\n${note}<hr><center>nginx${tokens ? `/${VERSION}` : ''}</center>\r\n</body>\r\n</html>\r\n`,
  );
}
