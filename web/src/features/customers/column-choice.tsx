import { COLUMNS, keepHidden } from "./list-columns.ts";

export interface ColumnChoiceProps {
  hidden: readonly string[];
  onHide: (hidden: readonly string[]) => void;
}

/** What is shown beside each name. */
export function ColumnChoice({ hidden, onHide }: ColumnChoiceProps) {
  return (
    <ul className="flex flex-col">
      {COLUMNS.map(({ key, name }) => (
        <li key={key}>
          <label className="flex min-h-9 items-center gap-2 pointer-coarse:min-h-11">
            <input
              type="checkbox"
              className="size-4 accent-ink"
              checked={!hidden.includes(key)}
              onChange={(event) => {
                const next = event.target.checked ? hidden.filter((other) => other !== key) : [...hidden, key];
                keepHidden(next);
                onHide(next);
              }}
            />
            {name}
          </label>
        </li>
      ))}
    </ul>
  );
}
