import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FormEvent } from "react";
import { answer, api, postAuth } from "../../shell/api.ts";
import { Field } from "../../ui/field.tsx";
import { EnterButton, SignInPage } from "./sign-in-page.tsx";

/** The first start: whoever is here first becomes the owner. */
export function FirstOwner() {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string): string => String(given.get(name) ?? "").trim();
    setBusy(true);
    setWrong(null);
    try {
      const [email, password] = [text("email"), String(given.get("password") ?? "")];
      await answer(api.POST("/api/v1/setup", { body: { name: text("name"), email, password, workspaceName: text("workspace") } }));
      await postAuth("sign-in/email", { email, password });
      await client.invalidateQueries();
    } catch (error) {
      setWrong(error instanceof Error ? error.message : "That did not work. Try again.");
    }
    setBusy(false);
  }

  return (
    <SignInPage title="Who looks after this?">
      <p className="-mt-3 mb-5 text-text-2">You are the first here, so you become the owner. You can invite others afterwards.</p>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field
          label="Your company"
          name="workspace"
          autoComplete="organization"
          required
          placeholder="As your customers know it"
          autoFocus
        />
        <Field label="Your name" name="name" autoComplete="name" required />
        <Field label="Email" name="email" type="email" autoComplete="username" required />
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
        <EnterButton busy={busy}>Start</EnterButton>
      </form>
    </SignInPage>
  );
}
