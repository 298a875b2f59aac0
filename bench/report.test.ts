import assert from "node:assert/strict";
import { test } from "node:test";
import { withReadings } from "./report.ts";

const empty =
  "# Performance\n\n| measure | value | the machine's limit in the same run | wanted | machine |\n| --- | --- | --- | --- | --- |\n\nNotes.\n";
const log = { measure: "log append", value: 40591, unit: "interactions/s", limit: 54225, wanted: "ratio of at least 0.5", met: true };

test("a reading gets its row, and a later one takes its place", () => {
  const once = withReadings(empty, [log], "2 cores");
  assert.match(
    once,
    /\| log append \| 40,591 interactions\/s \| 54,225 interactions\/s \| ratio of at least 0\.5 \| 2 cores \|\n\nNotes\.\n$/,
  );
  const twice = withReadings(once, [{ ...log, value: 100, met: false }], "1 core");
  assert.match(twice, /\| log append \| 100 interactions\/s .* \(not met\) \| 1 core \|\n\nNotes/);
  assert.equal(twice.match(/log append/g)?.length, 1);
});
