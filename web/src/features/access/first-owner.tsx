import { answer, api } from "../../shell/api.ts";
import { Field } from "../../ui/field.tsx";
import { EnterForm } from "./enter-form.tsx";

/** The first start: whoever is here first becomes the owner. */
export function FirstOwner() {
  return (
    <EnterForm
      title="Who looks after this?"
      note="You are the first here, so you become the owner. You can invite others afterwards."
      verb="Start"
      onEnter={async (given, password) => {
        const body = { name: given("name"), email: given("email"), password, workspaceName: given("workspace") };
        await answer(api.POST("/api/v1/setup", { body }));
        return body.email;
      }}
    >
      <Field label="Your company" name="workspace" autoComplete="organization" required placeholder="As your customers know it" autoFocus />
      <Field label="Your name" name="name" autoComplete="name" required />
      <Field label="Email" name="email" type="email" autoComplete="username" required />
    </EnterForm>
  );
}
