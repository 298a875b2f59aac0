import { type Check, notice, one, well, wrong } from "./check.ts";

const oldest = 15;

export const databaseAnswers: Check = {
  name: "database",
  async run({ config, database }) {
    const embedded = config.database.kind === "embedded";
    if (database === "not made yet") return notice("Not there yet: the first start makes it.");
    if ("unreachable" in database) {
      return wrong(
        database.unreachable,
        embedded
          ? "Look at postgres/server.log in the data folder."
          : "Check DATABASE_URL, and that the server runs and lets this machine in.",
      );
    }
    const { version } = await one<{ version: string }>(database.client, "SELECT current_setting('server_version') AS version");
    if (Number.parseInt(version, 10) < oldest) return wrong(`Postgres ${version} is too old.`, `Use Postgres ${oldest} or newer.`);
    const how = !embedded ? "external" : database.adopted ? "embedded, already running" : "embedded, started for this check";
    return well(`Postgres ${version}, ${how}.`);
  },
};
