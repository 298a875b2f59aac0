import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FormEvent } from "react";
import type { Role } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { formatShortDay } from "../../shell/words.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPage, FormPart, ItemRow } from "../../ui/form-page.tsx";
import { Select } from "../../ui/select.tsx";
import { Sure } from "../../ui/sure.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { invitationsQuery, membersQuery } from "./queries.ts";
import { useMay, useSession } from "./session.ts";

const roles: readonly { value: Role; label: string }[] = [
  { value: "owner", label: "Owner" },
  { value: "admin", label: "Admin" },
  { value: "agent", label: "Agent" },
  { value: "viewer", label: "Viewer" },
];

/** Who works here. */
export function Members() {
  const { member: me } = useSession();
  const may = useMay("members:write");
  const members = useQuery(membersQuery);
  const { wrong, run } = useChange(["members"]);
  const path = (id: string) => ({ params: { path: { id } } });

  const setRole = (id: string, role: Role) => answer(api.PATCH("/api/v1/members/{id}", { ...path(id), body: { role } }));

  return (
    <FormPage title="Members" note="Agents answer. Viewers only read. Admins and owners change these settings.">
      {members.error && <Failure error={members.error} what="The members were not loaded." onRetry={() => void members.refetch()} />}
      <div>
        <ul>
          {members.data?.items.map((each) => (
            <ItemRow
              key={each.id}
              mark={<Avatar name={each.name} of="member" size={30} quiet={each.id !== me.id} />}
              title={each.name}
              detail={each.email}
            >
              <Select
                label={`Role of ${each.name}`}
                value={each.role}
                options={roles}
                disabled={!may || each.id === me.id}
                onChange={(role) =>
                  void run(
                    () => setRole(each.id, role),
                    `${each.name} is ${role} now.`,
                    () => setRole(each.id, each.role),
                  )
                }
              />
              {may && each.id !== me.id && (
                <Sure
                  look="plain"
                  verb="Remove"
                  title={`Remove ${each.name}?`}
                  consequence={`${each.name} is signed out at once and can no longer sign in. What they wrote stays.`}
                  onSure={() => void run(() => answer(api.DELETE("/api/v1/members/{id}", path(each.id))), `${each.name} was removed.`)}
                />
              )}
            </ItemRow>
          ))}
        </ul>
        <Wrong words={wrong} />
      </div>
      {may && <Invitations />}
      {may && <Invite />}
    </FormPage>
  );
}

function Invitations() {
  const invitations = useQuery(invitationsQuery).data?.items ?? [];
  const { run } = useChange(["invitations"]);
  if (invitations.length === 0) return null;
  return (
    <FormPart title="Invited">
      <ul>
        {invitations.map((each) => (
          <ItemRow key={each.id} title={each.email} detail={`${each.role}, until ${formatShortDay(each.expiresAt)}`}>
            <Button
              look="plain"
              onClick={() =>
                void run(
                  () => answer(api.DELETE("/api/v1/invitations/{id}", { params: { path: { id: each.id } } })),
                  "The invitation was taken back.",
                )
              }
            >
              Take back
            </Button>
          </ItemRow>
        ))}
      </ul>
    </FormPart>
  );
}

function Invite() {
  const { busy, wrong, run } = useChange(["invitations"]);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const done = await run(() => answer(api.POST("/api/v1/invitations", { body: { email, role } })), `${email} is invited.`);
    if (done !== null) setEmail("");
  }
  return (
    <FormPart title="Invite somebody" note="They get a mail with a link that works for a week.">
      <form onSubmit={(event) => void submit(event)} className="flex flex-wrap items-end gap-3">
        <Field
          label="Email"
          type="email"
          required
          value={email}
          wrong={wrong}
          onChange={(event) => setEmail(event.target.value)}
          className="min-w-56 grow"
        />
        <Select label="Role" value={role} options={roles.filter((each) => each.value !== "owner")} onChange={setRole} />
        <Button type="submit" look="ink" busy={busy}>
          Invite
        </Button>
      </form>
    </FormPart>
  );
}
