import type { Language } from '../../words/catalog.ts';

/** What the editor knows of one key of a compose file: what it means, and what may stand below it. */
export interface Key {
  readonly meaning: Readonly<Record<Language, string>>;
  /** What is written behind the key when it is chosen: a value, a list, or keys of its own. */
  readonly takes: 'value' | 'list' | 'keys';
  /** Values that are offered. */
  readonly values?: readonly string[];
  /** Names that are offered: those that the file defines in this section. */
  readonly names?: 'services' | 'networks' | 'volumes';
  /** Keys below it. */
  readonly keys?: Readonly<Record<string, Key>>;
  /** What stands below a name that is the author's own: a service, a network. */
  readonly each?: Key;
  /** Keys of a list's items. */
  readonly items?: Readonly<Record<string, Key>>;
}

const value = (en: string, ja: string, values: readonly string[] = []): Key => ({
  meaning: { en, ja },
  takes: 'value',
  values,
});
const list = (en: string, ja: string, more: Partial<Key> = {}): Key => ({
  meaning: { en, ja },
  takes: 'list',
  ...more,
});
const keys = (en: string, ja: string, below: Readonly<Record<string, Key>>, more: Partial<Key> = {}): Key => ({
  meaning: { en, ja },
  takes: 'keys',
  keys: below,
  ...more,
});

const YES_NO = ['true', 'false'];

const ATTACHMENT = keys('How the service is attached to this network.', 'このネットワークへのつなぎ方です。', {
  ipv4_address: value(
    'A fixed address. The network has to have a subnet that you chose, and the address has to lie in it.',
    '固定アドレスです。ネットワークには自分で決めたサブネットが必要で、アドレスはその範囲内でなければなりません。',
  ),
  aliases: list(
    'More names by which others on this network find the service.',
    'このネットワーク上で使える、サービスの別名です。',
  ),
  priority: value(
    'Networks are attached in this order, the highest first.',
    '接続の順番です。大きい数から先につながります。',
  ),
});

const HEALTHCHECK = keys(
  'A command that tells whether the service works.',
  'サービスが正常に動いているかを調べるコマンドです。',
  {
    test: value(
      'The command, run inside the container. Status 0 means healthy.',
      'コンテナの中で実行されるコマンドです。終了コード 0 なら正常とみなされます。',
    ),
    interval: value('How often, for example `5s`.', '調べる間隔です。例: `5s`', ['5s', '30s']),
    timeout: value('How long one run may take.', '1 回の実行に許す時間です。', ['3s']),
    retries: value(
      'After this many failures in a row it is unhealthy.',
      '連続でこの回数失敗すると unhealthy になります。',
      ['3'],
    ),
    start_period: value(
      'Failures don’t count until this long after the start.',
      '起動からこの時間が経つまで、失敗は数えられません。',
      ['5s'],
    ),
  },
);

