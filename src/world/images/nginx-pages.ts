/** The page of a server that nobody has changed: nginx's title over a text of our own, as long as nginx's (896 bytes). */
export const WELCOME_PAGE = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { max-width: 36em; margin: 2em auto; font-family: sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>This page comes from a web server inside a container. That you can read
it means that your request has found its own way there: through the ports that
were published, the bridge of the network and the container's own interface.</p>

<p>The file behind this page is <code>/usr/share/nginx/html/index.html</code>.
Put a page of yours in its place with a bind mount, or copy one there with
<code>docker cp</code>, and load the page again to see the difference.</p>

<p>Every request leaves a line in the log of the server: have a look with
<code>docker logs</code>, and find out which address the server has seen for you, and what others it has met.</p>
</body>
</html>
`;

/** What stands in for a failing upstream. */
export const ERROR_PAGE = `<!DOCTYPE html>
<html>
<head>
<title>The server has a problem</title>
<style>
html { color-scheme: light dark; }
body { max-width: 36em; margin: 2em auto; font-family: sans-serif; }
</style>
</head>
<body>
<h1>Something went wrong.</h1>
<p>The server could not answer this request. Try again a little later.</p>
<p>If this server is yours, its error log says more.</p>
</body>
</html>
`;
