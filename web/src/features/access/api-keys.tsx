import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FormEvent } from "react";
import type { Scope } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { formatShortDay } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPage, FormPart, ItemRow } from "../../ui/form-page.tsx";
import { ShowOnce } from "../../ui/show-once.tsx";
import { Sure } from "../../ui/sure.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { keysQuery } from "./queries.ts";
import { useMay, useSession } from "./session.ts";

/** Keys with which other programs reach the API. */
export function ApiKeys() {
  const may = useMay("keys:write");
  const keys = useQuery(keysQuery);
  const { wrong, run } = useChange(["keys"]);
  return (
    <FormPage title="API keys" note="Other programs use them to read and write. A key can do no more than its scopes, and is shown once.">
      {keys.error && <Failure error={keys.error} what="The keys were not loaded." onRetry={() => void keys.refetch()} />}
      <div>
        <ul>
          {keys.data?.items.map((key) => (
            <ItemRow
              key={key.id}
              title={key.name}
              detail={`${key.scopes.join(", ")}. ${key.lastUsedAt ? `Last used ${formatShortDay(key.lastUsedAt)}` : "Not used yet"}.`}
            >
              {may && (
                <Sure
                  look="plain"
                  verb="Remove"
                  title={`Remove ${key.name}?`}
                  consequence="Whatever uses this key stops working at once."
                  onSure={() =>
                    void run(() => answer(api.DELETE("/api/v1/keys/{id}", { params: { path: { id: key.id } } })), "The key was removed.")
                  }
                />
              )}
            </ItemRow>
          ))}
        </ul>
        {keys.data?.items.length === 0 && <p className="text-text-2">No keys yet.</p>}
        <Wrong words={wrong} />
      </div>
      {may && <NewKey />}
    </FormPage>
  );
}

function NewKey() {
  const { permissions } = useSession();
  const { busy, wrong, run } = useChange(["keys"]);
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [made, setMade] = useState<string | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const key = await run(() => answer(api.POST("/api/v1/keys", { body: { name, scopes: [...scopes] } })));
    if (!key) return;
    setMade(key.key);
    setName("");
    setScopes([]);
  }
  return (
    <FormPart title="Make a key">
      {made && (
        <div className="mb-4">
          <p className="mb-1.5">Copy it now. It is not shown again.</p>
          <ShowOnce label="The new key" value={made} />
        </div>
      )}
      <form onSubmit={(event) => void submit(event)} className="flex flex-col items-start gap-3">
        <Field label="What it is for" required value={name} onChange={(event) => setName(event.target.value)} className="w-full" />
        <fieldset>
          <legend className="mb-1 font-medium">It may</legend>
          <div className="grid grid-cols-3 gap-x-6 max-phone:grid-cols-1">
            {permissions.filter(isScope).map((scope) => (
              <label key={scope} className="flex min-h-7 items-center gap-2 pointer-coarse:min-h-11">
                <input
                  type="checkbox"
                  className="size-4 accent-ink"
                  checked={scopes.includes(scope)}
                  onChange={(event) => setScopes(event.target.checked ? [...scopes, scope] : scopes.filter((other) => other !== scope))}
                />
                {scope}
              </label>
            ))}
          </div>
        </fieldset>
        <Button type="submit" look="ink" busy={busy} disabled={scopes.length === 0 || name.trim() === ""}>
          Make it
        </Button>
      </form>
      <Wrong words={wrong} />
    </FormPart>
  );
}

/** A member's permissions are the scopes that their keys may have. */
function isScope(permission: string): permission is Scope {
  return /^[a-z]+:(read|write)$/u.test(permission);
}