const SERVICE: Readonly<Record<string, Key>> = {
  image: value('The image that its container is made of.', 'コンテナの元になるイメージです。', [
    'busybox',
    'nginx:alpine',
  ]),
  container_name: value(
    'A name of your own for the container, instead of project, service and number.',
    'コンテナに付ける名前です。省くと「プロジェクト・サービス・番号」から作られます。',
  ),
  command: value(
    'What runs, in place of the image’s own command.',
    'イメージに書かれたコマンドの代わりに実行するものです。',
    ['sleep infinity', 'nc -lk -p 8888 -e cat'],
  ),
  entrypoint: value(
    'The program that runs; it gets the command as its arguments.',
    'command を受け取って実行するプログラムです。',
  ),
  tty: value(
    'A terminal for its process: a shell then waits instead of ending at once.',
    'プロセスに端末を割り当てます。シェルはすぐ終わらずに待ち続けます。',
    YES_NO,
  ),
  stdin_open: value(
    'Keeps its input open (`docker run -i`).',
    '標準入力を開いたままにします（`docker run -i` と同じ）。',
    YES_NO,
  ),
  ports: list(
    'Ports of the host that lead to the container: `"1234:80"` is port 1234 of the host, 80 inside. Keep the quotes.',
    'ホストのポートをコンテナにつなぎます。`"1234:80"` はホストの 1234 番がコンテナの 80 番に届くという意味です。引用符は付けたままにします。',
    {
      values: ['"1234:80"', '"127.0.0.1:1234:80"', '"1234:80/udp"'],
      items: {
        target: value('The port inside the container.', 'コンテナ内のポートです。'),
        published: value('The port of the host.', 'ホスト側のポートです。'),
        protocol: value('tcp, or udp.', 'tcp または udp です。', ['tcp', 'udp']),
        host_ip: value(
          'The host’s address; all of them where it is left out.',
          'ホスト側のアドレスです。省くとすべてのアドレスになります。',
          ['127.0.0.1'],
        ),
        mode: value('Makes no difference outside a swarm.', 'swarm 以外では違いはありません。', ['host', 'ingress']),
      },
    },
  ),
  expose: list(
    'Notes which ports the service listens on. It opens nothing: containers on one network reach each other on every port anyway.',
    'どのポートで待ち受けるかの覚え書きです。何も開きません。同じネットワークのコンテナどうしは、もともとすべてのポートで通信できます。',
  ),
  networks: list(
    'Networks that it is attached to. Left out, it is `default`.',
    'つなぐネットワークです。省くと `default` になります。',
    { names: 'networks', each: ATTACHMENT },
  ),
  network_mode: value(
    'Instead of networks: the default bridge, the host’s own network, none, or that of another container.',
    'networks の代わりに、デフォルトブリッジ、ホスト自身のネットワーク、ネットワークなし、ほかのコンテナのネットワークのいずれかを使います。',
    ['bridge', 'host', 'none', '"service:name"'],
  ),
  links: list(
    'An older way to a name: `server:target` makes `target` mean server, in this container alone.',
    '名前を付ける古い方法です。`server:target` と書くと、このコンテナの中だけで target が server を指します。',
    { names: 'services' },
  ),
  depends_on: list('Services that are started before it.', '先に起動しておくサービスです。', {
    names: 'services',
    each: keys('How far the other service has to be.', '相手のサービスがどこまで進んでいればよいかです。', {
      condition: value('When it counts as ready.', 'いつ準備ができたとみなすかです。', [
        'service_started',
        'service_healthy',
        'service_completed_successfully',
      ]),
    }),
  }),
  volumes: list(
    'Folders or files of the host, or volumes, that are seen inside: `./index.html:/usr/share/nginx/html/index.html`.',
    'ホストのファイルやフォルダー、またはボリュームをコンテナの中に見せます。例: `./index.html:/usr/share/nginx/html/index.html`',
    {
      names: 'volumes',
      values: ['./index.html:/usr/share/nginx/html/index.html'],
    },
  ),
  environment: list('Environment variables: `NAME=value`.', '環境変数です。`NAME=value` のように書きます。'),
  env_file: value('A file with environment variables.', '環境変数を書いたファイルです。', ['.env']),
  restart: value('Whether it is started again when it has ended.', '終了したあとで再び起動するかどうかです。', [
    '"no"',
    'always',
    'on-failure',
    'unless-stopped',
  ]),
  healthcheck: HEALTHCHECK,
  hostname: value(
    'Its host name inside. It is no name for others.',
    'コンテナ内でのホスト名です。ほかのコンテナから使える名前ではありません。',
  ),
  extra_hosts: list('Lines for /etc/hosts: `name:address`.', '/etc/hosts に加える行です。`名前:アドレス` と書きます。'),
  dns: value('Name servers that are asked for names outside.', '外の名前を問い合わせるネームサーバーです。'),
  working_dir: value('The folder in which its command runs.', 'コマンドを実行するフォルダーです。'),
  user: value('The user that its command runs as.', 'コマンドを実行するユーザーです。'),
  privileged: value(
    'All rights on the host. Rarely needed.',
    'ホストのあらゆる権限を与えます。必要になることはまれです。',
    YES_NO,
  ),
  cap_add: list('Single rights, for example NET_ADMIN.', '個別の権限です。例: NET_ADMIN', { values: ['NET_ADMIN'] }),
  sysctls: list('Kernel settings of its own network namespace.', 'そのネットワーク名前空間だけのカーネル設定です。'),
  labels: list('Notes that Docker keeps with the container.', 'Docker がコンテナと一緒に保管する覚え書きです。'),
  profiles: list(
    'It is started only when one of these profiles is asked for.',
    '指定したプロファイルが有効なときだけ起動します。',
  ),
  extends: keys('Takes over the settings of another service.', '別のサービスの設定を引き継ぎます。', {
    file: value(
      'The file in which it stands; this one where it is left out.',
      '書かれているファイルです。省くとこのファイルになります。',
    ),
    service: value('Its name.', 'サービス名です。'),
  }),
  scale: value('How many containers of it to start.', '起動するコンテナの数です。', ['2']),
  stop_grace_period: value(
    'How long it may take to end before it is killed.',
    '強制終了される前に、自分で終わるのを待つ時間です。',
    ['1s'],
  ),
};

