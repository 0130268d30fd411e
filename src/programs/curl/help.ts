export const CURL_VERSION = '8.23.0';

export const HELP_HINT = "curl: try 'curl --help' for more information\n";

export const VERSION_TEXT = `curl ${CURL_VERSION} (simulated) libcurl/${CURL_VERSION}
Protocols: http
Features: HTTP/1.1, without TLS
`;

export const HELP = `Usage: curl [options...] <url>
 -d, --data <data>           Send this in a POST request
 -f, --fail                  Fail on HTTP errors, show nothing of the page
 -G, --get                   Put the data into the address and use GET
 -H, --header <line>         Add a header, or leave one out ('Name:')
 -I, --head                  Ask for the headers alone
 -i, --include               Show the headers of the answer, too
 -L, --location              Follow redirects
 -m, --max-time <seconds>    Give up after so long
 -o, --output <file>         Write to a file
 -O, --remote-name           Write to a file named like the remote one
 -r, --range <range>         Ask for some of the bytes
 -S, --show-error            Show what went wrong even with -s
 -s, --silent                Say nothing
 -T, --upload-file <file>    Send a file with PUT
 -u, --user <user:password>  Who you are
 -A, --user-agent <name>     What curl calls itself
 -v, --verbose               Show what happens
 -V, --version               Show the version
 -w, --write-out <format>    Show this when done
 -X, --request <method>      Another request method
     --connect-timeout <seconds>, --max-redirs <n>, --resolve <host:port:address>,
     --retry <n>, --data-urlencode <data>, --json <data>, --fail-with-body

This host has HTTP/1.1 without TLS; nothing else of curl is simulated.
`;
