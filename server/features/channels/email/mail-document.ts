/**
 * Wraps sanitised HTML into the document that a sandboxed frame shows: `<iframe sandbox="allow-popups" srcdoc=…>`.
 * Its content security policy runs and loads nothing; images of the message come from `ownOrigin`, remote ones only
 * when `remoteImages` is set, which is the member's click.
 */
export function mailDocument(safeHtml: string, options: { ownOrigin: string; remoteImages: boolean }): string {
  const images = ["data:", options.ownOrigin, ...(options.remoteImages ? ["https:", "http:"] : [])].join(" ");
  const policy = `default-src 'none'; img-src ${images}; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'`;
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{margin:0;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}img[data-remote-src]:not([src]){display:inline-block;min-width:1em;min-height:1em;outline:1px dashed #999}</style>
</head>
<body>${options.remoteImages ? withRemoteImages(safeHtml) : safeHtml}</body>
</html>`;
}

/** True when the message has images that wait for a click. */
export function hasRemoteImages(safeHtml: string): boolean {
  return /<img[^>]*\sdata-remote-src="/.test(safeHtml);
}

function withRemoteImages(safeHtml: string): string {
  return safeHtml.replace(/(<img[^>]*\s)data-remote-src="/g, '$1referrerpolicy="no-referrer" src="');
}
