import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { FormEvent } from "react";
import { answer, api, postAuth } from "../../shell/api.ts";
import { Field } from "../../ui/field.tsx";
import { EnterButton, SignInPage } from "./sign-in-page.tsx";

/** Where the link of an invitation leads: a name, a password, and one is in. */
export function AcceptInvitation({ token }: { token: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const password = String(given.get("password") ?? "");
    setBusy(true);
    try {
      const joined = await answer(
        api.POST("/api/v1/invitations/acceptance", { body: { token, name: String(given.get("name") ?? "").trim(), password } }),
      );
      await postAuth("sign-in/email", { email: joined.email, password });
      await client.invalidateQueries();
      await navigate({ to: "/" });
    } catch (error) {
      setWrong(error instanceof Error ? error.message : "That did not work. Ask for a new invitation.");
      setBusy(false);
    }
  }

  return (
    <SignInPage title="You are invited">
      <p className="-mt-3 mb-5 text-text-2">If you already sign in here with this address, give the password you have.</p>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Your name" name="name" autoComplete="name" required autoFocus />
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
        <EnterButton busy={busy}>Join</EnterButton>
      </form>
    </SignInPage>
  );
}
