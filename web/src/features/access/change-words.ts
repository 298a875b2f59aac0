/** What of a thing was changed, in a few words: "role: agent, now admin". Only what is short enough to be read in a list. */
export function changeWords(before: unknown, after: unknown): string {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(is), ...Object.keys(was)])];
  return names
    .flatMap((name) => {
      const [old, now] = [was[name], is[name]];
      if (old === now) return [];
      if (now === undefined) return [`${plain(name)}: ${old ?? ""}`];
      return [old === undefined ? `${plain(name)}: ${now}` : `${plain(name)}: ${old}, now ${now}`];
    })
    .slice(0, 3)
    .join("; ");
}

/** The fields of a thing that can be shown as they are. */
function fieldsOf(thing: unknown): Record<string, string> {
  if (typeof thing !== "object" || thing === null) return {};
  return Object.fromEntries(
    Object.entries(thing).flatMap(([name, value]) => {
      if (typeof value === "boolean") return [[name, value ? "yes" : "no"]];
      if (typeof value === "number") return [[name, String(value)]];
      return typeof value === "string" && value !== "" && value.length <= 80 ? [[name, value]] : [];
    }),
  );
}

/** "firstResponseMinutes" → "first response minutes". */
function plain(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/gu, "$1 $2")
    .replaceAll(/[_-]/gu, " ")
    .toLowerCase();
}
