import { CircleAlert } from "lucide-react";
import { Refusal } from "../../../sdk/index.ts";
import { Button } from "./button.tsx";

interface FailureProps {
  error: unknown;
  /** What did not happen: "The conversation was not loaded." */
  what: string;
  onRetry?: () => void;
}

/** What happened, then what to do. The code is in the details. */
export function Failure({ error, what, onRetry }: FailureProps) {
  const reason = error instanceof Error ? error.message : "The reason is not known.";
  const code = error instanceof Refusal && error.status > 0 ? `${error.status} ${error.code}` : null;
  return (
    <div role="alert" className="flex gap-2.5 px-5 py-6">
      <CircleAlert size={16} strokeWidth={1.75} className="mt-0.5 shrink-0" aria-hidden="true" />
      <div>
        <p className="font-medium">{what}</p>
        <p className="text-text-2">{reason}</p>
        {code && (
          <details className="mt-1 text-s text-text-3">
            <summary>Details</summary>
            <code className="font-mono">{code}</code>
          </details>
        )}
        {onRetry && (
          <Button className="mt-3" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
