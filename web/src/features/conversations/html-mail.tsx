import { useMemo, useState } from "react";

interface HtmlMailProps {
  html: string;
  images: boolean;
}

/** Nothing in the mail may run, load or post; images from elsewhere only when asked for. */
function policyOf(images: boolean): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src data: cid: 'self'${images ? " https: http:" : ""}`,
    "font-src data:",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
}

/** A mail as it was designed, in a frame where no script runs. It is always on white paper, as it was written for. */
export function HtmlMail({ html, images }: HtmlMailProps) {
  const [height, setHeight] = useState(160);
  const page = useMemo(() => pageOf(html, images), [html, images]);
  return (
    <iframe
      title="The message as it was sent"
      // No scripts. The same origin only lets the page around it measure its height.
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={page}
      onLoad={(event) => {
        const body = event.currentTarget.contentDocument?.documentElement;
        if (body) setHeight(Math.min(2000, Math.max(60, body.scrollHeight)));
      }}
      style={{ height }}
      className="w-full rounded-m bg-[#fff] shadow-[0_0_0_1px_var(--line-soft)]"
    />
  );
}

const looks =
  "html{color-scheme:light;background:#fff;color:#16211e;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}body{margin:12px}img,table{max-width:100%!important}img{height:auto}";

/** The sanitised mail in a page of its own. Parsing it here runs and loads nothing. */
function pageOf(html: string, images: boolean): string {
  const mail = new DOMParser().parseFromString(html, "text/html");
  if (images) {
    for (const image of mail.querySelectorAll("img[data-remote-src]"))
      image.setAttribute("src", image.getAttribute("data-remote-src") ?? "");
  }
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policyOf(images)}"><meta name="referrer" content="no-referrer"><base target="_blank"><style>${looks}</style></head><body>${mail.body.innerHTML}</body></html>`;
}
