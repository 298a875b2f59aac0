import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";

interface FurtherFieldProps {
  column: string;
  name: string;
  onName: (name: string) => Promise<unknown>;
}

/** What a column without a field of its own is to be called. */
export function FurtherField({ column, name, onName }: FurtherFieldProps) {
  const [words, setWords] = useState(name);
  const [busy, setBusy] = useState(false);
  const isNew = words.trim() !== name;
  return (
    <form
      className="col-start-3 flex items-end gap-2 pb-1 max-phone:col-span-2 max-phone:col-start-1"
      onSubmit={(event) => {
        event.preventDefault();
        setBusy(true);
        void onName(words.trim()).finally(() => setBusy(false));
      }}
    >
      <Field
        hideLabel
        label={`What to call ${column}`}
        className="min-w-0 grow"
        value={words}
        maxLength={100}
        required
        onChange={({ target }) => setWords(target.value)}
      />
      {isNew && (
        <Button type="submit" busy={busy} disabled={words.trim() === ""}>
          Call it so
        </Button>
      )}
    </form>
  );
}