const NETWORK = keys('A network of your own.', '自分で定義するネットワークです。', {
  driver: value('The kind of network.', 'ネットワークの種類です。', ['bridge']),
  ipam: keys('Which addresses it has.', '使うアドレスの範囲です。', {
    driver: value('Who gives out addresses.', 'アドレスを配る仕組みです。', ['default']),
    config: list('One subnet, or more.', 'サブネットの一覧です。', {
      items: {
        subnet: value(
          'The range of its addresses. Choose from 10/8, 172.16/12 or 192.168/16.',
          'アドレスの範囲です。10/8、172.16/12、192.168/16 の中から選びます。',
          ['10.10.0.0/24', '172.30.0.0/16'],
        ),
        gateway: value(
          'The host’s own address on it; the first one where it is left out.',
          'ホスト側のアドレスです。省くと範囲の最初のアドレスになります。',
        ),
        ip_range: value(
          'Containers get their addresses from this part of the subnet.',
          'コンテナに配るアドレスを、サブネットのこの部分に限ります。',
        ),
        aux_addresses: value('Addresses that no container gets.', 'コンテナに配らないアドレスです。'),
      },
    }),
  }),
  internal: value(
    'No way out: its containers reach each other alone.',
    '外への経路を作りません。コンテナどうしだけが通信できます。',
    YES_NO,
  ),
  external: value(
    'It is there already: compose neither makes nor removes it.',
    'すでにあるネットワークを使います。compose は作成も削除もしません。',
    YES_NO,
  ),
  name: value('Its name, without the project in front.', 'ネットワーク名です。プロジェクト名は前に付きません。'),
  driver_opts: keys('Options of the driver.', 'ドライバーのオプションです。', {
    'com.docker.network.bridge.name': value(
      'What the bridge is called on the host.',
      'ホスト上でのブリッジの名前です。',
    ),
    'com.docker.network.bridge.enable_icc': value(
      'Whether its containers may talk to each other.',
      'コンテナどうしの通信を許すかどうかです。',
      ['"true"', '"false"'],
    ),
  }),
  attachable: value('Makes no difference for a bridge.', 'ブリッジでは違いはありません。', YES_NO),
  labels: list('Notes that Docker keeps with the network.', 'Docker がネットワークと一緒に保管する覚え書きです。'),
});

/** A compose file, from its top. */
export const COMPOSE_FILE: Readonly<Record<string, Key>> = {
  version: value(
    'The version of the file’s format, for docker-compose 1. `docker compose` ignores it.',
    'docker-compose 1 が使うファイル形式のバージョンです。`docker compose` では無視されます。',
    ['"3"', '"3.8"'],
  ),
  name: value(
    'The project’s name; that of the folder where it is left out.',
    'プロジェクト名です。省くとフォルダー名になります。',
  ),
  services: keys(
    'The containers of this project, each by a name of yours.',
    'このプロジェクトのコンテナです。それぞれに名前を付けて書きます。',
    {},
    {
      each: keys(
        'A service: what its containers are like.',
        'サービスです。どんなコンテナにするかを書きます。',
        SERVICE,
      ),
    },
  ),
  networks: keys(
    'The networks of this project. `default` is there without being written.',
    'このプロジェクトのネットワークです。`default` は書かなくても作られます。',
    {},
    { each: NETWORK },
  ),
  volumes: keys(
    'Volumes: storage that outlives containers.',
    'ボリュームです。コンテナを消しても残る保存場所です。',
    {},
    {
      each: keys('A volume.', 'ボリュームです。', {
        external: value('It is there already.', 'すでにあるボリュームを使います。', YES_NO),
        name: value('Its name, without the project in front.', 'ボリューム名です。プロジェクト名は前に付きません。'),
      }),
    },
  ),
};

/** What the editor knows of a path; undefined where nothing. */
export function keyAt(path: readonly string[]): Key | undefined {
  let below: Readonly<Record<string, Key>> | undefined = COMPOSE_FILE;
  let each: Key | undefined;
  let key: Key | undefined;
  for (const part of path) {
    const next: Key | undefined =
      part === '-' ? undefined : ((below && Object.hasOwn(below, part) ? below[part] : undefined) ?? each);
    if (part === '-') {
      below = key?.items;
      each = undefined;
      continue;
    }
    if (next === undefined) return undefined;
    key = next;
    below = key.keys;
    each = key.each;
  }
  return key;
}
