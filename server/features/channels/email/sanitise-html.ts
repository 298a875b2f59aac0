import sanitizeHtml from "sanitize-html";

/** What the message's own attachments are called where they are served; null when there is no such file. */
export type AttachmentLink = (contentId: string) => string | null;

const MAX_HTML = 1_000_000;

/**
 * Makes a mail's HTML safe to show: no script, form, style sheet, frame, svg or math, and nothing that loads by itself.
 * Remote images keep their address in `data-remote-src`, to be loaded only after a click; images of the
 * mail itself point to its attachments. What is longer than a million characters is cut.
 */
export function sanitiseHtml(html: string, attachmentLink: AttachmentLink = () => null): string {
  return sanitizeHtml(html.slice(0, MAX_HTML), {
    allowedTags: [...TEXT_TAGS, ...TABLE_TAGS, "a", "img"],
    nonTextTags: ["script", "style", "textarea", "option", "noscript", "title", "template", "svg", "math", "iframe", "object", "xmp"],
    allowedAttributes: {
      "*": ["style", "dir", "lang", "align", "valign", "title"],
      a: ["href", "target", "rel"],
      img: ["src", "data-remote-src", "alt", "width", "height"],
      font: ["color", "size"],
      td: ["colspan", "rowspan", "width", "height", "bgcolor"],
      th: ["colspan", "rowspan", "width", "height", "bgcolor"],
      table: ["width", "border", "cellpadding", "cellspacing", "bgcolor"],
      tr: ["bgcolor"],
      ol: ["start", "type"],
    },
    allowedStyles: { "*": Object.fromEntries(STYLES.map((name) => [name, [SAFE_VALUE]])) },
    allowedSchemes: ["http", "https", "mailto", "tel"],
    allowedSchemesByTag: { img: ["data"] },
    allowedSchemesAppliedToAttributes: ["href", "src"],
    allowProtocolRelative: false,
    enforceHtmlBoundary: false,
    nestingLimit: 200,
    transformTags: {
      a: (tagName, attributes) => ({ tagName, attribs: safeLink(attributes) }),
      img: (tagName, attributes) => ({ tagName, attribs: safeImage(attributes, attachmentLink) }),
    },
  });
}

/** True when the message has images that wait for a click. */
export function hasRemoteImages(safeHtml: string): boolean {
  return /<img[^>]*\sdata-remote-src="/.test(safeHtml);
}

const TEXT_TAGS = [
  ...["p", "div", "span", "br", "hr", "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "small", "big", "sub", "sup"],
  ...["h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "tt", "kbd", "samp"],
  ...["font", "center", "address", "abbr", "cite", "q", "mark", "bdi", "bdo", "section", "article", "header", "footer", "figure"],
];
const TABLE_TAGS = ["table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"];

/** Only what dresses text and tables: nothing that moves a part over others, and nothing with an address. */
const STYLES = [
  ...["color", "background-color", "font", "font-family", "font-size", "font-style", "font-weight", "line-height"],
  ...["letter-spacing", "text-align", "text-decoration", "text-indent", "text-transform", "vertical-align", "white-space"],
  ...["margin", "margin-top", "margin-right", "margin-bottom", "margin-left", "padding", "padding-top", "padding-right"],
  ...["padding-bottom", "padding-left", "border", "border-top", "border-right", "border-bottom", "border-left"],
  ...["border-color", "border-style", "border-width", "border-radius", "border-collapse", "border-spacing"],
  ...["width", "max-width", "height", "max-height", "list-style-type", "direction"],
];
/** Words, numbers, colours; of functions only those of colours. No backslash, which could write any other. */
const SAFE_VALUE = /^(?:rgba?\([\d\s.,%/]{1,40}\)|hsla?\([\d\s.,%/a-z]{1,40}\)|[\w\s#%.,'"!+-])+$/i;

function safeLink(attributes: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const { href = "", ...rest } = attributes;
  const opened = { ...rest, target: "_blank", rel: "noopener noreferrer nofollow" };
  return /^\s*(https?:\/\/|mailto:|tel:)/i.test(href) ? { ...opened, href: href.trim() } : opened;
}

function safeImage(attributes: sanitizeHtml.Attributes, attachmentLink: AttachmentLink): sanitizeHtml.Attributes {
  const { src = "", "data-remote-src": _, ...rest } = attributes;
  const address = src.trim();
  if (/^cid:/i.test(address)) {
    const link = attachmentLink(decodeContentId(address.slice(4)));
    return link === null ? rest : { ...rest, src: link };
  }
  if (/^data:image\/(png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]+$/i.test(address)) return { ...rest, src: address };
  if (/^(https?:)?\/\//i.test(address)) return { ...rest, "data-remote-src": address.startsWith("//") ? `https:${address}` : address };
  return rest;
}

function decodeContentId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
