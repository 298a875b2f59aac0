import { useQueryClient } from "@tanstack/react-query";
import type { QueryKey } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "../ui/toasts.tsx";

interface Change {
  busy: boolean;
  /** What went wrong, in a sentence. */
  wrong: string | null;
  run: <T>(work: () => Promise<T>, done?: string, undo?: () => Promise<unknown>) => Promise<T | null>;
}

/** Runs a change, says when it is done (with a way back) or why not, and asks again for what it touched. */
export function useChange(...touched: QueryKey[]): Change {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  async function run<T>(work: () => Promise<T>, done?: string, undo?: () => Promise<unknown>): Promise<T | null> {
    setBusy(true);
    setWrong(null);
    try {
      const result = await work();
      if (done) toast(done, undo ? { undo: () => void run(undo) } : {});
      return result;
    } catch (error) {
      setWrong(error instanceof Error ? error.message : "That did not work. Try again.");
      return null;
    } finally {
      setBusy(false);
      for (const queryKey of touched) void client.invalidateQueries({ queryKey });
    }
  }
  return { busy, wrong, run };
}
