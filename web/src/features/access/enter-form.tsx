import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import { postAuth } from "../../shell/api.ts";
import { Field } from "../../ui/field.tsx";
import { EnterButton, SignInPage } from "./sign-in-page.tsx";

interface EnterFormProps {
  title: string;
  note: string;
  /** What the button does: "Join". */
  verb: string;
  /** The fields above the new password. */
  children: ReactNode;
  /** Makes the member and answers with which email they sign in. A field's words come without spaces around. */
  onEnter: (given: (field: string) => string, password: string) => Promise<string>;
  onDone?: () => void;
}

/** Where somebody comes in for the first time: they choose a password, and are signed in with it. */
export function EnterForm({ title, note, verb, children, onEnter, onDone }: EnterFormProps) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get("password") ?? "");
    setBusy(true);
    setWrong(null);
    try {
      const email = await onEnter((field) => String(form.get(field) ?? "").trim(), password);
      await postAuth("sign-in/email", { email, password });
      await client.invalidateQueries();
      onDone?.();
    } catch (error) {
      setWrong(error instanceof Error ? error.message : "That did not work. Try again.");
      setBusy(false);
    }
  }

  return (
    <SignInPage title={title}>
      <p className="-mt-3 mb-5 text-text-2">{note}</p>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {children}
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={10}
          required
          hint="Ten characters or more."
          wrong={wrong}
        />
        <EnterButton busy={busy}>{verb}</EnterButton>
      </form>
    </SignInPage>
  );
}
