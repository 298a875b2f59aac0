/** What mail programs write around the parts of an HTML mail: quotes, signatures and text that is not to be seen. */

type Attributes = Record<string, string>;

const QUOTE_CLASS = /(^|\s)(gmail_quote|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|moz-forward-container)(\s|$)/i;
const QUOTE_ID = /^(x_)*(OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|yahoo_quoted.*)$/i;
const SIGNATURE_CLASS =
  /(^|\s)(gmail_signature|gmail_signature_prefix|moz-signature|protonmail_signature_block|tutanota_signature|AppleMailSignature)(\s|$)/i;
const SIGNATURE_ID = /^(x_)*(ms-outlook-mobile-signature|AppleMailSignature|Signature|iCloudSignature)$/;

export function isQuote(name: string, attributes: Attributes): boolean {
  if (name === "blockquote") return true;
  return (
    QUOTE_CLASS.test(attributes["class"] ?? "") || QUOTE_ID.test(attributes["id"] ?? "") || attributes["name"] === "messageReplySection"
  );
}

export function isSignature(attributes: Attributes): boolean {
  return SIGNATURE_CLASS.test(attributes["class"] ?? "") || SIGNATURE_ID.test(attributes["id"] ?? "");
}

export function isHidden(attributes: Attributes): boolean {
  return "hidden" in attributes || /display\s*:\s*none|mso-hide\s*:\s*all/i.test(attributes["style"] ?? "");
}
