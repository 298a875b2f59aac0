import { useQuery } from "@tanstack/react-query";
import { Dialog } from "../../ui/dialog.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { NotTaken } from "./not-taken.tsx";
import { hookQuery, hookRefusalsQuery } from "./queries.ts";
import { Volume } from "./volume.tsx";

/** What comes to a webhook's address, live: how much, and what was not taken. */
export function HookSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const hook = useQuery(hookQuery(id));
  return (
    <Dialog open onClose={onClose} place="end" title={hook.data?.name ?? "Webhook"}>
      {hook.error && !hook.data && <Failure error={hook.error} what="The webhook was not loaded." onRetry={() => void hook.refetch()} />}
      {hook.isPending && <Skeleton rows={6} height={32} label="Loading the webhook" />}
      {hook.data && (
        <div className="flex flex-col gap-6">
          <Volume hours={hook.data.hours} />
          <NotTaken refusals={hookRefusalsQuery(id)} />
        </div>
      )}
    </Dialog>
  );
}
