import { queryOptions, useQuery } from "@tanstack/react-query";
import { postAuth } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { formatAgo } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { FormPart, ItemRow } from "../../ui/form-page.tsx";
import { useNow } from "../../ui/use-now.ts";
import { Wrong } from "../../ui/wrong.tsx";

interface Device {
  token: string;
  userAgent: string;
  updatedAt: string;
  here: boolean;
}

const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: async (): Promise<Device[]> => {
    const [all, here] = await Promise.all([ask("list-sessions"), ask("get-session")]);
    const token = here && typeof here === "object" && "session" in here ? readDevice(here.session)[0]?.token : undefined;
    const devices = Array.isArray(all) ? all.flatMap(readDevice) : [];
    return devices
      .map((device) => ({ ...device, here: device.token === token }))
      .toSorted((a, b) => Number(b.here) - Number(a.here) || b.updatedAt.localeCompare(a.updatedAt));
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
          <ItemRow key={device.token} title={nameOf(device.userAgent)} detail={`Last seen ${formatAgo(device.updatedAt, now)}`}>
            {device.here ? (
              <span className="text-s text-text-3">This device</span>
            ) : (
              <Button onClick={() => void run(() => postAuth("revoke-session", { token: device.token }), "Signed out there.")}>
                Sign out there
              </Button>
            )}
          </ItemRow>
        ))}
      </ul>
      {devices.length > 2 && (
        <Button className="mt-3" onClick={() => void run(() => postAuth("revoke-other-sessions", {}), "Signed out everywhere else.")}>
          Sign out everywhere else
        </Button>
      )}
      <Wrong words={wrong} />
    </FormPart>
  );
}

async function ask(what: string): Promise<unknown> {
  const response = await fetch(`/api/auth/${what}`);
  return response.ok ? response.json() : null;
}

function readDevice(told: unknown): Device[] {
  if (typeof told !== "object" || told === null || !("token" in told) || typeof told.token !== "string") return [];
  const userAgent = "userAgent" in told && typeof told.userAgent === "string" ? told.userAgent : "";
  const updatedAt = "updatedAt" in told && typeof told.updatedAt === "string" ? told.updatedAt : new Date().toISOString();
  return [{ token: told.token, userAgent, updatedAt, here: false }];
}

function nameOf(userAgent: string): string {
  const browser = /Firefox|Edg|Chrome|Safari/u.exec(userAgent)?.[0].replace("Edg", "Edge") ?? "A browser";
  const system = /iPhone|iPad|Android|Windows|Mac OS|Linux/u.exec(userAgent)?.[0].replace("Mac OS", "a Mac");
  return system ? `${browser} on ${system}` : browser;
}
