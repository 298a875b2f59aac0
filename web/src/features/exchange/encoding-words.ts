/** How a file's letters are kept, in the words that spreadsheets use. */
export function encodingWords(encoding: string): string {
  if (encoding === "utf-8") return "UTF-8";
  if (encoding.startsWith("utf-16")) return "Unicode (UTF-16)";
  return encoding === "windows-1252" ? "Western European (Windows)" : encoding;
}
