import { useState } from "react";
import type { FormEvent } from "react";
import { postAuth } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPage, FormPart } from "../../ui/form-page.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useSession, useSignOut } from "./session.ts";
import { Sessions } from "./sessions.tsx";
import { TwoFactor } from "./two-factor.tsx";

/** Yourself, and how you sign in. */
export function Profile() {
  const { member } = useSession();
  const signOut = useSignOut();
  return (
    <FormPage title="Profile and sign-in" action={<Button onClick={() => void signOut()}>Sign out</Button>}>
      <div className="flex items-center gap-3">
        <Avatar name={member.name} of="member" size={30} />
        <div>
          <p className="font-strong">{member.name}</p>
          <p className="text-s text-text-3">
            {member.email}, {member.role}
          </p>
        </div>
      </div>
      <Password />
      <TwoFactor />
      <Sessions />
    </FormPage>
  );
}

function Password() {
  const { busy, wrong, run } = useChange();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const changed = await run(
      () => postAuth("change-password", { currentPassword: current, newPassword: next, revokeOtherSessions: true }),
      "Password changed. Other devices are signed out.",
    );
    if (changed === null) return;
    setCurrent("");
    setNext("");
  }
  return (
    <FormPart title="Password" note="Changing it signs your other devices out.">
      <form onSubmit={(event) => void submit(event)} className="flex flex-wrap items-end gap-3">
        <Field
          label="Now"
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          className="min-w-44 grow"
        />
        <Field
          label="New, ten characters or more"
          type="password"
          autoComplete="new-password"
          minLength={10}
          required
          value={next}
          onChange={(event) => setNext(event.target.value)}
          className="min-w-44 grow"
        />
        <Button type="submit" busy={busy} className="!h-8 pointer-coarse:!h-11">
          Change
        </Button>
      </form>
      <Wrong words={wrong} />
    </FormPart>
  );
}
