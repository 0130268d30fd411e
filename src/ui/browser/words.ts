import type { Catalog } from '../words/catalog.ts';
import { code } from '../inspector/marks.ts';
import type { FailureKind } from './explain-failure.ts';

interface FailureWords {
  readonly title: string;
  readonly why: string;
  readonly check: readonly string[];
}

/** What was asked for, and whom from. */
export interface AskedFor {
  readonly url: string;
  readonly machine: 'host' | 'lan';
  /** The Docker host's address on the LAN. */
  readonly hostAddress: string;
}

export interface BrowserWords {
  readonly title: string;
  readonly from: string;
  readonly machine: { readonly host: string; readonly lan: string };
  readonly address: string;
  readonly back: string;
  readonly reload: string;
  readonly go: string;
  readonly page: string;
  readonly source: string;
  readonly headers: string;
  readonly shownAs: string;
  readonly start: string;
  readonly startNothing: string;
  localhost(machine: 'host' | 'lan', hostAddress: string): string;
  loading(url: string): string;
  waiting(seconds: number): string;
  readonly waitingLong: string;
  answered(address: string, seconds: number): string;
  readonly noHeaders: string;
  readonly empty: string;
  readonly links: string;
  readonly notText: string;
  pageTitle(title: string): string;
  readonly seePacket: string;
  readonly checkThis: string;
  readonly said: string;
  readonly emptyAddress: string;
  readonly notAnAddress: string;
  otherScheme(scheme: string): string;
  tryInstead(url: string): string;
  failure(kind: FailureKind, asked: AskedFor): FailureWords;
}

/** In the unit in which it is short to read. */
const duration = (seconds: number): string => {
  if (seconds >= 1) return `${seconds.toFixed(1)} s`;
  return seconds >= 1e-3 ? `${(seconds * 1e3).toFixed(1)} ms` : `${Math.round(seconds * 1e6)} µs`;
};

