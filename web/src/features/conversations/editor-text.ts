/** A document of the editor: paragraphs with lines in them. */
export interface PlainDocument {
  type: "doc";
  content: { type: "paragraph"; content?: ({ type: "text"; text: string } | { type: "hardBreak" })[] }[];
}

/** Plain text as a document: a blank line parts paragraphs, a line break stays one. */
export function documentOf(text: string): PlainDocument {
  const paragraphs = text.replace(/\r\n?/gu, "\n").split(/\n{2,}/u);
  return { type: "doc", content: paragraphs.map(paragraphOf) };
}

function paragraphOf(words: string): PlainDocument["content"][number] {
  const parts = words
    .split("\n")
    .flatMap((line, index) => [
      ...(index > 0 ? [{ type: "hardBreak" as const }] : []),
      ...(line ? [{ type: "text" as const, text: line }] : []),
    ]);
  return parts.length > 0 ? { type: "paragraph", content: parts } : { type: "paragraph" };
}
