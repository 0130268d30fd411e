export const NGINX_CONF = `
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;

    keepalive_timeout  65;

    include /etc/nginx/conf.d/*.conf;
}
`;

export const DEFAULT_CONF = `server {
    listen       80;
    server_name  localhost;

    # Write a log of its own here if this server should have one:
    #access_log  /var/log/nginx/host.access.log  main;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    # A page for what is not found:
    #error_page  404              /404.html;

    # The page for errors of the server itself.
    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

const TYPES: readonly (readonly [type: string, endings: string])[] = [
  ['text/html', 'html htm shtml'],
  ['text/css', 'css'],
  ['text/xml', 'xml'],
  ['text/plain', 'txt'],
  ['text/mathml', 'mml'],
  ['text/x-component', 'htc'],
  ['text/vnd.wap.wml', 'wml'],
  ['application/javascript', 'js'],
  ['application/json', 'json'],
  ['application/atom+xml', 'atom'],
  ['application/rss+xml', 'rss'],
  ['application/xhtml+xml', 'xhtml'],
  ['application/wasm', 'wasm'],
  ['application/pdf', 'pdf'],
  ['application/rtf', 'rtf'],
  ['application/msword', 'doc'],
  ['application/vnd.ms-excel', 'xls'],
  ['application/vnd.ms-powerpoint', 'ppt'],
  ['application/java-archive', 'jar war ear'],
  ['application/zip', 'zip'],
  ['application/x-7z-compressed', '7z'],
  ['application/x-rar-compressed', 'rar'],
  ['application/x-tcl', 'tcl tk'],
  ['application/x-x509-ca-cert', 'der pem crt'],
  ['application/octet-stream', 'bin exe dll deb dmg iso img msi msp msm'],
  ['image/gif', 'gif'],
  ['image/jpeg', 'jpeg jpg'],
  ['image/png', 'png'],
  ['image/avif', 'avif'],
  ['image/webp', 'webp'],
  ['image/svg+xml', 'svg svgz'],
  ['image/tiff', 'tif tiff'],
  ['image/x-icon', 'ico'],
  ['image/x-ms-bmp', 'bmp'],
  ['font/woff', 'woff'],
  ['font/woff2', 'woff2'],
  ['audio/midi', 'mid midi kar'],
  ['audio/mpeg', 'mp3'],
  ['audio/ogg', 'ogg'],
  ['audio/x-m4a', 'm4a'],
  ['video/mp4', 'mp4'],
  ['video/mp2t', 'ts'],
  ['video/mpeg', 'mpeg mpg'],
  ['video/quicktime', 'mov'],
  ['video/webm', 'webm'],
  ['video/x-msvideo', 'avi'],
];

export const MIME_TYPES = `
types {
${TYPES.map(([type, endings]) => `    ${type.padEnd(48)} ${endings};\n`).join('')}}
`;
