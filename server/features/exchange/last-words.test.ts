import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { anywhere } from "../../platform/db/index.ts";
import { parseId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";
import { workOnImport } from "./work-on-import.ts";

let house: House;
let doors: Doors;

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());

const cell = fc.constantFrom("", "1", "2");
const bird = fc.constantFrom("", "Wren", "Robin");
const odd = fc.array(fc.record({ user: cell, email: cell, phone: cell, name: bird, nest: bird }), { minLength: 2, maxLength: 9 });
/** How many lines are taken at once: all of them, as a rule of a file that is shorter than a step, or few of them. */
const most = fc.constantFrom(1, 2, 3, 1000);

test("whatever the lines of a file say of each other's customers, and in whichever steps it is read, the trial counts what the run then does, and the same file again changes nothing", async () => {
  let run = 0;
  const written = async (): Promise<number> => (await interactionsOf("customer.imported")).length;
  await fc.assert(
    fc.asyncProperty(odd, most, most, async (lines, most, mostLater) => {
      run += 1;
      const one = (kind: string, so: string): string =>
        so === "" ? "" : kind === "phone" ? `+4722${String(330000 + run * 10 + Number(so))}` : `${kind}${run}-${so}`;
      const rows = lines.map(({ user, email, phone, name, nest }) =>
        [one("u", user), email === "" ? "" : `${one("e", email)}@odd.example`, one("phone", phone), name, nest].join(","),
      );
      const text = ["userId,email,phone,name,nest", ...rows].join("\n");
      const columns = { userId: "userId", email: "email", phone: "phone", name: "name", nest: "fields.nest" };
      const first = await mapped(text, columns);
      const tried = await finish(first, "trial", most);
      assert.deepEqual((await finish(first, "run", most)).counts.refused, tried.trial.refused);
      const [before, log] = [await everybody(), await written()];
      for (const [what, so] of [
        ["trial", mostLater],
        ["run", mostLater],
        ["run", most],
      ] as const) {
        const again = await finish(await mapped(text, columns), what, so);
        const counts = what === "trial" ? again.trial : again.counts;
        assert.deepEqual([counts.new, counts.changed], [0, 0], `${what} by ${so}, first by ${most}:\n${text}`);
        assert.deepEqual(await everybody(), before);
        assert.equal(await written(), log);
      }
    }),
    {
      numRuns: Number(process.env["IMPORT_RUNS"] ?? 25),
      examples: [
        [
          [
            { user: "", email: "2", phone: "", name: "", nest: "" },
            { user: "1", email: "", phone: "2", name: "", nest: "" },
            { user: "2", email: "", phone: "", name: "", nest: "" },
            { user: "2", email: "2", phone: "2", name: "", nest: "" },
            { user: "1", email: "2", phone: "", name: "", nest: "" },
          ],
          1,
          1,
        ],
      ],
    },
  );
});

test("who stands in a file twice is as the last line says, however often the file comes", async () => {
  const text = "email,name\noo1@example.org,Dup\noo1@example.org,Other\n";
  for (const counts of [
    { new: 1, changed: 1, unchanged: 0, refused: 0 },
    { new: 0, changed: 0, unchanged: 2, refused: 0 },
  ]) {
    assert.deepEqual((await finish(await upload(text), "run")).counts, counts);
    assert.equal((await doors.ask("GET", "/customers?email=oo1@example.org")).json().items[0].name, "Other");
  }
});

test("a file that takes back farther below what it says puts its last word where somebody changed it meanwhile, and nothing else", async () => {
  const text = "email,name,nest\nwill@odd.example,Will,oak\nanna@odd.example,Anna,\nwill@odd.example,Bill,\nwill@odd.example,,elm\n";
  const columns = { email: "email", name: "name", nest: "fields.nest" };
  const take = async () => (await finish(await mapped(text, columns), "run", 1)).counts;
  const will = async () => {
    const { id } = (await doors.ask("GET", "/customers?email=will@odd.example")).json().items[0];
    const { name, fields } = (await doors.ask("GET", `/customers/${id}`)).json();
    return { id, said: [name, fields.nest] };
  };
  assert.deepEqual(await take(), { new: 2, changed: 2, unchanged: 0, refused: 0 });
  assert.deepEqual(await take(), { new: 0, changed: 0, unchanged: 4, refused: 0 });
  const { id } = await will();
  await doors.ask("PATCH", `/customers/${id}`, { name: "William" });
  assert.deepEqual(await take(), { new: 0, changed: 1, unchanged: 3, refused: 0 });
  assert.deepEqual(await will(), { id, said: ["Bill", "elm"] });
  assert.deepEqual(await take(), { new: 0, changed: 0, unchanged: 4, refused: 0 });
  const count = async (): Promise<unknown> =>
    (await sql`select count(*) from import_words where customer_id = ${parseId("cus", id)}`.execute(anywhere().db)).rows;
  assert.deepEqual(await count(), [{ count: 2 }]);
  await doors.ask("DELETE", `/customers/${id}/personal-data`);
  assert.deepEqual(await count(), [{ count: 0 }]);
});

async function mapped(content: string, columns: object): Promise<string> {
  const id = await upload(content);
  assert.equal((await doors.ask("PUT", `/imports/${id}/mapping`, { columns })).statusCode, 200);
  return id;
}

async function upload(payload: string): Promise<string> {
  const headers = { authorization: `Bearer ${doors.key}`, "content-type": "text/csv" };
  const answer = await doors.app.inject({ method: "POST", url: "/api/v1/imports?thing=customers", headers, payload });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json<{ id: string }>().id;
}

/** @param most lines in a step; else as it comes */
async function finish(id: string, what: "trial" | "run", most?: number) {
  const started = await doors.ask("POST", `/imports/${id}/${what}`);
  assert.equal(started.statusCode, 202, started.body);
  if (most !== undefined) await workOnImport(house, parseId("imp", id), { most });
  await settle();
  return (await doors.ask("GET", `/imports/${id}`)).json();
}

async function interactionsOf(kind: string): Promise<unknown[]> {
  return (await sql`select position from interactions where kind = ${kind} order by position`.execute(anywhere().db)).rows;
}

async function everybody(): Promise<unknown[]> {
  return (await sql`select id, name, email, phone, fields from customers order by id`.execute(anywhere().db)).rows;
}
