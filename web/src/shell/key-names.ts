/** One key or sequence and what it does. `mod` is ⌘ on a Mac and Ctrl elsewhere. */
export interface KeyBinding {
  /** `j`, `?`, `g i`, `mod+k`, `mod+shift+enter`, `escape`. */
  keys: string;
  label: string;
  group: "Go to" | "List" | "Conversation" | "Writing" | "Anywhere";
  run: () => void;
  /** Not listed: another way to do what is listed already. */
  hidden?: boolean;
}

interface Pressed {
  key: string;
  metaKey: boolean;
  ctrlKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** The name of what was pressed. Shift is only named with letters held by mod and with named keys. */
export function nameOf({ key, metaKey, ctrlKey, shiftKey, altKey }: Pressed): string {
  const mod = metaKey || ctrlKey;
  const plain = key.length === 1 ? key.toLowerCase() : key.toLowerCase();
  const shifted = shiftKey && (mod || key.length > 1 || /^[a-z]$/iu.test(key));
  return [mod && "mod", altKey && "alt", shifted && "shift", plain].filter(Boolean).join("+");
}

/** Whether keys are a single character or a sequence of them, which rest while somebody types. */
export function isSingle(keys: string): boolean {
  return !keys.includes("mod+") && !keys.includes("alt+") && keys !== "escape";
}

/** The keys as they are printed on a key cap. */
export function printed(keys: string, mac: boolean): string {
  return keys
    .split(" ")
    .map((part) =>
      part
        .split("+")
        .map((name) => cap(name, mac))
        .join(mac ? "" : " "),
    )
    .join(" then ");
}

function cap(name: string, mac: boolean): string {
  const marks: Record<string, string> = {
    mod: mac ? "⌘" : "Ctrl",
    shift: mac ? "⇧" : "Shift",
    enter: mac ? "↵" : "Enter",
    escape: "Esc",
  };
  return marks[name] ?? name.toUpperCase();
}
