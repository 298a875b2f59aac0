import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Failure } from "../../ui/failure.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPage, FormPart } from "../../ui/form-page.tsx";
import { Sure } from "../../ui/sure.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { workspaceQuery } from "./queries.ts";
import { LateDelivery } from "../plays/late-delivery.tsx";
import { Asking } from "../surveys/asking.tsx";
import { useMay, useSession } from "./session.ts";

/** The company: its name, what it promises; and the sample's end. */
export function Workspace() {
  const workspace = useQuery(workspaceQuery);
  const { workspace: signedInTo } = useSession();
  const may = useMay("workspace:write");
  const { busy, wrong, run } = useChange(["workspace"], ["session"]);
  const rename = (name: string) => answer(api.PATCH("/api/v1/workspace", { body: { name } }));
  const { data } = workspace;

  async function removeSample(): Promise<void> {
    const done = await run(() => answer(api.DELETE("/api/v1/sample")));
    if (done !== null) window.location.assign("/");
  }

  return (
    <FormPage title="Company" note={may ? undefined : "Only admins and owners change this."}>
      {workspace.error && <Failure error={workspace.error} what="The settings were not loaded." onRetry={() => void workspace.refetch()} />}
      {data && (
        <>
          <FormPart title="Name">
            <Name
              name={data.name}
              disabled={!may}
              onSave={(name) =>
                void run(
                  () => rename(name),
                  "Saved.",
                  () => rename(data.name),
                )
              }
            />
          </FormPart>
        </>
      )}
      <Wrong words={wrong} />
      <Asking />
      <LateDelivery />
      {signedInTo.sample && may && (
        <FormPart
          title="Remove the sample"
          note="This company and its 300 customers are made up. Removing it leaves an empty workspace to begin in."
        >
          <Sure
            verb="Remove the sample company"
            title={`Remove ${signedInTo.name}?`}
            consequence="All its customers, conversations, orders and members go, and cannot be brought back. You are asked for the owner of the new workspace."
            busy={busy}
            onSure={() => void removeSample()}
          />
        </FormPart>
      )}
    </FormPage>
  );
}

function Name({ name, disabled, onSave }: { name: string; disabled: boolean; onSave: (name: string) => void }) {
  const [words, setWords] = useState(name);
  useEffect(() => setWords(name), [name]);
  const save = (): void => {
    if (words.trim() && words !== name) onSave(words.trim());
  };
  return (
    <Field
      label="What customers know it by"
      hideLabel
      value={words}
      disabled={disabled}
      onChange={(event) => setWords(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === "Enter" && save()}
    />
  );
}
