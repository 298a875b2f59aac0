/**
 * Points the images that a message brings along to where its attachments are served; those that are not there go.
 * @param safeHtml as a message carries it, with `attachment/<content id>` as their address
 */
export function linkAttachments(safeHtml: string, linkOf: (contentId: string) => string | null): string {
  return safeHtml.replace(/(<img[^>]*)\ssrc="attachment\/([^"]*)"/g, (_, before: string, encoded: string) => {
    const link = linkOf(decodeURIComponent(encoded));
    return link === null ? before : `${before} src="${link.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
  });
}