const hostOf = (url: string): string => /^http:\/\/([^/?#]*)/.exec(url)?.[1] ?? url;

export const BROWSER_WORDS: Catalog<BrowserWords> = {
  en: {
    title: 'Browser',
    from: 'From where',
    machine: { host: 'from the host ubuntu', lan: 'from another machine on the LAN' },
    address: 'Address',
    back: 'Back',
    reload: 'Reload',
    go: 'Go',
    page: 'Page',
    source: 'Source',
    headers: 'Headers',
    shownAs: 'Show',
    start: 'Open on this host:',
    startNothing: 'No port is published at the moment. Type an address, for example `http://localhost:1234`.',
    localhost: (machine, hostAddress) =>
      machine === 'host'
        ? '`localhost` is the host itself.'
        : `${code('localhost')} is that other machine itself, not the Docker host, which is ${code(hostAddress)}.`,
    loading: (url) => `Asking ${url}`,
    waiting: (seconds) => `${seconds.toFixed(1)} s of the machine’s time have passed`,
    waitingLong:
      'No answer yet. A browser waits for minutes when packets are lost on the way: the list of packets shows what becomes of them.',
    answered: (address, seconds) => `from ${address}, after ${duration(seconds)}`,
    noHeaders: 'The answer has no headers.',
    empty: 'The answer is empty.',
    links: 'Links on this page',
    notText: 'This is no text; its first bytes are shown as they are.',
    pageTitle: (title) => `Page: ${title}`,
    seePacket: 'See the packet that did not get through',
    checkThis: 'What to check',
    said: 'The program said',
    emptyAddress: 'Type an address first.',
    notAnAddress: 'This is not an address. It looks like `http://localhost:1234`.',
    otherScheme: (scheme) => `${code(scheme)} is not spoken here: the servers of this lab speak ${code('http')} only.`,
    tryInstead: (url) => `Try ${url}`,
    failure(kind, { url, machine, hostAddress }) {
      const host = hostOf(url);
      switch (kind) {
        case 'no name':
          return {
            title: `${host} was not found`,
            why: 'No DNS server that this machine asks knows the name.',
            check: [
              'Is it spelt right?',
              'Names of containers and services work only inside their networks. From here, use `localhost` and the published port.',
            ],
          };
        case 'refused':
          return {
            title: `${host} refused to connect`,
            why: 'The packet arrived, but nobody listens on that port, so the kernel answered with RST.',
            check: [
              'Is the port published, and is it this number? `docker ps` shows `0.0.0.0:1234->80/tcp`.',
              machine === 'lan'
                ? `On this machine, ${code('localhost')} is this machine itself. The Docker host is ${code(hostAddress)}.`
                : 'Does the container run? `docker ps -a`',
              'Does the server inside listen, and on `0.0.0.0` rather than `127.0.0.1`?',
            ],
          };
        case 'blocked':
          return {
            title: `${host} took too long to respond`,
            why: 'A firewall rule dropped the packet without a word.',
            check: [
              'See the packet: it names the rule.',
              machine === 'lan'
                ? 'Containers’ own addresses are closed to other machines; a published port on the host’s address is open.'
                : 'Is the address one of a container on another network?',
            ],
          };
        case 'unreachable':
          return {
            title: `${host} cannot be reached`,
            why: 'There is no route to that address, or no machine has it.',
            check: [
              'Is the address right? `docker network inspect` shows who has which.',
              'Does the container run? `docker ps`',
            ],
          };
        case 'timed out':
          return {
            title: `${host} took too long to respond`,
            why: 'Nobody answered within the time that a browser waits.',
            check: ['Follow the packet: where does it end?', 'Is the server paused or stopped (`docker ps`)?'],
          };
        case 'could not connect':
          return {
            title: `${host} cannot be reached`,
            why: 'No connection could be made.',
            check: ['Is the port published? `docker ps`', 'Does the server run?'],
          };
        case 'broken off':
          return {
            title: 'The connection was reset',
            why: 'Somebody accepted the connection and then broke it off.',
            check: [
              'With a published port this is docker-proxy, when the program in the container does not listen on that port. Is the number on the right side of `1234:80` right?',
              'Does the server inside still run? `docker logs`',
            ],
          };
        case 'empty':
          return {
            title: `${host} did not send any data`,
            why: 'The connection was made, and closed without an answer.',
            check: [
              'Is this a web server? `nc` and others accept connections but speak no HTTP.',
              'What does its log say? `docker logs`',
            ],
          };
        case 'not http':
          return {
            title: `${host} sent an invalid response`,
            why: 'What came back is not HTTP.',
            check: ['Is this a web server? Something else may listen on that port.'],
          };
        case 'scheme':
          return {
            title: 'This kind of address is not spoken here',
            why: 'The servers of this lab speak http only.',
            check: ['Begin the address with `http://`.'],
          };
        case 'bad address':
          return {
            title: 'This address makes no sense',
            why: 'It can’t be taken apart into a host, a port and a path.',
            check: ['It looks like `http://localhost:1234/`; ports go from 1 to 65535.'],
          };
        case 'circle':
          return {
            title: `${host} redirected you too many times`,
            why: 'Each answer sent the browser on to another address, without an end.',
            check: ['Look at the server’s configuration for redirects.'],
          };
        case 'other':
          return {
            title: 'There is no page',
            why: 'Something else went wrong.',
            check: ['The program’s own message is below.'],
          };
      }
    },
  },
  ja: {
    title: 'ブラウザー',
    from: 'どこから',
    machine: { host: 'ホスト ubuntu から', lan: 'LAN の別のマシンから' },
    address: 'アドレス',
    back: '戻る',
    reload: '再読み込み',
    go: '開く',
    page: 'ページ',
    source: 'ソース',
    headers: 'ヘッダー',
    shownAs: '表示',
    start: 'このホストで開いているもの:',
    startNothing: '今は公開されているポートがありません。`http://localhost:1234` のようなアドレスを入力します。',
    localhost: (machine, hostAddress) =>
      machine === 'host'
        ? '`localhost` はホスト自身を指します。'
        : `${code('localhost')} はその別のマシン自身を指します。Docker ホストは ${code(hostAddress)} です。`,
    loading: (url) => `${url} に問い合わせています`,
    waiting: (seconds) => `マシンの時間で ${seconds.toFixed(1)} 秒たちました`,
    waitingLong:
      'まだ返事がありません。途中でパケットが失われると、ブラウザーは何分も待ちます。パケットの一覧で行方がわかります。',
    answered: (address, seconds) => `${address} から、${duration(seconds)}`,
    noHeaders: '応答にヘッダーがありません。',
    empty: '応答は空です。',
    links: 'このページのリンク',
    notText: 'テキストではないので、先頭のバイトをそのまま表示しています。',
    pageTitle: (title) => `ページ: ${title}`,
    seePacket: '届かなかったパケットを見る',
    checkThis: '確かめること',
    said: 'プログラムのメッセージ',
    emptyAddress: 'まずアドレスを入力します。',
    notAnAddress: 'アドレスではないようです。`http://localhost:1234` のような形です。',
    otherScheme: (scheme) =>
      `ここでは ${code(scheme)} は使えません。このラボのサーバーが話すのは ${code('http')} だけです。`,
    tryInstead: (url) => `${url} を開く`,
    failure(kind, { url, machine, hostAddress }) {
      const host = hostOf(url);
      switch (kind) {
        case 'no name':
          return {
            title: `${host} が見つかりません`,
            why: 'このマシンが尋ねる DNS サーバーは、どれもこの名前を知りません。',
            check: [
              'つづりは正しいですか。',
              'コンテナやサービスの名前は、そのネットワークの中だけで使えます。ここからは `localhost` と公開ポートを使います。',
            ],
          };
        case 'refused':
          return {
            title: `${host} で接続が拒否されました`,
            why: 'パケットは届きましたが、そのポートで待ち受けるものがなく、カーネルが RST で答えました。',
            check: [
              'ポートは公開されていますか。番号は合っていますか。`docker ps` に `0.0.0.0:1234->80/tcp` のように出ます。',
              machine === 'lan'
                ? `このマシンでの ${code('localhost')} は、このマシン自身です。Docker ホストは ${code(hostAddress)} です。`
                : 'コンテナは動いていますか。`docker ps -a`',
              '中のサーバーは待ち受けていますか。`127.0.0.1` ではなく `0.0.0.0` で待ち受けていますか。',
            ],
          };
        case 'blocked':
          return {
            title: `${host} からの応答に時間がかかりすぎています`,
            why: 'ファイアウォールのルールがパケットを黙って破棄しました。',
            check: [
              'パケットを見ると、どのルールかがわかります。',
              machine === 'lan'
                ? 'コンテナ自身のアドレスは、ほかのマシンには閉じています。ホストのアドレスの公開ポートなら開いています。'
                : '別のネットワークにいるコンテナのアドレスではありませんか。',
            ],
          };
        case 'unreachable':
          return {
            title: `${host} に到達できません`,
            why: 'そのアドレスへのルートがないか、そのアドレスを持つマシンがありません。',
            check: [
              'アドレスは正しいですか。`docker network inspect` で、誰がどのアドレスを持っているかを見られます。',
              'コンテナは動いていますか。`docker ps`',
            ],
          };
        case 'timed out':
          return {
            title: `${host} からの応答に時間がかかりすぎています`,
            why: 'ブラウザーが待てる時間のうちに、誰も答えませんでした。',
            check: [
              'パケットをたどってみましょう。どこで終わっていますか。',
              'サーバーは一時停止や停止をしていませんか（`docker ps`）。',
            ],
          };
        case 'could not connect':
          return {
            title: `${host} に接続できません`,
            why: '接続が成立しませんでした。',
            check: ['ポートは公開されていますか。`docker ps`', 'サーバーは動いていますか。'],
          };
        case 'broken off':
          return {
            title: '接続がリセットされました',
            why: '接続は受け付けられましたが、そのあと打ち切られました。',
            check: [
              '公開ポートでは、コンテナの中のプログラムがそのポートで待ち受けていないとき、docker-proxy がこうします。`1234:80` の右側の番号は合っていますか。',
              '中のサーバーはまだ動いていますか。`docker logs`',
            ],
          };
        case 'empty':
          return {
            title: `${host} からデータが送信されませんでした`,
            why: '接続は成立しましたが、応答のないまま閉じられました。',
            check: [
              'Web サーバーですか。`nc` などは接続を受け付けても HTTP を話しません。',
              'ログには何とありますか。`docker logs`',
            ],
          };
        case 'not http':
          return {
            title: `${host} から無効な応答が送信されました`,
            why: '返ってきたものが HTTP ではありません。',
            check: ['Web サーバーですか。そのポートで別のものが待ち受けているかもしれません。'],
          };
        case 'scheme':
          return {
            title: 'この種類のアドレスは使えません',
            why: 'このラボのサーバーが話すのは http だけです。',
            check: ['アドレスを `http://` で始めます。'],
          };
        case 'bad address':
          return {
            title: 'アドレスの形が正しくありません',
            why: 'ホスト、ポート、パスに分けられません。',
            check: ['`http://localhost:1234/` のような形です。ポートは 1 から 65535 までです。'],
          };
        case 'circle':
          return {
            title: `${host} でリダイレクトが繰り返し行われました`,
            why: 'どの応答も別のアドレスへ送るばかりで、終わりがありません。',
            check: ['サーバーのリダイレクトの設定を見ます。'],
          };
        case 'other':
          return {
            title: 'ページがありません',
            why: '別の問題が起きました。',
            check: ['下にプログラムのメッセージがあります。'],
          };
      }
    },
  },
};
