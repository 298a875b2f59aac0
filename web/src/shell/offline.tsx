import { CloudOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useLostAt } from "./live.ts";
import { formatTime } from "./words.ts";

/** Says since when there is no connection, after it was lost for two seconds. */
export function Offline() {
  const lostAt = useLostAt();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(lostAt !== null), lostAt === null ? 0 : 2000);
    return () => clearTimeout(timer);
  }, [lostAt]);

  return (
    <div role="status">
      {shown && lostAt !== null && (
        <p className="flex items-center gap-2 bg-sunken px-5 py-2 text-s">
          <CloudOff size={14} strokeWidth={1.75} aria-hidden="true" />
          No connection since {formatTime(lostAt)}. You can go on reading; what you write is kept here until it is back.
        </p>
      )}
    </div>
  );
}
