import { useQuery } from "@tanstack/react-query";
import { Outlet, useParams } from "@tanstack/react-router";
import { Suspense } from "react";
import { AcceptInvitation } from "../features/access/accept-invitation.tsx";
import { sessionQuery, setupQuery } from "../features/access/session.ts";
import { SignIn } from "../features/access/sign-in.tsx";
import { FirstOwner } from "../features/access/first-owner.tsx";
import { Failure } from "../ui/failure.tsx";
import { Toasts } from "../ui/toasts.tsx";
import { Frame } from "./frame.tsx";

/** Shows the work to members, and the way in to everybody else. */
export function Gate() {
  const { token } = useParams({ strict: false });
  const session = useQuery(sessionQuery);
  const setup = useQuery({ ...setupQuery, enabled: session.data === null });

  if (token) return <AcceptInvitation token={token} />;
  if (session.error && !session.data) {
    return <Failure error={session.error} what="Throughline did not answer." onRetry={() => void session.refetch()} />;
  }
  if (session.data === undefined) return null;
  if (session.data === null) {
    if (setup.isPending) return null;
    return setup.data?.ownerNeeded ? <FirstOwner /> : <SignIn />;
  }
  return (
    <>
      <Frame>
        <Suspense>
          <Outlet />
        </Suspense>
      </Frame>
      <Toasts />
    </>
  );
}
