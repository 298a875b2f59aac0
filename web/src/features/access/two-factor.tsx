import { useState } from "react";
import type { FormEvent } from "react";
import { postAuth } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPart } from "../../ui/form-page.tsx";
import { ShowOnce } from "../../ui/show-once.tsx";
import { Wrong } from "../../ui/wrong.tsx";

interface Started {
  secret: string;
  uri: string;
  backupCodes: string[];
}

/** A second step at sign-in: the code of an authenticator. */
export function TwoFactor() {
  const { busy, wrong, run } = useChange(["session"]);
  const [password, setPassword] = useState("");
  const [started, setStarted] = useState<Started | null>(null);
  const [code, setCode] = useState("");

  async function start(event: FormEvent): Promise<void> {
    event.preventDefault();
    const told = await run(() => postAuth("two-factor/enable", { password }));
    setPassword("");
    if (told !== null) setStarted(readStarted(told));
  }
  async function confirm(event: FormEvent): Promise<void> {
    event.preventDefault();
    const done = await run(
      () => postAuth("two-factor/verify-totp", { code: code.replace(/\s/gu, "") }),
      "From now on you are asked for a code.",
    );
    if (done !== null) setStarted(null);
  }
  const disable = async (): Promise<void> => {
    await run(() => postAuth("two-factor/disable", { password }), "You are no longer asked for a code.");
    setPassword("");
  };

  return (
    <FormPart title="Code at sign-in" note="A code of your authenticator as well as your password.">
      {started ? (
        <form onSubmit={(event) => void confirm(event)} className="flex flex-col gap-3">
          <p>
            Add this key to your authenticator, or{" "}
            <a href={started.uri} className="underline-quiet">
              open it there
            </a>
            .
          </p>
          <ShowOnce label="Key for the authenticator" value={started.secret} />
          <p>Keep these codes where you find them. Each works once when the authenticator is not at hand.</p>
          <ShowOnce label="Backup codes" value={started.backupCodes.join("  ")} />
          <div className="flex items-end gap-3">
            <Field
              label="The code it shows now"
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
            <Button type="submit" look="ink" busy={busy} className="!h-8 pointer-coarse:!h-11">
              Turn on
            </Button>
          </div>
        </form>
      ) : (
        <form onSubmit={(event) => void start(event)} className="flex flex-wrap items-end gap-3">
          <Field
            label="Your password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            className="min-w-44 grow"
          />
          <Button type="submit" busy={busy} className="!h-8 pointer-coarse:!h-11">
            Set up
          </Button>
          <Button look="plain" disabled={password === ""} onClick={() => void disable()} className="!h-8 pointer-coarse:!h-11">
            Turn off
          </Button>
        </form>
      )}
      <Wrong words={wrong} />
    </FormPart>
  );
}

function readStarted(told: unknown): Started | null {
  if (typeof told !== "object" || told === null || !("totpURI" in told) || typeof told.totpURI !== "string") return null;
  const codes = "backupCodes" in told && Array.isArray(told.backupCodes) ? told.backupCodes.filter((each) => typeof each === "string") : [];
  return { uri: told.totpURI, secret: new URL(told.totpURI).searchParams.get("secret") ?? "", backupCodes: codes };
}
