/** Below this a part of a name is often a word of its own: "de", "la". */
const SHORT = 3;

/** The parts of names, each as a word: "Maria de la Cruz" is "maria" and "cruz". Of names that have short parts only, all. */
export function namePartsOf(names: readonly string[]): string[] {
  const parts = names.flatMap((name) => {
    const all = name
      .toLowerCase()
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter(Boolean);
    const long = all.filter((part) => [...part].length > SHORT);
    return long.length > 0 ? long : all;
  });
  return [...new Set(parts)];
}
