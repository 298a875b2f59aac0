import { useNavigate } from "@tanstack/react-router";
import { answer, api } from "../../shell/api.ts";
import { Field } from "../../ui/field.tsx";
import { EnterForm } from "./enter-form.tsx";

/** Where the link of an invitation leads: a name, a password, and one is in. */
export function AcceptInvitation({ token }: { token: string }) {
  const navigate = useNavigate();
  return (
    <EnterForm
      title="You are invited"
      note="If you already sign in here with this address, give the password you have."
      verb="Join"
      onEnter={async (given, password) => {
        const body = { token, name: given("name"), password };
        return (await answer(api.POST("/api/v1/invitations/acceptance", { body }))).email;
      }}
      onDone={() => void navigate({ to: "/" })}
    >
      <Field label="Your name" name="name" autoComplete="name" required autoFocus />
    </EnterForm>
  );
}
