/** Who this browser is, kept in its own storage and nowhere else. Where storage is refused, it lasts as long as the page. */
const PLACE = "throughline";

export interface Visitor {
  anonymousId: string;
  userId?: string;
  /** Said on a page that asks. */
  mayStore?: boolean;
}

let here: Visitor | null = null;

export function remembered(change: Partial<Visitor> = {}): Visitor {
  const before = here ?? read() ?? { anonymousId: newId() };
  // Somebody else signs in on the same browser: a new device identity, so that the histories stay apart.
  const isSomebodyElse = change.userId !== undefined && before.userId !== undefined && before.userId !== change.userId;
  here = { ...before, ...(isSomebodyElse ? { anonymousId: newId() } : {}), ...change };
  try {
    localStorage.setItem(PLACE, JSON.stringify(here));
  } catch {
    // Private windows may refuse; the page goes on.
  }
  return here;
}

/** Whether this browser's visitor agreed before, on a page that asks; with a value, that they do now. */
export function mayStore(given?: true): boolean {
  if (given) return remembered({ mayStore: true }).mayStore === true;
  return read()?.mayStore === true;
}

export function forget(): void {
  here = null;
  try {
    localStorage.removeItem(PLACE);
  } catch {
    // There was nothing to forget.
  }
}

const REFUSED = "refused";

/** Forgets all but that they said no, on a page that does not ask first: the next page must not begin anew. */
export function refuse(): void {
  forget();
  try {
    localStorage.setItem(PLACE, JSON.stringify(REFUSED));
  } catch {
    // It holds as long as the page.
  }
}

export function hasRefused(): boolean {
  return stored() === REFUSED;
}

function read(): Visitor | null {
  const kept = stored();
  return typeof kept === "object" && kept !== null && "anonymousId" in kept && typeof kept.anonymousId === "string"
    ? { ...kept, anonymousId: kept.anonymousId }
    : null;
}

function stored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? "null");
  } catch {
    return null;
  }
}

export function newId(): string {
  return typeof crypto.randomUUID === "function"
    ? crypto.randomUUID()
    : Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
