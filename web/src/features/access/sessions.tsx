import { queryOptions, useQuery } from "@tanstack/react-query";
import { postAuth } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { formatWhen } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { FormPart, ItemRow } from "../../ui/form-page.tsx";
import { useNow } from "../../ui/use-now.ts";
import { Wrong } from "../../ui/wrong.tsx";

interface Device {
  token: string;
  userAgent: string;
  updatedAt: string;
}

const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: async (): Promise<Device[]> => {
    const response = await fetch("/api/auth/list-sessions");
    const told: unknown = response.ok ? await response.json() : [];
    return Array.isArray(told) ? told.flatMap(readDevice) : [];
  },
});

/** Where you are signed in. */
export function Sessions() {
  const devices = useQuery(sessionsQuery).data ?? [];
  const { wrong, run } = useChange(["sessions"]);
  const now = useNow();
  return (
    <FormPart title="Where you are signed in">
      <ul>
        {devices.map((device) => (
          <ItemRow key={device.token} title={nameOf(device.userAgent)} detail={`Last seen ${formatWhen(device.updatedAt, now)}`}>
            <Button onClick={() => void run(() => postAuth("revoke-session", { token: device.token }), "Signed out there.")}>
              Sign out there
            </Button>
          </ItemRow>
        ))}
      </ul>
      <Wrong words={wrong} />
    </FormPart>
  );
}

function readDevice(told: unknown): Device[] {
  if (typeof told !== "object" || told === null || !("token" in told) || typeof told.token !== "string") return [];
  const userAgent = "userAgent" in told && typeof told.userAgent === "string" ? told.userAgent : "";
  const updatedAt = "updatedAt" in told && typeof told.updatedAt === "string" ? told.updatedAt : new Date().toISOString();
  return [{ token: told.token, userAgent, updatedAt }];
}

function nameOf(userAgent: string): string {
  const browser = /Firefox|Edg|Chrome|Safari/u.exec(userAgent)?.[0].replace("Edg", "Edge") ?? "A browser";
  const system = /iPhone|iPad|Android|Windows|Mac OS|Linux/u.exec(userAgent)?.[0].replace("Mac OS", "a Mac");
  return system ? `${browser} on ${system}` : browser;
}
