import { Dialog } from "../ui/dialog.tsx";
import { currentKeys, keyCap } from "./keys.ts";
import type { KeyBinding } from "./keys.ts";

/** Every key that does something here. */
export function KeyList({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keys"
      description="Single keys rest while you type. You can turn them off in Settings, Appearance."
      wide
    >
      <div className="columns-2 gap-10 max-phone:columns-1">
        {open && groups().map(([group, keys]) => <Group key={group} group={group} keys={keys} />)}
      </div>
    </Dialog>
  );
}

function Group({ group, keys }: { group: string; keys: readonly KeyBinding[] }) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 text-s font-strong">{group}</h3>
      <dl>
        {keys.map((binding) => (
          <div key={binding.keys} className="flex h-7 items-center justify-between gap-4 border-b border-line-soft">
            <dt>{binding.label}</dt>
            <dd className="text-s text-text-2">
              <kbd className="font-sans">{keyCap(binding.keys)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function groups(): [string, KeyBinding[]][] {
  const found = new Map<string, KeyBinding[]>();
  for (const binding of currentKeys()) found.set(binding.group, [...(found.get(binding.group) ?? []), binding]);
  return [...found];
}
